package dev.tenon.prove;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// One request over a connection of its own, and everything that comes back until it is closed: so that bytes that are missing at the end of a body, or are too
/// many, are seen. Blocks.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112, HTTP/1.1</a>
final class Wire {

  static final int BODY_BYTES_MAX = 64 * 1024 * 1024;
  private static final int LINE_BYTES_MAX = 64 * 1024;
  private static final int HEADERS_MAX = 500;
  private static final String FIRST_LINE = "its first line";
  private static final String NOT_HTTP = "the answer does not begin as HTTP does";

  private final URI base;
  private final Duration timeout;

  Wire(URI base, Duration timeout) {
    this.base = base;
    this.timeout = timeout;
  }

  Reply send(Request request, Variables variables) {
    long end = System.nanoTime() + timeout.toNanos();
    try (Socket socket = connect(end)) {
      socket.setSoTimeout(millisLeft(end));
      try {
        write(socket.getOutputStream(), request, variables);
      } catch (IOException refusedMidway) {
        // An answer may have come before the request was all sent.
      }
      return new Reading(socket, request.method().equals("HEAD"), end).answer();
    } catch (SocketTimeoutException late) {
      return new Reply.Broken("no complete answer within " + timeout.toMillis() / 1000.0 + " s");
    } catch (MalformedAnswer e) {
      return new Reply.Broken(e.getMessage());
    } catch (IOException e) {
      return new Reply.Broken("the connection failed: " + e.getMessage());
    }
  }

  private static int millisLeft(long end) throws SocketTimeoutException {
    long millis = (end - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) Math.min(Integer.MAX_VALUE, millis);
  }

  private Socket connect(long end) throws IOException {
    boolean tls = "https".equals(base.getScheme());
    int port = base.getPort() >= 0 ? base.getPort() : tls ? 443 : 80;
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(base.getHost(), port), millisLeft(end));
    if (!tls) {
      return socket;
    }
    SSLSocket secure = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(socket, base.getHost(), port, true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.setSoTimeout(millisLeft(end));
    secure.startHandshake();
    return secure;
  }

  private void write(OutputStream out, Request request, Variables variables) throws IOException {
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ').append(variables.fill(request.target())).append(" HTTP/1.1\r\n");
    head.append("host: ").append(base.getAuthority()).append("\r\nconnection: close\r\n");
    request.headers().forEach((name, value) -> head.append(name).append(": ").append(variables.fill(value)).append("\r\n"));
    byte[] body = request.payload().bytes(variables);
    if (!(request.payload() instanceof Payload.None)) {
      head.append("content-length: ").append(body.length).append("\r\n");
    }
    head.append("\r\n");
    out.write(head.toString().getBytes(StandardCharsets.UTF_8));
    out.write(body);
    out.flush();
  }

