package dev.tenon.bus.client;

import io.vertx.core.VertxException;

/// A component's answer is not as its contract says. Nothing the caller can do about; the message names operation, status and place.
public final class AnswerException extends VertxException {

  private static final long serialVersionUID = 1L;

  private final int status;

  AnswerException(int status, String message, Throwable cause) {
    super(message, cause, true);
    this.status = status;
  }

  /// The HTTP status of the answer.
  public int status() {
    return status;
  }
}
