package dev.tenon.system;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/// A server for workers to fetch from. `GET /` answers with what a path and a query ask for; see [#answer].
final class Origin implements AutoCloseable {

  private static final int HTTP_TEXT_BYTES = 100_000;

  private final Vertx vertx;
  private final HttpServer server;

  private Origin(Vertx vertx, HttpServer server) {
    this.vertx = vertx;
    this.server = server;
  }

  static Origin start() {
    Vertx vertx = Vertx.vertx();
    try {
      return new Origin(vertx, vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
          .requestHandler(Origin::answer).listen().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static void answer(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    switch (request.path()) {
      case "/echo" -> request.body().onSuccess(body -> response.putHeader("content-type", "text/plain").end(echo(request, body)));
      case "/redirect" -> response.setStatusCode(Integer.parseInt(request.getParam("status", "302"))).putHeader("location", request.getParam("to", "/echo")).end("moved");
      case "/loop" -> response.setStatusCode(302).putHeader("location", "/loop").end();
      case "/nowhere" -> response.setStatusCode(302).end("no location");
      case "/status" -> response.setStatusCode(Integer.parseInt(request.getParam("code"))).setStatusMessage(request.getParam("reason", "Some Reason")).end();
      case "/cookies" -> {
        response.headers().add("set-cookie", "a=1; Path=/").add("set-cookie", "b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT").add("x-many", "1").add("x-many", "2");
        response.end("cookies");
      }
      case "/gzip" -> response.putHeader("content-encoding", "gzip").putHeader("content-type", "text/plain").end(gzip("zipped text ".repeat(20)));
      case "/deflate" -> response.putHeader("content-encoding", "deflate").end(deflate("deflated text"));
      case "/big" -> response.putHeader("content-type", "text/plain").end("0123456789".repeat(HTTP_TEXT_BYTES / 10));
      case "/slow" -> { }
      case "/cut" -> {
        response.putHeader("content-length", "100").write("only this").onComplete(_ -> request.connection().close());
      }
      case "/hangup" -> request.connection().close();
      default -> response.setStatusCode(404).end("not here");
    }
  }

  private static String echo(HttpServerRequest request, Buffer body) {
    StringBuilder text = new StringBuilder(request.method() + " " + request.uri() + "\n");
    MultiMap headers = request.headers();
    headers.names().stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().sorted()
        .filter(name -> !name.equals("host") && !name.equals("connection"))
        .forEach(name -> text.append(name).append(": ").append(headers.getAll(name)).append('\n'));
    return text.append('\n').append(body.toString(StandardCharsets.UTF_8)).toString();
  }

  private static Buffer gzip(String text) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream(); GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
      gzip.finish();
      return Buffer.buffer(bytes.toByteArray());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Buffer deflate(String text) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream(); DeflaterOutputStream deflate = new DeflaterOutputStream(bytes)) {
      deflate.write(text.getBytes(StandardCharsets.UTF_8));
      deflate.finish();
      return Buffer.buffer(bytes.toByteArray());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
