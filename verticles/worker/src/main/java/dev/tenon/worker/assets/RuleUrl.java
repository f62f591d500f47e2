package dev.tenon.worker.assets;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A URL as it stands in `_headers` or `_redirects`: a path, or `https://host/path`.
final class RuleUrl {

  /// What a rule may name.
  enum Kind {
    /// The left side of a redirect: a path.
    FROM,
    /// The right side of a redirect: a path or an address, with query and fragment.
    TO,
    /// The left side of a headers rule: a path, or a host without a port and a path.
    HEADERS
  }

  private static final Pattern ABSOLUTE = Pattern.compile("https:///*(?<host>[^/]+)/?(?<path>.*)");
  private static final Pattern PORT = Pattern.compile(".*:\\d+");

  private RuleUrl() {}

  /// Whether it names a host.
  static boolean isAbsolute(String url) {
    return ABSOLUTE.matcher(url).matches();
  }

  /// The URL in its canonical form.
  ///
  /// @throws IllegalArgumentException when it may not stand there; its message says why
  static String parse(String text, Kind kind) {
    Matcher absolute = ABSOLUTE.matcher(text);
    if (absolute.matches()) {
      if (kind == Kind.FROM) {
        throw new IllegalArgumentException("only paths can be redirected, not the absolute URL " + text);
      }
      if (kind == Kind.HEADERS && PORT.matcher(absolute.group("host")).matches()) {
        throw new IllegalArgumentException("a port cannot be given, as in " + text);
      }
      return "https://" + absolute.group("host") + canonical(absolute.group("path"), kind);
    }
    if (kind == Kind.FROM || text.startsWith("/")) {
      return canonical(text, kind);
    }
    throw new IllegalArgumentException("a URL must be a path that begins with \"/\", or begin with \"https://\"");
  }

  private static String canonical(String path, Kind kind) {
    int hash = path.indexOf('#');
    String fragment = hash < 0 ? "" : path.substring(hash + 1);
    String rest = hash < 0 ? path : path.substring(0, hash);
    int mark = rest.indexOf('?');
    String query = mark < 0 ? "" : rest.substring(mark + 1);
    String pathname = WebPath.pathname(mark < 0 ? rest : rest.substring(0, mark), WebPath.Backslash.IS_TEXT);
    return kind != Kind.TO ? pathname
        : pathname
            + (query.isEmpty() ? "" : "?" + Percent.encode(query, " \"#<>"))
            + (fragment.isEmpty() ? "" : "#" + Percent.encode(fragment, Percent.IN_FRAGMENT));
  }
}
