package dev.tenon.prove;

/// Contract tests cannot be run, for a reason their user can do something about. The message is a whole sentence: which thing – what is wrong – what to do.
public final class ProveException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ProveException(String message) {
    super(message);
  }

  ProveException(String message, Throwable cause) {
    super(message, cause);
  }
}
