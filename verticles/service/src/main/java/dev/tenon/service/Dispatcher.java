package dev.tenon.service;

import dev.tenon.bus.ExchangeHandler;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the operation a request means and calls its handler. Whatever the handler does, the caller gets a response or a
/// [Failure] before the deadline, and nothing internal.
final class Dispatcher implements ExchangeHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final String component;
  private final Routes routes;
  private final Map<String, OperationHandler> handlers;

  Dispatcher(String component, Routes routes, Map<String, OperationHandler> handlers) {
    this.component = component;
    this.routes = routes;
    this.handlers = Map.copyOf(handlers);
  }

  @Override
  public Future<ExchangeResponse> handle(ExchangeRequest request) {
    String path = QueryString.path(request.target());
    return routes.find(request.method(), path)
        .map(match -> serve(match, request))
        .orElseGet(() -> Future.succeededFuture(notFound(request.method(), path)))
        .map(Reply::toExchange);
  }

  private Future<Reply> serve(Routes.Match match, ExchangeRequest request) {
    String operationId = match.operation().id();
    int bodyBytesMax = (int) Math.min(match.operation().bodyBytesMax(), Integer.MAX_VALUE);
    long millis = request.context().deadline().remainingMillis();
    if (millis == 0) {
      return Future.failedFuture(late(operationId));
    }
    return request.body().collect(bodyBytesMax)
        .compose(body -> handlers.get(operationId).handle(new Call(request, match.parameters(), body)))
        .timeout(millis, TimeUnit.MILLISECONDS)
        .recover(failed -> recover(operationId, request, failed));
  }

  private Future<Reply> recover(String operationId, ExchangeRequest request, Throwable failed) {
    return switch (failed) {
      case Problem problem -> Future.succeededFuture(problem.reply());
      case Failure failure -> Future.failedFuture(failure);
      case TimeoutException _ -> Future.failedFuture(late(operationId));
      case Throwable database when DatabasePool.isOverloaded(database) ->
          Future.failedFuture(new Failure(Failure.Code.OVERLOADED, component + " has no database connection free", operationId));
      case Throwable database when DatabasePool.isUnavailable(database) -> {
        LOG.warn("{} {} – the database is not available: {}", component, operationId, database.getMessage());
        yield Future.succeededFuture(Problem.unavailable().reply());
      }
      case Throwable bug -> {
        LOG.error("{} {} – request {} failed", component, operationId, request.context().trace().traceId(), bug);
        yield Future.failedFuture(Failure.of(bug));
      }
    };
  }

  private Failure late(String operationId) {
    return new Failure(Failure.Code.DEADLINE, component + " did not answer in time", operationId);
  }

  private Reply notFound(String method, String path) {
    String allowed = String.join(", ", routes.methods(path));
    return allowed.isEmpty()
        ? new Problem(404, "urn:tenon:problem:not-found", "Not found",
            "The path " + path + " is not one of " + component + "'s contract.").reply()
        : new Problem(405, "urn:tenon:problem:method-not-allowed", "Method not allowed",
            "The path " + path + " takes " + allowed + ", not " + method + ".").withHeader("allow", allowed).reply();
  }
}
