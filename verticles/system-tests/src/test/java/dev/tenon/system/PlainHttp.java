package dev.tenon.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// HTTP/1.1 without a client's help or corrections: one request on one connection, and all that comes back.
final class PlainHttp {

  private static final int STALL_MILLIS_MAX = 120_000;

  private PlainHttp() {}

  /// @param headers beside Host, Connection and Content-Length, each as `name: value`
  record Request(String method, String target, List<String> headers, byte[] body) {}

  /// @param headers by lower-case name, in the names' order; values of one name in theirs
  /// @param chunked whether the body came without a length
  /// @param status 0 when the connection was closed without an answer
  /// @param cut whether the connection was closed before the body had come to its end
  record Response(int status, String reason, Map<String, List<String>> headers, boolean chunked, boolean cut, byte[] body) {}

  static Response send(int port, Request request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(STALL_MILLIS_MAX);
      StringBuilder head = new StringBuilder(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
      request.headers().forEach(header -> head.append(header).append("\r\n"));
      if (request.body().length > 0 || request.method().equals("POST")) {
        head.append("Content-Length: ").append(request.body().length).append("\r\n");
      }
      socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().write(request.body());
      socket.getOutputStream().flush();
      return read(socket.getInputStream(), request.method().equals("HEAD"));
    }
  }

  private static Response read(InputStream in, boolean headOnly) throws IOException {
    String[] status;
    try {
      status = line(in).split(" ", 3);
    } catch (Closed unanswered) {
      return new Response(0, "no answer", Map.of(), false, true, new byte[0]);
    }
    Map<String, List<String>> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), _ -> new ArrayList<>()).add(line.substring(colon + 1).strip());
    }
    boolean chunked = headers.getOrDefault("transfer-encoding", List.of()).contains("chunked");
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean cut = !headOnly && !(chunked ? chunks(in, body) : whole(in, body, headers.get("content-length")));
    return new Response(Integer.parseInt(status[1]), status.length > 2 ? status[2] : "", headers, chunked, cut, body.toByteArray());
  }

  /// Whether all of it came.
  private static boolean chunks(InputStream in, ByteArrayOutputStream body) throws IOException {
    try {
      for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
        body.write(in.readNBytes(size));
        line(in);
      }
      return true;
    } catch (Closed cut) {
      return false;
    }
  }

  private static boolean whole(InputStream in, ByteArrayOutputStream body, List<String> length) throws IOException {
    try {
      in.transferTo(body);
    } catch (SocketException reset) {
      return false;
    }
    return length == null || body.size() == Integer.parseInt(length.getFirst());
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = read(in); c != '\n'; c = read(in)) {
      if (c < 0) {
        throw new Closed("the connection was closed behind \"" + line.toString(StandardCharsets.UTF_8) + "\"");
      }
      line.write(c);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  private static int read(InputStream in) throws IOException {
    try {
      return in.read();
    } catch (SocketException reset) {
      throw new Closed("the connection was reset");
    }
  }

  /// The other side has ended the connection.
  private static final class Closed extends IOException {
    Closed(String how) {
      super(how);
    }
  }
}
