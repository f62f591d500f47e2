package dev.tenon.contract.schema;

/// A text that is not JSON, and where it stops being it. Lines and columns count from 1.
public final class NotJsonException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  NotJsonException(int line, int column, String message) {
    super(message, null, false, false);
    this.line = line;
    this.column = column;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }
}
