package dev.tenon.bus;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// The trace an exchange belongs to, as W3C Trace Context writes it: `00-<32 hex>-<16 hex>-<2 hex>`.
///
/// @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
public record TraceContext(String traceId, String spanId, boolean sampled) {

  /// Reads a `traceparent` header; empty when it is absent or not valid (the caller then starts a new trace).
  public static Optional<TraceContext> parse(String traceparent) {
    if (traceparent == null || traceparent.length() < 55
        || traceparent.charAt(2) != '-' || traceparent.charAt(35) != '-' || traceparent.charAt(52) != '-'
        || traceparent.startsWith("ff") || (traceparent.startsWith("00") && traceparent.length() != 55)) {
      return Optional.empty();
    }
    String trace = traceparent.substring(3, 35);
    String span = traceparent.substring(36, 52);
    if (!lowerHex(traceparent.substring(0, 2)) || !lowerHex(trace) || !lowerHex(span)
        || !lowerHex(traceparent.substring(53, 55)) || zeros(trace) || zeros(span)) {
      return Optional.empty();
    }
    boolean sampled = (Character.digit(traceparent.charAt(54), 16) & 1) == 1;
    return Optional.of(new TraceContext(trace, span, sampled));
  }

  /// A new trace with random ids.
  public static TraceContext start() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return new TraceContext(hex.toHexDigits(random.nextLong() | 1) + hex.toHexDigits(random.nextLong()), newSpan(), false);
  }

  /// The same trace seen from a call made inside this one.
  public TraceContext child() {
    return new TraceContext(traceId, newSpan(), sampled);
  }

  /// The header's value.
  public String traceparent() {
    return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
  }

  private static String newSpan() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1);
  }

  private static boolean lowerHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  private static boolean zeros(String text) {
    return text.chars().allMatch(c -> c == '0');
  }
}
