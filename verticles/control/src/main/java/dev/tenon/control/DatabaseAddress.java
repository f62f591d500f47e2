package dev.tenon.control;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/// One PostgreSQL database, and as whom to enter it. Its text never shows the password.
public record DatabaseAddress(String host, int port, String database, String user, String password, Tls tls) {

  /// How the connection is protected, in libpq's words for `sslmode`.
  public enum Tls { DISABLE, PREFER, REQUIRE, VERIFY_FULL }

  private static final int PORT_DEFAULT = 5432;
  private static final int PORT_MAX = 65_535;

  /// Reads `postgresql://user:password@host:port/database?sslmode=require`; port and `sslmode` may be left out.
  ///
  /// @throws ControlException with a sentence that says which part is missing or wrong
  public static DatabaseAddress parse(String url) {
    if (url.isBlank()) {
      throw refused("it is empty");
    }
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException notOne) {
      throw refused("it is not a URL (character " + (notOne.getIndex() + 1) + ")");
    }
    if (!"postgresql".equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
      throw refused("it does not start with postgresql://");
    }
    if (uri.getHost() == null) {
      throw refused("it names no host");
    }
    String database = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
    if (database.isEmpty() || database.contains("/")) {
      throw refused("it names no database");
    }
    String[] user = uri.getRawUserInfo() == null ? new String[] {""} : uri.getRawUserInfo().split(":", 2);
    if (user[0].isEmpty()) {
      throw refused("it names no user");
    }
    String password = user.length == 2 ? decoded(user[1]) : "";
    int port = uri.getPort() == -1 ? PORT_DEFAULT : uri.getPort();
    if (port < 1 || port > PORT_MAX) {
      throw refused("its port is " + port + ", not between 1 and " + PORT_MAX);
    }
    return new DatabaseAddress(uri.getHost(), port, database, decoded(user[0]), password, tls(uri.getRawQuery()));
  }

  /// Another database of the same server.
  public DatabaseAddress as(String otherDatabase, String otherUser, String otherPassword) {
    return new DatabaseAddress(host, port, otherDatabase, otherUser, otherPassword, tls);
  }

  /// Where it is, for people: `postgresql://user@host:port/database`.
  @Override
  public String toString() {
    return "postgresql://" + user + "@" + host + ":" + port + "/" + database;
  }

  private static Tls tls(String query) {
    if (query == null) {
      return Tls.DISABLE;
    }
    Tls tls = Tls.DISABLE;
    for (String parameter : query.split("&")) {
      String[] pair = parameter.split("=", 2);
      if (!pair[0].equals("sslmode") || pair.length != 2) {
        throw refused("it has the parameter '" + pair[0] + "', only sslmode is known");
      }
      tls = Map.of("disable", Tls.DISABLE, "prefer", Tls.PREFER, "require", Tls.REQUIRE, "verify-full", Tls.VERIFY_FULL)
          .get(pair[1].toLowerCase(Locale.ROOT));
      if (tls == null) {
        throw refused("sslmode is '" + pair[1] + "', not disable, prefer, require or verify-full");
      }
    }
    return tls;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static ControlException refused(String why) {
    return new ControlException("database URL – " + why
        + " – write it as postgresql://user:password@host:5432/database");
  }
}
