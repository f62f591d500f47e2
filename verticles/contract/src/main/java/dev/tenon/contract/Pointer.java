package dev.tenon.contract;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// The parts of a JSON pointer (RFC 6901).
public final class Pointer {

  private Pointer() {}

  /// A part as it stands in a URI fragment, as the name it means.
  public static String unescape(String part) {
    String decoded = part.indexOf('%') < 0 ? part : percentDecoded(part);
    return decoded.replace("~1", "/").replace("~0", "~");
  }

  public static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private static String percentDecoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return part;
    }
  }
}
