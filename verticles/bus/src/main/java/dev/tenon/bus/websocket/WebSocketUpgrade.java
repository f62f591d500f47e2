package dev.tenon.bus.websocket;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/// The opening handshake of RFC 6455.
public final class WebSocketUpgrade {

  /// Headers of the handshake that belong to one connection; each end of the way makes its own.
  private static final Set<String> OF_CONNECTION = Set.of("connection", "upgrade", "sec-websocket-key", "sec-websocket-version", "sec-websocket-accept");
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;

  private WebSocketUpgrade() {}

  private static boolean names(MultiMap headers) {
    String upgrade = headers.get("upgrade");
    return upgrade != null && hasWord(upgrade, "websocket");
  }

  /// Whether headers ask a server for the upgrade of their connection, well or badly.
  public static boolean isAskedOverHttp(MultiMap headers) {
    String connection = headers.get("connection");
    return names(headers) && connection != null && hasWord(String.join(",", headers.getAll("connection")), "upgrade");
  }

  /// Whether the version is the one that is spoken here.
  public static boolean hasVersion(MultiMap headers) {
    return "13".equals(headers.get("sec-websocket-version"));
  }

  /// Whether a client's key is one: sixteen bytes in base64, once.
  public static boolean hasKey(MultiMap headers) {
    try {
      return headers.getAll("sec-websocket-key").size() == 1
          && Base64.getDecoder().decode(headers.get("sec-websocket-key").strip()).length == KEY_BYTES;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  /// What a server answers to a key (RFC 6455, 4.2.2).
  public static String accept(String key) {
    try {
      byte[] both = (key.strip() + GUID).getBytes(StandardCharsets.ISO_8859_1);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(both));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// Whether a header says nothing beyond the connection that it came on.
  public static boolean isOfConnection(String name) {
    return OF_CONNECTION.contains(name.toLowerCase(Locale.ROOT));
  }

  private static boolean hasWord(String list, String word) {
    for (String each : list.split(",")) {
      if (each.strip().equalsIgnoreCase(word)) {
        return true;
      }
    }
    return false;
  }
}
