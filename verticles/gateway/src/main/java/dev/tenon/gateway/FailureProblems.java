package dev.tenon.gateway;

import dev.tenon.bus.Failure;

/// What a failed exchange looks like to the client.
final class FailureProblems {

  private FailureProblems() {}

  /// Says the failure's message only where its code allows that; otherwise the id that the log knows it by.
  static Problem of(Failure failure, String requestId) {
    ProblemType type = ProblemType.of(failure.code());
    String message = failure.getMessage();
    String detail = failure.code().visible() && message != null && !message.isEmpty()
        ? Character.toUpperCase(message.charAt(0)) + message.substring(1) + (message.endsWith(".") ? "" : ".")
        : "Something went wrong while the request was served – the log has it under " + requestId + ".";
    Problem problem = new Problem(type, detail);
    return switch (type) {
      case NOBODY_THERE, OVERLOADED, LIMIT_EXCEEDED -> problem.withHeader("retry-after", "1");
      default -> problem;
    };
  }
}
