package dev.tenon.control;

/// Something outside the node is not as it must be. The message is a sentence for the operator: which thing – what is
/// wrong – what to do next. It never holds a password.
public final class ControlException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ControlException(String message) {
    super(message);
  }

  public ControlException(String message, Throwable cause) {
    super(message, cause);
  }
}
