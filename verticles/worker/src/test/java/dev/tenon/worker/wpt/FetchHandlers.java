package dev.tenon.worker.wpt;

import dev.tenon.worker.wpt.Handlers.Handler;
import dev.tenon.worker.wpt.Handlers.Stash;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Handlers that tests of `fetch` and `XMLHttpRequest` ask: they say what they were sent, answer as their parameters want, or answer slowly.
final class FetchHandlers {

  private static final String FOLDER = "/fetch/api/resources/";

  private final Vertx vertx;
  private final Stash stash;

  FetchHandlers(Vertx vertx, Stash stash) {
    this.vertx = vertx;
    this.stash = stash;
  }

  void register(Map<String, Handler> byPath) {
    byPath.put(FOLDER + "inspect-headers.py", FetchHandlers::inspectHeaders);
    byPath.put(FOLDER + "status.py", FetchHandlers::status);
    byPath.put("/xhr/resources/status.py", FetchHandlers::status);
    byPath.put(FOLDER + "method.py", FetchHandlers::method);
    byPath.put(FOLDER + "echo-content.py", FetchHandlers::echoContent);
    byPath.put(FOLDER + "cache.py", FetchHandlers::cache);
    byPath.put(FOLDER + "authentication.py", FetchHandlers::authentication);
    byPath.put(FOLDER + "dump-authorization-header.py", FetchHandlers::dumpAuthorization);
    byPath.put(FOLDER + "script-with-header.py", exchange -> exchange
        .set("Content-Type", exchange.parameter("mime", "")).end(exchange.parameter("content", "").equals("empty") ? "" : "console.log('loaded')"));
    byPath.put("/xhr/resources/parse-headers.py", exchange -> exchange.set("My-Custom-Header", exchange.parameter("my-custom-header", "")).end(""));
    byPath.put("/xhr/resources/echo-headers.py", FetchHandlers::echoHeaders);
    byPath.put(FOLDER + "clean-stash.py", exchange -> exchange.end(stash.take(exchange.parameter("token", "")).isPresent() ? "1" : "0"));
    byPath.put(FOLDER + "stash-take.py", this::stashTake);
    byPath.put(FOLDER + "stash-put.py", this::stashPut);
    byPath.put(FOLDER + "trickle.py", this::trickle);
    byPath.put(FOLDER + "infinite-slow-response.py", this::infinite);
    byPath.put(FOLDER + "huge-response.py", FetchHandlers::huge);
    byPath.put(FOLDER + "bad-chunk-encoding.py", this::badChunks);
    byPath.put("/fetch/connection-pool/resources/network-partition-key.py", this::countRequests);
  }

  /// Answers with those request headers that `headers` names, each as `x-request-NAME`.
  private static void inspectHeaders(Exchange exchange) {
    List<String> names = Stream.of(exchange.parameter("headers", "").split("\\|")).filter(each -> !each.isEmpty()).toList();
    names.stream().filter(exchange::hasHeader).forEach(name -> exchange.set("x-request-" + name, exchange.header(name, "")));
    if (exchange.has("cors")) {
      exchange.allowOrigin();
      exchange
          .set("Access-Control-Allow-Credentials", "true")
          .set("Access-Control-Allow-Methods", "GET, POST, HEAD")
          .set("Access-Control-Expose-Headers", names.stream().map("x-request-"::concat).collect(Collectors.joining(", ")))
          .set("Access-Control-Allow-Headers", exchange.parameter("allow_headers", String.join(", ", exchange.request().headers().names())));
    }
    exchange.set("content-type", "text/plain").end("");
  }

  private static void status(Exchange exchange) {
    exchange
        .set("Content-Type", exchange.parameter("type", ""))
        .set("X-Request-Method", exchange.method())
        .end(exchange.number("code", 200), exchange.parameter("text", "OMG"), exchange.parameter("content", ""));
  }

  private static void method(Exchange exchange) {
    if (exchange.has("cors")) {
      exchange
          .set("Access-Control-Allow-Origin", "*")
          .set("Access-Control-Allow-Credentials", "true")
          .set("Access-Control-Allow-Methods", "GET, POST, PUT, FOO")
          .set("Access-Control-Allow-Headers", "x-test, x-foo")
          .set("Access-Control-Expose-Headers", "x-request-method");
    }
    exchange.set("x-request-method", exchange.method());
    for (String name : List.of("type", "length", "encoding", "language", "location")) {
      exchange.set("x-request-content-" + name, exchange.header("Content-" + name, "NO"));
    }
    exchange.end(exchange.body());
  }

  private static void echoContent(Exchange exchange) {
    exchange
        .set("X-Request-Method", exchange.method())
        .set("X-Request-Content-Length", exchange.header("Content-Length", "NO"))
        .set("X-Request-Content-Type", exchange.header("Content-Type", "NO"))
        .set("Content-Type", "text/plain")
        .end(exchange.body());
  }

  private static void echoHeaders(Exchange exchange) {
    String lines = exchange.request().headers().entries().stream().map(each -> each.getKey() + ": " + each.getValue() + "\r\n").collect(Collectors.joining());
    exchange.set("Content-Type", "text/plain").end(lines);
  }

  private static void cache(Exchange exchange) {
    if (exchange.header("If-None-Match", "").equals("\"123abc\"")) {
      exchange.set("X-HTTP-STATUS", "304").end(304, "");
    } else {
      exchange.set("ETag", "\"123abc\"").set("Content-Type", "text/plain").end("lorem ipsum dolor sit amet");
    }
  }

