package dev.tenon.contract;

/// One thing that is wrong with a contract, and where.
public record ContractProblem(Location at, String message) {

  @Override
  public String toString() {
    return at + " " + message;
  }
}
