package dev.tenon.worker;

import java.util.Optional;
import java.util.function.Supplier;

/// What a worker's handler threw and nobody caught. The cause of the [dev.tenon.bus.Failure] that its request ends with, on the node where it was thrown; it never
/// crosses the bus.
public final class UncaughtException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String stack;
  private final transient Supplier<Optional<SourceExcerpt>> excerpt;

  UncaughtException(GuestError error) {
    super(error.summary(), null, false, false);
    this.stack = error.stack();
    this.excerpt = error.excerpt();
  }

  /// The error's text and the lines below it that say where, as the user's own sources name them.
  public String stack() {
    return stack;
  }

  /// The source around the place that threw, when it is known. Takes a while: it is looked up when asked for.
  public Optional<SourceExcerpt> excerpt() {
    return excerpt.get();
  }
}