  private static void authentication(Exchange exchange) {
    String expected = "Basic " + Base64.getEncoder().encodeToString("user:password".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    if (exchange.header("Authorization", "").equals(expected)) {
      exchange.end("Authentication done");
    } else {
      exchange.set("WWW-Authenticate", "Basic realm=\"" + exchange.parameter("realm", "test") + "\"").end(401, "Please login with credentials 'user' and 'password'");
    }
  }

  private static void dumpAuthorization(Exchange exchange) {
    exchange.set("Content-Type", "text/html").set("Cache-Control", "no-cache");
    if (exchange.has("strip_auth_header") && exchange.isOptions() && exchange.header("Access-Control-Request-Headers", "").toLowerCase(java.util.Locale.ROOT).contains("authorization")) {
      exchange.end(500, "fail");
      return;
    }
    exchange.allowOrigin();
    exchange.set("Access-Control-Allow-Headers", "Authorization").end(exchange.header("Authorization", "none"));
  }

  /// How often, and over how many connections, something was asked for under a `uuid`.
  private void countRequests(Exchange exchange) {
    String connection = exchange.request().connection().remoteAddress().toString();
    String key = "requests of " + exchange.parameter("uuid", "");
    String before = stash.take(key).orElse("");
    String all = before + connection + " ";
    stash.put(key, all);
    List<String> requests = List.of(all.split(" "));
    String counts = exchange.has("addcounter")
        ? ". Request was sent " + requests.size() + " times. " + requests.stream().distinct().count() + " connections were created." : "";
    exchange.set("Cache-Control", "no-store").set("Content-Type", "text/plain").end(exchange.number("status", 200), "OK", "ok" + counts);
  }

  private void stashTake(Exchange exchange) {
    Optional<String> value = stash.take(exchange.parameter("key", ""));
    exchange.set("Access-Control-Allow-Origin", "*").set("Content-Type", "application/json").end(value.map(Json::encode).orElse("null"));
  }

  private void stashPut(Exchange exchange) {
    exchange.set("Access-Control-Allow-Origin", "*");
    if (exchange.isOptions()) {
      exchange.set("Access-Control-Allow-Methods", "*").set("Access-Control-Allow-Headers", "*");
    } else {
      stash.put(exchange.parameter("key", ""), exchange.parameter("value", ""));
    }
    exchange.end("done");
  }

  /// `count` pieces, `ms` milliseconds between them.
  private void trickle(Exchange exchange) {
    int millis = exchange.number("ms", 500);
    if (!exchange.has("notype")) {
      exchange.set("Content-Type", "text/plain");
    }
    exchange.response().setChunked(true);
    exchange.after(millis, () -> {
      exchange.response().writeHead();
      pieces(exchange, millis, exchange.number("count", 50), "TEST_TRICKLE\n", () -> exchange.response().end());
    });
  }

  private void pieces(Exchange exchange, int millis, int left, String piece, Runnable end) {
    exchange.after(millis, () -> {
      if (exchange.response().closed()) {
        return;
      }
      if (left == 0) {
        end.run();
      } else {
        exchange.response().write(piece);
        pieces(exchange, millis, left - 1, piece, end);
      }
    });
  }

  /// A body without end, until the client goes or `abortKey` is put into the stash; `stateKey` tells whether it goes on.
  private void infinite(Exchange exchange) {
    String state = exchange.parameter("stateKey", "");
    if (!state.isEmpty()) {
      stash.put(state, "open");
    }
    exchange.set("Content-Type", "text/plain");
    exchange.response().setChunked(true);
    exchange.response().write(".".repeat(2048));
    long timer = vertx.setPeriodic(10, id -> {
      if (stash.take(exchange.parameter("abortKey", "")).isPresent()) {
        vertx.cancelTimer(id);
        exchange.response().reset();
      } else {
        exchange.response().write(".");
      }
    });
    exchange.response().closeHandler(_ -> {
      vertx.cancelTimer(timer);
      if (!state.isEmpty()) {
        stash.put(state, "closed");
      }
    });
  }

  /// Eight gibibytes, as fast as they are taken.
  private static void huge(Exchange exchange) {
    long total = 8L << 30;
    exchange.set("Content-Type", "text/plain").set("Content-Length", Long.toString(total)).set("Cache-Control", "max-age=86400");
    send(exchange, Buffer.buffer(new byte[1 << 20]), total);
  }

  private static void send(Exchange exchange, Buffer piece, long left) {
    long rest = left;
    while (rest > 0 && !exchange.response().writeQueueFull() && !exchange.response().closed()) {
      exchange.response().write(piece);
      rest -= piece.length();
    }
    long still = rest;
    if (still == 0) {
      exchange.response().end();
    } else if (!exchange.response().closed()) {
      exchange.response().drainHandler(_ -> send(exchange, piece, still));
    }
  }

  /// Some chunks, then something that is none.
  private void badChunks(Exchange exchange) {
    int millis = exchange.number("ms", 1000);
    exchange.response().setChunked(true);
    exchange.after(millis, () -> {
      exchange.response().writeHead();
      pieces(exchange, millis, exchange.number("count", 50), "TEST_CHUNK", () -> Raw.write(exchange.request(), "garbage").onComplete(_ -> exchange.request().connection().close()));
    });
  }
}
