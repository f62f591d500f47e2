package dev.tenon.contract.compare;

/// One place where a change is felt.
///
/// @param operation `POST /users`, or `event userCreated`; empty for the whole contract
/// @param part which part of it, and which value in it: `the request body (application/json) at /address/zip`; empty for the operation itself
public record Effect(String operation, String part) {

  @Override
  public String toString() {
    return part.isEmpty() ? operation : operation + ": " + part;
  }
}
