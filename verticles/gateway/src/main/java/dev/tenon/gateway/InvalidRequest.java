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
      case RequestDecoder.TwoLengthsException e ->
          new Problem(ProblemType.REQUEST_MALFORMED, "The request has a Content-Length and a Transfer-Encoding – send one of them.");
      case RequestDecoder.VersionException e -> new Problem(ProblemType.HTTP_VERSION, "The request is in a version of HTTP that is not spoken here – use HTTP/1.1 or HTTP/2.");
      case null, default -> new Problem(ProblemType.REQUEST_MALFORMED, "The request is not HTTP as RFC 9112 defines it.");
    };
    HttpServerResponse response = request.response();
    response.setStatusCode(problem.type().status());
    response.headers().set("content-type", Problem.MEDIA_TYPE).set("connection", "close");
    response.end(problem.json(RequestIds.make())).eventually(() -> request.connection().close());
  }
}
