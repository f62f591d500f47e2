package dev.tenon.gateway;

import java.util.Optional;

/// A request target that means the same to everybody on its way. The path is compared as sent, so two readings of one path must not differ.
///
/// @param path as sent, starting with `/`
/// @param query as sent, without `?`; empty where there is none
record Target(String path, String query) {

  /// Empty for what is no path, or is one that some readers change before they use it: backslashes, dot segments (also encoded), fragments, control
  /// and non-ASCII characters.
  static Optional<Target> parse(String target) {
    if (target.isEmpty() || target.charAt(0) != '/') {
      return Optional.empty();
    }
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c >= 0x7F || c == '#' || c == '\\' && i < path.length()) {
        return Optional.empty();
      }
    }
    return hasDotSegment(path) ? Optional.empty() : Optional.of(new Target(path, question < 0 ? "" : target.substring(question + 1)));
  }

  private static boolean hasDotSegment(String path) {
    int start = 1;
    while (start <= path.length()) {
      int end = path.indexOf('/', start);
      end = end < 0 ? path.length() : end;
      if (isDots(path, start, end)) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  private static boolean isDots(String path, int start, int end) {
    int dots = 0;
    int i = start;
    while (i < end) {
      if (path.charAt(i) == '.') {
        i++;
      } else if (path.regionMatches(true, i, "%2e", 0, 3)) {
        i += 3;
      } else {
        return false;
      }
      dots++;
    }
    return dots == 1 || dots == 2;
  }
}
