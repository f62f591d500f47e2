package dev.tenon.worker.assets;

import io.vertx.core.MultiMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What part of a file a client asks for. Several parts at once are answered with the whole, as a server may.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-range-requests">RFC 9110, 14</a>
sealed interface ByteRange {

  record Whole() implements ByteRange {}

  /// Both inclusive, counted from 0.
  record Part(long first, long last) implements ByteRange {}

  record Unsatisfiable() implements ByteRange {}

  ByteRange WHOLE = new Whole();
  Pattern ONE = Pattern.compile("bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*", Pattern.CASE_INSENSITIVE);

  static ByteRange of(MultiMap headers, Asset asset) {
    String asked = headers.get("range");
    if (asked == null || !Conditions.allowRange(headers, asset)) {
      return WHOLE;
    }
    Matcher one = ONE.matcher(asked);
    if (!one.matches() || one.group(1).isEmpty() && one.group(2).isEmpty()) {
      return WHOLE;
    }
    long bytes = asset.bytes();
    if (one.group(1).isEmpty()) {
      long count = Math.min(Long.parseLong(one.group(2)), bytes);
      return count == 0 ? new Unsatisfiable() : new Part(bytes - count, bytes - 1);
    }
    long first = Long.parseLong(one.group(1));
    long last = one.group(2).isEmpty() ? bytes - 1 : Long.parseLong(one.group(2));
    if (!one.group(2).isEmpty() && last < first) {
      return WHOLE;
    }
    return first >= bytes ? new Unsatisfiable() : new Part(first, Math.min(last, bytes - 1));
  }
}
