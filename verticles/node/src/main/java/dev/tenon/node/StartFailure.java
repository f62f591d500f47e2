package dev.tenon.node;

/// The node cannot start, or a part of it cannot. The message is a sentence for whoever started it: which thing – what is wrong – what to do next.
public final class StartFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StartFailure(String message) {
    super(message);
  }

  public StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