  private static final class MalformedAnswer extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedAnswer(String what) {
      super(what);
    }
  }

  /// Reads one answer.
  private static final class Reading {

    private final Socket socket;
    private final InputStream in;
    private final boolean bodiless;
    private final long end;

    Reading(Socket socket, boolean bodiless, long end) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.bodiless = bodiless;
      this.end = end;
    }

    Reply.Answer answer() throws IOException {
      while (true) {
        int status = status(line(FIRST_LINE));
        Map<String, List<String>> headers = headers();
        if (status >= 200 || status == 101) {
          return new Reply.Answer(status, headers, body(status, headers));
        }
      }
    }

    private static int status(String line) throws MalformedAnswer {
      if (!line.matches("HTTP/1\\.[01] [1-9][0-9]{2}( .*)?")) {
        throw new MalformedAnswer(NOT_HTTP);
      }
      return Integer.parseInt(line.substring(9, 12));
    }

    private Map<String, List<String>> headers() throws IOException {
      Map<String, List<String>> headers = new LinkedHashMap<>();
      for (int i = 0; i < HEADERS_MAX; i++) {
        String line = line("the end of the headers");
        if (line.isEmpty()) {
          return headers;
        }
        int colon = line.indexOf(':');
        if (colon <= 0) {
          throw new MalformedAnswer("a line of the headers has no colon");
        }
        headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>()).add(line.substring(colon + 1).strip());
      }
      throw new MalformedAnswer("the answer has more than " + HEADERS_MAX + " headers");
    }

    private byte[] body(int status, Map<String, List<String>> headers) throws IOException {
      if (bodiless || status == 204 || status == 304 || status == 101) {
        return status == 101 ? new byte[0] : nothing(status);
      }
      String coding = headers.getOrDefault("transfer-encoding", List.of("")).getFirst();
      if (coding.equalsIgnoreCase("chunked")) {
        return surplus(chunks(), "the last chunk");
      }
      List<String> lengths = headers.getOrDefault("content-length", List.of());
      if (lengths.isEmpty()) {
        return rest(BODY_BYTES_MAX);
      }
      if (lengths.stream().distinct().count() > 1 || !lengths.getFirst().matches("[0-9]{1,12}")) {
        throw new MalformedAnswer("the Content-Length is not a number of bytes");
      }
      long length = Long.parseLong(lengths.getFirst());
      if (length > BODY_BYTES_MAX) {
        throw new MalformedAnswer("the body has " + length + " bytes, and at most " + BODY_BYTES_MAX + " are read");
      }
      byte[] body = exactly((int) length, "the body breaks off: the Content-Length announces " + length + " bytes");
      return surplus(body, "the " + length + " bytes of the Content-Length");
    }

    private byte[] nothing(int status) throws IOException {
      if (rest(1).length > 0) {
        throw new MalformedAnswer("bytes follow an answer that has no body" + (bodiless ? " (HEAD)" : " (" + status + ")"));
      }
      return new byte[0];
    }

    private byte[] surplus(byte[] body, String after) throws IOException {
      if (rest(1).length > 0) {
        throw new MalformedAnswer("the body is longer than announced: bytes follow " + after);
      }
      return body;
    }

    private byte[] chunks() throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      while (true) {
        String size = line("a chunk").replaceFirst(";.*", "").strip();
        if (!size.matches("[0-9a-fA-F]{1,7}")) {
          throw new MalformedAnswer("the size of a chunk is not a hexadecimal number");
        }
        int bytes = Integer.parseInt(size, 16);
        if (bytes == 0) {
          headers();
          return body.toByteArray();
        }
        if (body.size() + (long) bytes > BODY_BYTES_MAX) {
          throw new MalformedAnswer("the body has more than " + BODY_BYTES_MAX + " bytes");
        }
        body.write(exactly(bytes, "the body breaks off inside a chunk"));
        line("the end of a chunk");
      }
    }

    private byte[] exactly(int bytes, String otherwise) throws IOException {
      byte[] read = new byte[bytes];
      int got = 0;
      while (got < bytes) {
        socket.setSoTimeout(millisLeft(end));
        int more = in.read(read, got, bytes - got);
        if (more < 0) {
          throw new MalformedAnswer(otherwise + ", and " + got + " came");
        }
        got += more;
      }
      return read;
    }

    /// All that comes until the connection is closed, up to so many bytes.
    private byte[] rest(int bytesMax) throws IOException {
      ByteArrayOutputStream rest = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      while (rest.size() < bytesMax) {
        socket.setSoTimeout(millisLeft(end));
        int more = in.read(buffer, 0, Math.min(buffer.length, bytesMax - rest.size()));
        if (more < 0) {
          break;
        }
        rest.write(buffer, 0, more);
      }
      return rest.toByteArray();
    }

    private String line(String what) throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      while (line.size() < LINE_BYTES_MAX) {
        socket.setSoTimeout(millisLeft(end));
        int next = in.read();
        if (next < 0) {
          throw !what.equals(FIRST_LINE) ? new MalformedAnswer("the answer breaks off before " + what)
              : line.size() == 0 ? new EOFException("it was closed without an answer") : new MalformedAnswer(NOT_HTTP);
        }
        if (next == '\n') {
          String text = line.toString(StandardCharsets.ISO_8859_1);
          return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }
        line.write(next);
      }
      throw new MalformedAnswer("a line of the head has more than " + LINE_BYTES_MAX + " bytes");
    }
  }
}
