package dev.tenon.worker.config;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;

/// Which compatibility flags a date implies, as workerd defines them.
///
/// @see <a href="https://developers.cloudflare.com/workers/configuration/compatibility-flags/">Compatibility flags</a>
public final class Compatibility {

  /// The newest date this runtime knows; what a worker without a configuration gets.
  public static final LocalDate NEWEST = LocalDate.of(2026, 11, 17);

  /// Flags that a date turns on, with their opposite.
  private record Change(String off, LocalDate since) {}

  private static final Map<String, Change> CHANGES = Map.of(
      "nodejs_compat", new Change("no_nodejs_compat", LocalDate.of(2026, 8, 4)));

  private Compatibility() {}

  public static boolean isOn(String flag, LocalDate date, Set<String> named) {
    if (named.contains(flag)) {
      return true;
    }
    Change change = CHANGES.get(flag);
    return change != null && !named.contains(change.off()) && !date.isBefore(change.since());
  }
}
