package dev.tenon.node;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.worker.DeployedWorker;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/// Events that a developer sends a worker by hand, at the paths that wrangler has for them. `tenon run` and `tenon dev` have this in front of their one worker; the edge of a system
/// does not.
///
/// `GET /cdn-cgi/handler/scheduled?cron=*+*+*+*+*&time=1745856238` wakes the `scheduled` handler, and answers `ok`, or with status 500 `exception`, when that and what it gave to
/// `waitUntil` are done.
final class LocalTriggers {

  private static final String HANDLERS = "/cdn-cgi/handler/";
  private static final String SCHEDULED = HANDLERS + "scheduled";

  private LocalTriggers() {}

  /// Whether a request is for this instead of the worker.
  static boolean takes(ExchangeRequest request) {
    return request.target().startsWith(HANDLERS);
  }

  static Future<ExchangeResponse> handle(DeployedWorker worker, ExchangeRequest request) {
    QueryStringDecoder url = new QueryStringDecoder(request.target());
    if (!url.path().equals(SCHEDULED)) {
      return answer(404, "\"" + url.path() + "\" is no handler. Did you mean \"" + SCHEDULED + "\"?");
    }
    String cron = first(url, "cron", "");
    String time = first(url, "time", Long.toString(System.currentTimeMillis()));
    try {
      return worker.scheduled(cron, Long.parseLong(time)).transform(done -> done.succeeded() ? answer(200, "ok") : answer(500, "exception"));
    } catch (NumberFormatException notMillis) {
      return answer(400, "\"time\" must be milliseconds since 1970, not \"" + time + "\"");
    }
  }

  private static String first(QueryStringDecoder url, String name, String otherwise) {
    return url.parameters().getOrDefault(name, List.of(otherwise)).getFirst();
  }

  private static Future<ExchangeResponse> answer(int status, String text) {
    return Future.succeededFuture(
        new ExchangeResponse(status, "", HttpHeaders.headers().set("content-type", "text/plain;charset=UTF-8"), Body.of(Buffer.buffer(text))));
  }
}
