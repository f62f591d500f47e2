package dev.tenon.bus.client;

import dev.tenon.bus.json.Json;
import dev.tenon.bus.json.JsonWritable;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// A body of the media type `multipart/form-data`, put together in memory. Not thread-safe.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc7578">RFC 7578: Returning Values from Forms</a>
public final class MultipartForm {

  private final String boundary = "tenon-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong())
      + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  private final Buffer body = Buffer.buffer();

  /// A value as text.
  public MultipartForm text(String name, String value) {
    return part(name, "", "text/plain; charset=utf-8", Buffer.buffer(value));
  }

  /// A value as JSON.
  public MultipartForm json(String name, JsonWritable value) {
    return part(name, "", "application/json", value.toJson());
  }

  /// A value as a form has it: each item of an array by itself, objects as JSON, everything else as text.
  public MultipartForm value(String name, Json value) {
    if (value.asArray().isPresent()) {
      value.asArray().get().forEach(item -> value(name, item));
      return this;
    }
    return value.asObject().isPresent() ? json(name, value) : text(name, ParameterStyle.text(value));
  }

  /// A file.
  public MultipartForm file(String name, String mediaType, Buffer bytes) {
    return part(name, name, mediaType, bytes);
  }

  /// Several files of one name.
  public MultipartForm files(String name, String mediaType, List<Buffer> all) {
    all.forEach(bytes -> file(name, mediaType, bytes));
    return this;
  }

  String mediaType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  Buffer end() {
    return Buffer.buffer().appendBuffer(body).appendString("--" + boundary + "--\r\n");
  }

  private MultipartForm part(String name, String fileName, String mediaType, Buffer bytes) {
    body.appendString("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quoted(name) + "\""
        + (fileName.isEmpty() ? "" : "; filename=\"" + quoted(fileName) + "\"")
        + "\r\nContent-Type: " + mediaType + "\r\n\r\n").appendBuffer(bytes).appendString("\r\n");
    return this;
  }

  private static String quoted(String name) {
    return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }
}
