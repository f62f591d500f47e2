package dev.tenon.worker.assets;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Path and query of a request, as `new URL(request.url)` would give them.
///
/// @param pathname starts with `/`; percent-encoded, dot segments resolved
/// @param search empty, or starts with `?`
record WebPath(String pathname, String search) {

  /// What a backslash is: in `http` URLs another slash, elsewhere a character like others.
  enum Backslash { SEPARATES, IS_TEXT }

  /// @param target a request's target: path and query
  static WebPath of(String target) {
    int fragment = target.indexOf('#');
    String whole = fragment < 0 ? target : target.substring(0, fragment);
    int query = whole.indexOf('?');
    String path = query < 0 ? whole : whole.substring(0, query);
    String search = query < 0 || query == whole.length() - 1 ? "" : "?" + Percent.encode(whole.substring(query + 1), Percent.IN_QUERY);
    return new WebPath(pathname(path, Backslash.SEPARATES), search);
  }

  /// https://url.spec.whatwg.org/#path-state
  static String pathname(String path, Backslash backslash) {
    String slashed = backslash == Backslash.SEPARATES ? path.replace('\\', '/') : path;
    String whole = slashed.startsWith("/") ? slashed : "/" + slashed;
    return Percent.encode(hasDots(whole) ? withoutDots(whole) : whole, Percent.IN_PATH);
  }

  private static boolean hasDots(String path) {
    for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
      if (path.startsWith("/.", i) || path.regionMatches(true, i, "/%2e", 0, 4)) {
        return true;
      }
    }
    return false;
  }

  private static String withoutDots(String path) {
    List<String> kept = new ArrayList<>();
    String[] segments = path.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      switch (segments[i].toLowerCase(Locale.ROOT).replace("%2e", ".")) {
        case "." -> {
          if (last) {
            kept.add("");
          }
        }
        case ".." -> {
          if (!kept.isEmpty()) {
            kept.removeLast();
          }
          if (last) {
            kept.add("");
          }
        }
        default -> kept.add(segments[i]);
      }
    }
    return "/" + String.join("/", kept);
  }
}
