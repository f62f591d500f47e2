package dev.tenon.bindings.ai;

import io.vertx.core.VertxException;

/// Why a model did not answer, in Workers AI's words: an internal code, a colon, and a description.
public final class AiException extends VertxException {

  private static final long serialVersionUID = 1L;

  private AiException(int code, String description) {
    super(code + ": " + description, true);
  }

  static AiException unknownModel(String model) {
    return new AiException(5007, "No such model " + model + " or task");
  }

  static AiException badInput(String description) {
    return new AiException(5006, "Error: " + description);
  }

  static AiException overCapacity() {
    return new AiException(3040, "Capacity temporarily exceeded, please try again.");
  }

  static AiException timedOut() {
    return new AiException(3046, "Request timeout");
  }

  static AiException failed(String description) {
    return new AiException(3043, "Internal server error: " + description);
  }
}
