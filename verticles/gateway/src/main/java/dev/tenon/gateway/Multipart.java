package dev.tenon.gateway;

import dev.tenon.contract.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Takes a `multipart/form-data` body apart (RFC 7578, RFC 2046). The content of parts is not copied.
final class Multipart {

  static final int PARTS_MAX = 1_000;
  static final int PART_HEAD_BYTES_MAX = 8 * 1024;

  /// @param name of the field
  /// @param headers by their names in lower case
  record Part(String name, Map<String, String> headers, byte[] body, int from, int to) {

    /// The media type without its parameters; empty where the part names none.
    String contentType() {
      return MediaType.essence(headers.getOrDefault("content-type", ""));
    }
  }

  /// A body that is not made of parts as it should be.
  static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenException(String message) {
      super(message, null, false, false);
    }
  }

  private final byte[] body;
  private final byte[] delimiter;
  private int at;

  private Multipart(byte[] body, byte[] delimiter) {
    this.body = body;
    this.delimiter = delimiter;
  }

  static List<Part> read(byte[] body, String contentType) throws BrokenException {
    String boundary = MediaType.parameters(contentType).getOrDefault("boundary", "");
    if (boundary.isEmpty() || boundary.length() > 70) {
      throw new BrokenException("its Content-Type names no boundary of 1 to 70 characters");
    }
    return new Multipart(body, ("\r\n--" + boundary).getBytes(StandardCharsets.UTF_8)).read();
  }

  private List<Part> read() throws BrokenException {
    List<Part> parts = new ArrayList<>();
    at = startsWith(0, 2) ? delimiter.length - 2 : find(0) + delimiter.length;
    while (!isLast()) {
      if (parts.size() >= PARTS_MAX) {
        throw new BrokenException("it has more than " + PARTS_MAX + " parts");
      }
      parts.add(part());
    }
    return parts;
  }

  /// Whether the delimiter before `at` is the last one, and goes behind its end of line where not.
  private boolean isLast() throws BrokenException {
    if (at + 1 < body.length && body[at] == '-' && body[at + 1] == '-') {
      return true;
    }
    while (at < body.length && (body[at] == ' ' || body[at] == '\t')) {
      at++;
    }
    if (at + 1 >= body.length || body[at] != '\r' || body[at + 1] != '\n') {
      throw new BrokenException("a boundary is not followed by the end of its line");
    }
    return false;
  }

  /// The part behind a delimiter. The empty line that ends its head may follow at once.
  private Part part() throws BrokenException {
    int head = at;
    int end = head;
    while (!(end + 3 < body.length && body[end] == '\r' && body[end + 1] == '\n' && body[end + 2] == '\r' && body[end + 3] == '\n')) {
      if (++end >= body.length || end - head > PART_HEAD_BYTES_MAX) {
        throw new BrokenException("the head of a part does not end within " + PART_HEAD_BYTES_MAX + " bytes");
      }
    }
    Map<String, String> headers = headers(new String(body, head, end - head, StandardCharsets.UTF_8));
    int from = end + 4;
    int to = from >= 2 && startsWith(from - 2, 0) ? from - 2 : find(from);
    at = to + delimiter.length;
    String disposition = headers.getOrDefault("content-disposition", "");
    String name = MediaType.parameters(disposition).get("name");
    if (!MediaType.essence(disposition).equals("form-data") || name == null) {
      throw new BrokenException("a part has no \"Content-Disposition: form-data\" with a name");
    }
    return new Part(name, headers, body, from, Math.max(from, to));
  }

  private static Map<String, String> headers(String text) throws BrokenException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : text.split("\r\n")) {
      if (line.isEmpty()) {
        continue;
      }
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new BrokenException("a line in the head of a part is no header");
      }
      headers.merge(line.substring(0, colon).strip().toLowerCase(Locale.ROOT), line.substring(colon + 1).strip(), (a, b) -> a + "," + b);
    }
    return headers;
  }

  private int find(int from) throws BrokenException {
    for (int i = from; i + delimiter.length <= body.length; i++) {
      if (body[i] == '\r' && startsWith(i, 0)) {
        return i;
      }
    }
    throw new BrokenException("its boundary is missing, or does not end it");
  }

  /// Whether the delimiter, without its first `skipped` bytes, stands at a place.
  private boolean startsWith(int place, int skipped) {
    if (place + delimiter.length - skipped > body.length) {
      return false;
    }
    for (int i = skipped; i < delimiter.length; i++) {
      if (body[place + i - skipped] != delimiter[i]) {
        return false;
      }
    }
    return true;
  }
}
