package dev.tenon.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
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
  record Response(int status, String reason, Map<String, List<String>> headers, boolean chunked, byte[] body) {}

  static Response send(int port, Request request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(STALL_MILLIS_MAX);
      StringBuilder head = new StringBuilder(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
      request.headers().forEach(header -> head.append(header).append("\r\n"));
      if (request.body().length > 0 || request.method().equals("POST")) {
        head.append("Content-Length: ").append(request.body().length).append("\r\n");
      }
      socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(request.body());
      socket.getOutputStream().flush();
      return read(socket.getInputStream(), request.method().equals("HEAD"));
    }
  }

  private static Response read(InputStream in, boolean headOnly) throws IOException {
    String[] status = line(in).split(" ", 3);
    Map<String, List<String>> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), _ -> new ArrayList<>()).add(line.substring(colon + 1).strip());
    }
    boolean chunked = headers.getOrDefault("transfer-encoding", List.of()).contains("chunked");
    byte[] body = headOnly ? new byte[0] : chunked ? chunks(in) : in.readAllBytes();
    return new Response(Integer.parseInt(status[1]), status.length > 2 ? status[2] : "", headers, chunked, body);
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
      body.write(in.readNBytes(size));
      line(in);
    }
    return body.toByteArray();
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection was closed behind \"" + line.toString(StandardCharsets.UTF_8) + "\"");
      }
      line.write(c);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }
}
