package dev.tenon.worker;

import dev.tenon.bus.Failure;
import java.util.Optional;

/// A worker's code could not be started: it threw, or used more time than it may.
public final class WorkerStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String detail;
  private final transient Optional<SourceExcerpt> excerpt;

  WorkerStartException(String worker, Failure why) {
    super("worker " + worker + " does not start – " + why.getMessage());
    this.detail = why.detail();
    this.excerpt = why.getCause() instanceof UncaughtException thrown ? thrown.excerpt() : Optional.empty();
  }

  /// The stack of what was thrown, as the user's own sources name its places; empty when nothing was.
  public String detail() {
    return detail;
  }

  /// The source around the place that threw, when it is known.
  public Optional<SourceExcerpt> excerpt() {
    return excerpt;
  }

  /// `file:line:column: message`, the source around it, and the lines of the stack.
  public String report() {
    StringBuilder report = new StringBuilder();
    excerpt.ifPresent(at -> report.append(at.place()).append(": "));
    report.append(getMessage());
    excerpt.ifPresent(at -> report.append("\n").append(at.frame()));
    int frames = detail.indexOf("\n    at ");
    return frames < 0 ? report.toString() : report.append(detail, frames, detail.length()).toString();
  }
}
