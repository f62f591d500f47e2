package dev.tenon.worker.assets;

import dev.tenon.bus.ExchangeRequest;
import java.util.Locale;

/// Where a rule's redirect leads to: the rule's own query if it has one, otherwise the request's.
final class Location {

  private Location() {}

  /// @param to a path, or an absolute URL
  static String of(ExchangeRequest request, WebPath url, String to) {
    int hash = to.indexOf('#');
    String fragment = hash < 0 ? "" : "#" + Percent.encode(to.substring(hash + 1), Percent.IN_FRAGMENT);
    String rest = hash < 0 ? to : to.substring(0, hash);
    int scheme = rest.indexOf("://");
    boolean absolute = scheme > 0 && !rest.startsWith("/");
    int authorityEnd = absolute ? authorityEnd(rest, scheme + 3) : 0;
    String origin = absolute ? rest.substring(0, authorityEnd).toLowerCase(Locale.ROOT) : "";
    WebPath path = WebPath.of(absolute && authorityEnd == rest.length() ? "/" : rest.substring(authorityEnd));
    String search = path.search().isEmpty() ? url.search() : path.search();
    boolean same = origin.equals(request.scheme() + "://" + request.authority().toLowerCase(Locale.ROOT));
    return (same ? "" : origin) + path.pathname() + search + fragment;
  }

  private static int authorityEnd(String url, int from) {
    for (int i = from; i < url.length(); i++) {
      if ("/?\\".indexOf(url.charAt(i)) >= 0) {
        return i;
      }
    }
    return url.length();
  }
}
