package dev.tenon.worker.wpt;

import dev.tenon.worker.wpt.Handlers.Handler;
import dev.tenon.worker.wpt.Handlers.Stash;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/// Answers as a server that wants to be cached, and tells with `querystate` what the requests under a `token` asked of caches.
final class CacheHandler {

  private static final List<String> WATCHED = List.of("If-None-Match", "If-Modified-Since", "Pragma", "Cache-Control");

  private final Stash stash;

  CacheHandler(Stash stash) {
    this.stash = stash;
  }

  void register(Map<String, Handler> byPath) {
    byPath.put("/fetch/api/request/resources/cache.py", this::handle);
  }

  private void handle(Exchange exchange) {
    String token = exchange.parameter("token", "");
    if (exchange.has("querystate")) {
      exchange.set("Content-Type", "text/plain").end(stash.take(token).orElse("null"));
      return;
    }
    JsonObject asked = new JsonObject();
    if (!exchange.has("ignore")) {
      WATCHED.stream().filter(exchange::hasHeader).forEach(name -> asked.put(name, exchange.header(name, "")));
    }
    stash.put(token, stash.take(token).map(JsonArray::new).orElseGet(JsonArray::new).add(asked).encode());
    answer(exchange);
  }

  private static void answer(Exchange exchange) {
    String tag = exchange.has("tag") ? "\"" + exchange.parameter("tag", "") + "\"" : "";
    String date = exchange.parameter("date", "");
    setIfAny(exchange, "ETag", tag);
    setIfAny(exchange, "Last-Modified", tag.isEmpty() ? date : "");
    setIfAny(exchange, "Expires", exchange.parameter("expires", ""));
    setIfAny(exchange, "Vary", exchange.parameter("vary", ""));
    setIfAny(exchange, "Cache-Control", exchange.parameter("cache_control", ""));
    exchange.set("Access-Control-Allow-Origin", "*");
    if (exchange.has("redirect")) {
      exchange.set("Location", exchange.parameter("redirect", "")).end(302, "");
    } else if (!tag.isEmpty() && exchange.header("If-None-Match", "").equals(tag)
        || !date.isEmpty() && exchange.header("If-Modified-Since", "").equals(date)) {
      exchange.end(304, "");
    } else {
      exchange.set("Content-Type", "text/plain").end(exchange.parameter("content", ""));
    }
  }

  private static void setIfAny(Exchange exchange, String header, String value) {
    if (!value.isEmpty()) {
      exchange.set(header, value);
    }
  }
}
