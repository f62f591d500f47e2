package dev.tenon.worker.assets;

import io.vertx.core.MultiMap;
import java.util.Arrays;

/// What a client says it has already.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-conditional-requests">RFC 9110, 13</a>
final class Conditions {

  private static final String WEAK = "W/";

  private Conditions() {}

  /// Whether a client has the asset's content. Only tags count: dates are of the disk, not of the content.
  static boolean isNotModified(MultiMap headers, Asset asset) {
    String tags = headers.get("if-none-match");
    return tags != null && (tags.strip().equals("*") || Arrays.stream(tags.split(",")).map(String::strip).anyMatch(tag -> isOf(tag, asset)));
  }

  /// Weak comparison: a proxy that compresses makes a tag weak.
  private static boolean isOf(String tag, Asset asset) {
    return (tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag).equals(asset.entityTag());
  }

  /// Whether the parts that a client has are of the asset's content, so that it can be sent another.
  static boolean allowRange(MultiMap headers, Asset asset) {
    String condition = headers.get("if-range");
    return condition == null || condition.strip().equals(asset.entityTag());
  }
}
