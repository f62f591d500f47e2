package dev.tenon.worker;

import dev.tenon.bus.Failure;

/// A worker's code could not be started: it threw, or used more time than it may.
public final class WorkerStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String detail;

  WorkerStartException(String worker, Failure why) {
    super("worker " + worker + " does not start – " + why.getMessage());
    this.detail = why.detail();
  }

  /// The stack of what was thrown, as the user's own sources name its places; empty when nothing was.
  public String detail() {
    return detail;
  }
}
