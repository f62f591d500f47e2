package dev.tenon.worker.wpt;

import dev.tenon.worker.wpt.Handlers.Handler;
import io.vertx.core.Vertx;
import java.util.Map;

/// Handlers that tests of `EventSource` ask.
final class EventSourceHandlers {

  private static final String FOLDER = "/eventsource/resources/";
  private static final String STREAM = "text/event-stream";

  private final Vertx vertx;
  private final Map<String, Handler> byPath;

  EventSourceHandlers(Vertx vertx, Map<String, Handler> byPath) {
    this.vertx = vertx;
    this.byPath = byPath;
  }

  void register() {
    byPath.put(FOLDER + "message.py", EventSourceHandlers::message);
    byPath.put(FOLDER + "message2.py", this::messages);
    byPath.put(FOLDER + "last-event-id.py", EventSourceHandlers::lastEventId);
    byPath.put(FOLDER + "last-event-id2.py", EventSourceHandlers::eventIds);
    byPath.put(FOLDER + "status-error.py", EventSourceHandlers::statusError);
    byPath.put(FOLDER + "status-reconnect.py", EventSourceHandlers::statusReconnect);
    byPath.put(FOLDER + "reconnect-fail.py", EventSourceHandlers::reconnectFail);
    byPath.put(FOLDER + "cors-cookie.py", EventSourceHandlers::corsCookie);
    byPath.put(FOLDER + "cors.py", this::cors);
  }

  private static void message(Exchange exchange) {
    exchange.set("Content-Type", exchange.parameter("mime", STREAM));
    String message = exchange.parameter("message", "data: data");
    String newline = exchange.parameter("newline", "").equals("none") ? "" : "\n\n";
    exchange.after(exchange.number("sleep", 0), () -> exchange.end(message + newline + "\n"));
  }

  /// The same messages again and again.
  private void messages(Exchange exchange) {
    exchange.set("Content-Type", STREAM).set("Cache-Control", "no-cache");
    exchange.response().setChunked(true);
    String block = "data:msg\ndata: msg\n\n:\nfalsefield:msg\n\nfalsefield:msg\nData:data\n\ndata\n\ndata:end\n\n";
    exchange.response().write(block);
    long timer = vertx.setPeriodic(2_000, _ -> exchange.response().write(block));
    exchange.response().closeHandler(_ -> vertx.cancelTimer(timer));
  }

  private static void lastEventId(Exchange exchange) {
    exchange.set("Content-Type", STREAM);
    String last = exchange.header("Last-Event-ID", "");
    exchange.end(last.isEmpty() ? "id: " + exchange.parameter("idvalue", "\u00e2\u0080\u00a6") + "\nretry: 200\ndata: hello\n\n" : "data: " + last + "\n\n");
  }

  private static void eventIds(Exchange exchange) {
    exchange.set("Content-Type", STREAM).end(switch (exchange.number("type", 1)) {
      case 1 -> "id: 1\ndata: 1\n\ndata: 2\n\nid: 2\ndata:3\n\ndata:4\n\n";
      case 2 -> "id: 1\ndata: 1\n\nid:\ndata:2\n\ndata:3\n\n";
      case 3 -> "id: 1\ndata: 1\n\nid\ndata:2\n\ndata:3\n\n";
      default -> "data: invalid_test\n\n";
    });
  }

  private static void statusError(Exchange exchange) {
    int status = exchange.number("status", 404);
    exchange.set("Content-Type", STREAM).end(status, "HAHAHAHA", status == 204 || status == 205 ? "" : "data: data\n\n");
  }

  private static void statusReconnect(Exchange exchange) {
    String status = exchange.parameter("status", "204");
    String cookie = "request" + exchange.parameter("id", status);
    exchange.set("Content-Type", STREAM);
    if (exchange.cookie(cookie).equals(status)) {
      exchange.set("Set-Cookie", cookie + "=; Path=/; Max-Age=0").end("data: data\n\n");
    } else {
      exchange.set("Set-Cookie", cookie + "=" + status + "; Path=/");
      exchange.end(Integer.parseInt(status), "TEST", "retry: 2\n" + (exchange.has("ok_first") ? "data: ok\n\n" : ""));
    }
  }

  private static void reconnectFail(Exchange exchange) {
    String cookie = "recon_fail_" + exchange.parameter("id", "");
    exchange.set("Content-Type", STREAM);
    switch (exchange.cookie(cookie)) {
      case "opened" -> exchange.set("Set-Cookie", cookie + "=reconnected; Path=/").end(200, "RECONNECT", "data: reconnected\n\n");
      case "reconnected" -> exchange.set("Set-Cookie", cookie + "=; Path=/; Max-Age=0").end(204, "NO CONTENT (CLOSE)", "");
      default -> exchange.set("Set-Cookie", cookie + "=opened; Path=/").end(200, "OPEN", "retry: 2\ndata: opened\n\n");
    }
  }

  private static void corsCookie(Exchange exchange) {
    String name = exchange.parameter("ident", "test");
    String cookie = exchange.cookie(name).isEmpty() ? "NO_COOKIE" : "COOKIE";
    String origin = exchange.parameter("origin", exchange.header("Origin", "none"));
    if (!origin.equals("none")) {
      exchange.set("Access-Control-Allow-Origin", origin);
    }
    if (!exchange.parameter("credentials", "true").equals("none")) {
      exchange.set("Access-Control-Allow-Credentials", exchange.parameter("credentials", "true"));
    }
    String last = exchange.header("Last-Event-Id", "");
    switch (last) {
      case "" -> exchange.set("Content-Type", STREAM).set("Set-Cookie", name + "=COOKIE; Path=/").end("id: 1\nretry: 200\ndata: first " + cookie + "\n\n");
      case "1" -> exchange.set("Content-Type", STREAM).set("Set-Cookie", name + "=COOKIE; Path=/; Max-Age=0").end("id: 2\ndata: second " + cookie + "\n\n");
      default -> exchange.set("Content-Type", "stop").end("data: " + last + cookie + "\n\n");
    }
  }

  /// One of the others, with permission for another origin.
  private void cors(Exchange exchange) {
    exchange
        .set("Access-Control-Allow-Origin", exchange.parameter("origin", exchange.header("Origin", "*")))
        .set("Access-Control-Allow-Credentials", exchange.parameter("credentials", "true"));
    switch (exchange.parameter("run", "")) {
      case "message" -> message(exchange);
      case "status-reconnect" -> statusReconnect(exchange);
      case "redirect" -> byPath.get("/common/redirect.py").handle(exchange);
      case "cache-control" -> exchange.set("Content-Type", STREAM).end("data: " + exchange.header("cache-control", "") + "\n\n");
      default -> exchange.end("");
    }
  }
}
