package dev.tenon.contract.gate;

import dev.tenon.contract.compare.Severity;
import java.util.Locale;

/// Something that would not work any more, or not yet.
///
/// @param consumer who calls, with its version: `image-worker 1.0.0`
/// @param provider who is called, with its version
/// @param operation an operationId, or an event's name; empty for the component as a whole
/// @param rule of the comparison, or `version`, `absent`, `operation` where there was nothing to compare
/// @param severity breaking refuses the version; risky is for people to judge
/// @param message one sentence: what, why, and what to do
public record Breakage(Direction direction, String consumer, String provider, String operation, String rule, Severity severity, String message) {

  /// In which direction of time it breaks.
  public enum Direction {
    /// What lives now meets the new version.
    OLD_CONSUMER_NEW_PROVIDER,
    /// The new version meets what lives now.
    NEW_CONSUMER_OLD_PROVIDER;

    /// As reports write it: `old-consumer-new-provider`.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
