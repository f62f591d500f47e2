package dev.tenon.bus.client;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.json.JsonException;
import dev.tenon.bus.json.JsonReader;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;

/// An answer whose head is there. Read once, on the context that made the call.
public final class ClientAnswer {

  /// The largest body that is read into memory. Longer ones are streamed, if the contract says so, or refused.
  public static final int BODY_BYTES_MAX = 64 * 1024 * 1024;

  private static final int PROBLEM_BYTES_MAX = 1024 * 1024;

  private final String operation;
  private final ExchangeResponse response;
  private final String essence;

  ClientAnswer(String operation, ExchangeResponse response) {
    this.operation = operation;
    this.response = response;
    this.essence = essence(response.headers().get("content-type"));
  }

  public int status() {
    return response.status();
  }

  public MultiMap headers() {
    return response.headers();
  }

  /// Whether the body's media type falls into the range: `application/json`, `image/*`, `*/*`.
  private boolean hasType(String mediaRange) {
    return mediaRange.equals(essence) || mediaRange.equals("*/*")
        || mediaRange.endsWith("/*") && essence.startsWith(mediaRange.substring(0, mediaRange.length() - 1));
  }

  /// The body as JSON of one type.
  public <T> Future<T> json(JsonReader.Reader<T> reader) {
    if (!isJson(essence)) {
      return unexpected();
    }
    return response.body().collect(BODY_BYTES_MAX).map(bytes -> {
      try {
        return JsonReader.read(bytes, reader);
      } catch (JsonException wrong) {
        throw new AnswerException(status(), operation + " answered " + status() + " with a body that is not as its contract says: " + wrong.getMessage(), wrong);
      }
    });
  }

  /// The body as text, in the charset it names, or in UTF-8.
  public Future<String> text() {
    return response.body().collect(BODY_BYTES_MAX).map(bytes -> bytes.toString(charset()));
  }

  /// The body as it comes, if it is of this media type.
  public Future<Body> stream(String mediaRange) {
    return hasType(mediaRange) ? Future.succeededFuture(response.body()) : unexpected();
  }

  /// The body as it comes, with its media type, if that is one of these.
  public Future<TypedBody> typed(String... mediaRanges) {
    return Stream.of(mediaRanges).anyMatch(this::hasType) ? Future.succeededFuture(new TypedBody(essence, response.body())) : unexpected();
  }

  /// That there is no body to speak of.
  public Future<Void> nothing() {
    discard();
    return Future.succeededFuture();
  }

  /// The failure that this answer is: a [ProblemException] for a status from 400 on, otherwise an [AnswerException].
  public <T> Future<T> unexpected() {
    if (status() >= 400) {
      return response.body().collect(PROBLEM_BYTES_MAX)
          .otherwise(Buffer.buffer())
          .compose(body -> Future.failedFuture(ProblemException.of(operation, status(), response.headers(), body)));
    }
    discard();
    return Future.failedFuture(new AnswerException(status(), operation + " answered " + status()
        + (essence.isEmpty() ? "" : " with " + essence) + ", which its contract does not have – the two do not fit together", null));
  }

  /// A stream that nobody reads would hold its sender.
  private void discard() {
    if (response.body() instanceof Body.Stream(var stream, var length)) {
      stream.exceptionHandler(broken -> { });
      stream.handler(chunk -> { });
      stream.resume();
    }
  }

  private Charset charset() {
    String type = response.headers().get("content-type");
    int at = type == null ? -1 : type.toLowerCase(Locale.ROOT).indexOf("charset=");
    if (at >= 0) {
      String name = type.substring(at + "charset=".length()).split("[;,\\s]", 2)[0].replace("\"", "");
      try {
        return Charset.forName(name);
      } catch (IllegalArgumentException unknown) {
        return StandardCharsets.UTF_8;
      }
    }
    return StandardCharsets.UTF_8;
  }

  static boolean isJson(String essence) {
    return essence.equals("application/json") || essence.endsWith("+json");
  }

  static String essence(String contentType) {
    if (contentType == null) {
      return "";
    }
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }
}
