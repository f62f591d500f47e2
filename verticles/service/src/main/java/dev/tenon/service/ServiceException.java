package dev.tenon.service;

/// A service cannot be started as it is. The message is a sentence, or several lines of them, for whoever deploys it:
/// which thing – what is wrong – what to do next.
public final class ServiceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ServiceException(String message) {
    super(message);
  }

  public ServiceException(String message, Throwable cause) {
    super(message, cause);
  }
}
