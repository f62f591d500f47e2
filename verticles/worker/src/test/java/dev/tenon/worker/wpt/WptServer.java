package dev.tenon.worker.wpt;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The server that tests talk to: the files of the checkout with their `.headers`, and in [Handlers] what the checkout's Python handlers are asked for.
/// Listens on two ports of the loopback address and on two more with TLS, under every host name that leads there.
final class WptServer {

  private final Checkout checkout;
  private final Handlers handlers;
  private final WebSocketHandlers webSockets;
  private final List<HttpServer> servers = new ArrayList<>();
  private final Substitutions substitutions;

  private WptServer(Vertx vertx, Checkout checkout) throws Exception {
    this.checkout = checkout;
    Certificate certificate = Certificate.make();
    for (boolean ssl : new boolean[] {false, false, true, true}) {
      HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(0).setMaxHeaderSize(64 * 1024).setMaxInitialLineLength(64 * 1024);
      if (ssl) {
        options.setSsl(true).setUseAlpn(false).setKeyCertOptions(certificate.options());
      }
      servers.add(vertx.createHttpServer(options).requestHandler(this::serve).listen().await(10, TimeUnit.SECONDS));
    }
    int[] http = {port(0), port(1)};
    int[] https = {port(2), port(3)};
    this.substitutions = new Substitutions(Map.of("http", http, "ws", http, "https", https, "wss", https));
    this.handlers = new Handlers(vertx);
    this.webSockets = new WebSocketHandlers(vertx);
  }

  static WptServer start(Vertx vertx, Checkout checkout) throws Exception {
    return new WptServer(vertx, checkout);
  }

  private int port(int index) {
    return servers.get(index).actualPort();
  }

  /// Where a test comes from.
  String origin(String path) {
    return path.contains(".https.") ? "https://" + Substitutions.HOST + ":" + port(2) : "http://" + Substitutions.HOST + ":" + port(0);
  }

  Substitutions substitutions() {
    return substitutions;
  }

  private void serve(HttpServerRequest request) {
    if (WebSocketHandlers.asks(request)) {
      webSockets.handle(request);
      return;
    }
    request.body().onSuccess(body -> {
      try {
        Optional<Handlers.Handler> handler = handlers.at(request.path());
        if (handler.isPresent()) {
          handler.get().handle(new Exchange(request, body));
        } else {
          file(request);
        }
      } catch (Exception failure) {
        request.response().setStatusCode(500).end(String.valueOf(failure));
      }
    });
  }

  private void file(HttpServerRequest request) throws IOException {
    Optional<Path> file = checkout.file(alias(decode(request.path())));
    if (file.isEmpty() || file.get().toString().endsWith(".py")) {
      request.response().setStatusCode(404).end("no such file");
      return;
    }
    if (file.get().toString().endsWith(".asis")) {
      Raw.write(request, Files.readString(file.get(), StandardCharsets.ISO_8859_1)).onComplete(_ -> request.connection().close());
      return;
    }
    Pipes.Answer answer = new Pipes.Answer(Files.readAllBytes(file.get()));
    String name = file.get().getFileName().toString();
    answer.headers().set("Content-Type", type(name));
    for (String sibling : List.of("__dir__.headers", name + ".headers", name.replaceFirst("(\\.[^.]*)$", ".sub$1") + ".headers")) {
      Path headers = file.get().resolveSibling(sibling);
      if (Files.isRegularFile(headers)) {
        headers(answer, Files.readString(headers, StandardCharsets.ISO_8859_1));
      }
    }
    if (name.contains(".sub.")) {
      answer.body(substitutions.apply(answer.text(), request.params(), request.headers()).getBytes(StandardCharsets.UTF_8));
    }
    Pipes.apply(request, answer, substitutions);
  }

  private void headers(Pipes.Answer answer, String lines) {
    for (String line : substitutions.apply(lines).split("\r?\n")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String key = line.substring(0, colon).strip();
        if (key.equalsIgnoreCase("content-type")) {
          answer.headers().set(key, line.substring(colon + 1).strip());
        } else {
          answer.headers().add(key, line.substring(colon + 1).strip());
        }
      }
    }
  }

  /// Paths at which web-platform-tests' own server shows a file of somewhere else.
  private static String alias(String path) {
    return path.equals("/wasm/incrementer.wasm") ? "/wasm/webapi/resources/incrementer.wasm" : path;
  }

  private static String decode(String path) {
    return io.netty.handler.codec.http.QueryStringDecoder.decodeComponent(path.replace("+", "%2B"));
  }

  private static String type(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return switch (ending) {
      case "js", "mjs" -> "text/javascript";
      case "html", "htm" -> "text/html";
      case "json" -> "application/json";
      case "txt" -> "text/plain";
      case "css" -> "text/css";
      case "xml" -> "text/xml";
      case "xhtml" -> "application/xhtml+xml";
      case "svg" -> "image/svg+xml";
      case "png" -> "image/png";
      case "event_stream" -> "text/event-stream";
      case "wasm" -> "application/wasm";
      default -> "application/octet-stream";
    };
  }

  void close() throws Exception {
    Future.join(servers.stream().map(HttpServer::close).toList()).await(10, TimeUnit.SECONDS);
  }
}
