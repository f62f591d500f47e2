package dev.tenon.contract;

/// A place in a file. Lines and columns count from 1.
public record Location(String file, int line, int column) {

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
