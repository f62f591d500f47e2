package dev.tenon.worker;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How long a shared cache may serve a response, by <https://www.rfc-editor.org/rfc/rfc9111> and, where a response does not say, Cloudflare's defaults.
final class Freshness {

  private static final Duration FOREVER = Duration.ofDays(365);

  private Freshness() {}

  /// @param authorized whether the request had credentials
  /// @return zero for a response that must not be kept
  static Duration of(int status, MultiMap headers, boolean authorized, Instant now) {
    Map<String, String> directives = directives(headers);
    boolean cookiesArePrivate = "set-cookie".equalsIgnoreCase(directives.get("private"));
    if (headers.contains("set-cookie") && !cookiesArePrivate
        || directives.containsKey("no-store")
        || directives.containsKey("no-cache")
        || directives.containsKey("private") && !cookiesArePrivate
        || authorized && !directives.containsKey("public") && !directives.containsKey("s-maxage") && !directives.containsKey("must-revalidate")) {
      return Duration.ZERO;
    }
    Duration lifetime = seconds(directives.get("s-maxage"))
        .or(() -> seconds(directives.get("max-age")))
        .or(() -> untilExpires(headers, now))
        .orElseGet(() -> byDefault(status));
    Duration left = lifetime.minusSeconds(age(headers));
    return left.isNegative() ? Duration.ZERO : left.compareTo(FOREVER) > 0 ? FOREVER : left;
  }

  /// Whether `set-cookie` is to be left out of what is kept.
  static boolean dropsCookies(MultiMap headers) {
    return "set-cookie".equalsIgnoreCase(directives(headers).get("private"));
  }

  /// The seconds that the response has been in other caches.
  static long age(MultiMap headers) {
    return seconds(headers.get("age")).map(Duration::toSeconds).orElse(0L);
  }

  /// Names in lower case; an empty text for those without a value.
  private static Map<String, String> directives(MultiMap headers) {
    Map<String, String> directives = new TreeMap<>();
    for (String line : headers.getAll("cache-control")) {
      for (String directive : line.split(",")) {
        int equals = directive.indexOf('=');
        String name = (equals < 0 ? directive : directive.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
        String value = equals < 0 ? "" : directive.substring(equals + 1).strip();
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        directives.putIfAbsent(name, quoted ? value.substring(1, value.length() - 1) : value);
      }
    }
    return directives;
  }

  private static Optional<Duration> seconds(String text) {
    if (text == null || !text.matches("[0-9]+")) {
      return Optional.empty();
    }
    return Optional.of(text.length() > 9 ? FOREVER : Duration.ofSeconds(Long.parseLong(text)));
  }

  private static Optional<Duration> untilExpires(MultiMap headers, Instant now) {
    if (!headers.contains("expires")) {
      return Optional.empty();
    }
    Instant from = date(headers.get("date")).orElse(now);
    // What cannot be read has expired.
    return Optional.of(date(headers.get("expires")).map(expires -> Duration.between(from, expires)).orElse(Duration.ZERO));
  }

  /// A date as HTTP writes it.
  static Optional<Instant> date(String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException wrong) {
      return Optional.empty();
    }
  }

  /// <https://developers.cloudflare.com/cache/how-to/configure-cache-status-code/#edge-ttl>
  private static Duration byDefault(int status) {
    return switch (status) {
      case 200, 206, 301 -> Duration.ofMinutes(120);
      case 302, 303 -> Duration.ofMinutes(20);
      case 404, 410 -> Duration.ofMinutes(3);
      default -> Duration.ZERO;
    };
  }
}
