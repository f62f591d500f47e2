package dev.tenon.bus;

import java.time.Duration;

/// The moment after which nobody wants the answer, on this JVM's monotonic clock. Crosses nodes as the time remaining.
public record Deadline(long nanoTime) {

  /// What an exchange gets when its caller names nothing.
  public static final Duration DEFAULT = Duration.ofSeconds(30);

  public static Deadline after(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /// Milliseconds left, rounded up; 0 when it has passed.
  public long remainingMillis() {
    long nanos = nanoTime - System.nanoTime();
    return nanos <= 0 ? 0 : (nanos + 999_999) / 1_000_000;
  }

  public boolean passed() {
    return nanoTime - System.nanoTime() <= 0;
  }

  /// The earlier of the two.
  public Deadline min(Deadline other) {
    return nanoTime - other.nanoTime <= 0 ? this : other;
  }
}
