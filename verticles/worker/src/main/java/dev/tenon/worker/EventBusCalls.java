package dev.tenon.worker;

import dev.tenon.bus.Body;
import dev.tenon.bus.Deadline;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.ExchangeHandler;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Requests to a worker as messages of Vert.x's own event bus, for applications that embed it. The address is `worker:NAME`.
///
/// A message is a string, the path of a GET, or an object: `method` (GET), `path` (/), `headers`, and a `body` (text) or `bytes` (base64 in JSON). The reply is an
/// object: `status`, `headers`, and `body` where the answer is UTF-8 text, otherwise `bytes`. A worker that does not answer fails the message with the HTTP status as its
/// code. Answers are whole: for streams there is HTTP.
final class EventBusCalls {

  private static final int ANSWER_BYTES_MAX = 64 << 20;
  private static final int BAD_REQUEST = 400;

  private final String component;
  private final ExchangeHandler worker;

  private EventBusCalls(String component, ExchangeHandler worker) {
    this.component = component;
    this.worker = worker;
  }

  /// Takes messages on the current context until the consumer is unregistered.
  static MessageConsumer<Object> take(Vertx vertx, String component, ExchangeHandler worker) {
    EventBusCalls calls = new EventBusCalls(component, worker);
    return vertx.eventBus().consumer("worker:" + component, calls::received);
  }

  private void received(Message<Object> message) {
    ExchangeRequest request;
    try {
      request = switch (message.body()) {
        case String path -> request(new JsonObject().put("path", path));
        case JsonObject object -> request(object);
        case null -> request(new JsonObject());
        default -> throw new IllegalArgumentException("a message to worker:" + component + " is a path or an object, not a " + message.body().getClass().getSimpleName());
      };
    } catch (IllegalArgumentException | ClassCastException wrong) {
      message.fail(BAD_REQUEST, wrong.getMessage());
      return;
    }
    worker.handle(request).compose(EventBusCalls::whole).onComplete(
        message::reply, failed -> message.fail(Failure.of(failed).code().status(), Failure.of(failed).getMessage()));
  }

  private ExchangeRequest request(JsonObject message) {
    String path = message.getString("path", "/");
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path \"" + path + "\" does not start with \"/\"");
    }
    Buffer bytes = message.containsKey("bytes") ? message.getBuffer("bytes") : Buffer.buffer(message.getString("body", ""));
    return new ExchangeRequest(message.getString("method", "GET"), "http", component, path, headers(message.getJsonObject("headers", new JsonObject())),
        bytes.length() == 0 ? Body.EMPTY : Body.of(bytes), ExchangeContext.start(Deadline.after(Deadline.DEFAULT)));
  }

  /// A header's value is a string, or a list of strings where it is there more than once.
  private static MultiMap headers(JsonObject values) {
    MultiMap headers = HttpHeaders.headers();
    for (Map.Entry<String, Object> header : values) {
      if (header.getValue() instanceof JsonArray several) {
        several.forEach(value -> headers.add(header.getKey(), String.valueOf(value)));
      } else {
        headers.add(header.getKey(), String.valueOf(header.getValue()));
      }
    }
    return headers;
  }

  private static Future<JsonObject> whole(ExchangeResponse response) {
    JsonObject headers = new JsonObject();
    for (String name : response.headers().names()) {
      headers.put(name, response.headers().getAll(name).size() == 1 ? response.headers().get(name) : new JsonArray(response.headers().getAll(name)));
    }
    JsonObject reply = new JsonObject().put("status", response.status()).put("headers", headers);
    return response.body().collect(ANSWER_BYTES_MAX).map(bytes -> {
      try {
        return reply.put("body", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes())).toString());
      } catch (CharacterCodingException noText) {
        return reply.put("bytes", bytes);
      }
    });
  }
}
