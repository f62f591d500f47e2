package dev.tenon.gateway;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/// What a request is answered whose head is not HTTP or is too large. The connection is closed: where the next request begins is not known.
final class InvalidRequest {

  private InvalidRequest() {}

  static void answer(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Problem problem = switch (cause) {
      case TooLongHttpLineException e -> new Problem(ProblemType.TARGET_TOO_LONG, "The request line is too long – shorten the query, or send it as a body.");
      case TooLongHttpHeaderException e -> new Problem(ProblemType.HEADERS_TOO_LARGE, "The headers are too large – send fewer or shorter ones.");
      case null, default -> new Problem(ProblemType.REQUEST_MALFORMED, "The request is not HTTP as RFC 9112 defines it.");
    };
    HttpServerResponse response = request.response();
    response.setStatusCode(problem.type().status());
    response.headers().set("content-type", Problem.MEDIA_TYPE).set("connection", "close");
    response.end(problem.json(RequestIds.make())).eventually(() -> request.connection().close());
  }
}
