package dev.tenon.worker.wpt;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// A request with its body, read whole, and the answer to it. Texts are bytes, one in each char, as HTTP/1.1 has them.
final class Exchange {

  private final HttpServerRequest request;
  private final Buffer body;
  private final Map<String, List<String>> query;

  Exchange(HttpServerRequest request, Buffer body) {
    this.request = request;
    this.body = body;
    this.query = new QueryStringDecoder(request.uri(), StandardCharsets.ISO_8859_1, true, 1024, false).parameters();
  }

  HttpServerRequest request() {
    return request;
  }

  Buffer body() {
    return body;
  }

  String method() {
    return request.method().name();
  }

  boolean isOptions() {
    return request.method().equals(HttpMethod.OPTIONS);
  }

  Map<String, List<String>> query() {
    return query;
  }

  boolean has(String parameter) {
    return query.containsKey(parameter);
  }

  /// The first value of a parameter.
  String parameter(String name, String otherwise) {
    return has(name) ? query.get(name).getFirst() : otherwise;
  }

  int number(String parameter, int otherwise) {
    return has(parameter) ? (int) Double.parseDouble(parameter(parameter, "")) : otherwise;
  }

  String header(String name, String otherwise) {
    List<String> values = request.headers().getAll(name);
    return values.isEmpty() ? otherwise : String.join(", ", values);
  }

  boolean hasHeader(String name) {
    return request.headers().contains(name);
  }

  /// The value of a cookie of the request; empty when it has none of that name.
  String cookie(String name) {
    for (String pair : header("Cookie", "").split(";")) {
      if (pair.strip().startsWith(name + "=")) {
        return pair.strip().substring(name.length() + 1);
      }
    }
    return "";
  }

  MultiMap headers() {
    return request.response().headers();
  }

  Exchange set(String header, String value) {
    request.response().headers().set(header, value);
    return this;
  }

  Exchange add(String header, String value) {
    request.response().headers().add(header, value);
    return this;
  }

  HttpServerResponse response() {
    return request.response();
  }

  void end(String text) {
    end(Buffer.buffer(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  void end(Buffer bytes) {
    if (!request.response().ended() && !request.response().closed()) {
      request.response().end(bytes);
    }
  }

  void end(int status, String text) {
    request.response().setStatusCode(status);
    end(text);
  }

  void end(int status, String reason, String text) {
    request.response().setStatusMessage(reason);
    end(status, text);
  }

  /// Goes on after some time; at once when that is none.
  void after(long millis, Runnable then) {
    if (millis <= 0) {
      then.run();
    } else {
      Vertx.currentContext().owner().setTimer(millis, _ -> then.run());
    }
  }

  /// Lets the origin that asks read the answer; any, when none is named.
  void allowOrigin() {
    if (hasHeader("Origin")) {
      set("Access-Control-Allow-Origin", header("Origin", "")).set("Access-Control-Allow-Credentials", "true");
    } else {
      set("Access-Control-Allow-Origin", "*");
    }
  }
}
