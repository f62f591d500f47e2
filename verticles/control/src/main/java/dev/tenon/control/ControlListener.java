package dev.tenon.control;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.BindException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// The operator's HTTP: `/health/live`, `/health/ready`, `/metrics`, `/components` and their contracts. Bound to loopback unless told otherwise.
public final class ControlListener extends VerticleBase {

  /// @param port 0 for any free one
  public record Settings(String host, int port) {
    public static final Settings DEFAULT = new Settings("127.0.0.1", 8090);
  }

  private final Settings settings;
  private final Health health;
  private final PrometheusMeterRegistry metrics;
  private final Supplier<List<ComponentStatus>> components;
  private final Function<String, Optional<String>> contracts;
  private HttpServer server;

  /// @param components what runs where, as far as this node knows
  /// @param contracts the live contract of a component, as JSON; empty for one that has none
  public ControlListener(
      Settings settings, Health health, PrometheusMeterRegistry metrics, Supplier<List<ComponentStatus>> components,
      Function<String, Optional<String>> contracts) {
    this.settings = settings;
    this.health = health;
    this.metrics = metrics;
    this.components = components;
    this.contracts = contracts;
  }

  @Override
  public Future<?> start() {
    Router router = Router.router(vertx);
    router.get("/health/live").handler(ControlListener::live);
    router.get("/health/ready").handler(this::ready);
    router.get("/metrics").handler(this::metrics);
    router.get("/components").handler(this::components);
    router.get("/components/:name/contract").handler(this::contract);
    for (int status : List.of(404, 405)) {
      router.errorHandler(status, context -> problem(context, status));
    }
    router.errorHandler(500, context -> problem(context, 500));
    server = vertx.createHttpServer(new HttpServerOptions().setHost(settings.host()).setPort(settings.port()));
    return server.requestHandler(router).listen().recover(failed -> Future.failedFuture(notBound(failed)));
  }

  @Override
  public Future<?> stop() {
    return server == null ? Future.succeededFuture() : server.close();
  }

  /// The port in use, once started.
  public int port() {
    return server.actualPort();
  }

  private ControlException notBound(Throwable failed) {
    String where = settings.host() + ":" + settings.port();
    return new ControlException("control listener – " + (failed instanceof BindException
        ? "port " + where + " is taken – stop what uses it, or choose another with --control-port"
        : where + " cannot be listened on (" + failed.getMessage() + ") – correct --control-host"), failed);
  }

  private static void live(RoutingContext context) {
    json(context, 200, new JsonObject().put("status", "up").encodePrettily());
  }

  private void ready(RoutingContext context) {
    health.report().onComplete(asked -> {
      HealthReport report = asked.result();
      json(context, report.status() == HealthReport.Status.UP ? 200 : 503, toJson(report).encodePrettily());
    });
  }

  private void metrics(RoutingContext context) {
    context.response().putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8").end(metrics.scrape());
  }

  private void components(RoutingContext context) {
    JsonArray list = new JsonArray();
    components.get().forEach(one -> list.add(toJson(one)));
    json(context, 200, new JsonObject().put("components", list).encodePrettily());
  }

  private static JsonObject toJson(ComponentStatus one) {
    JsonObject consumes = new JsonObject();
    new TreeMap<>(one.consumes()).forEach((component, needs) -> {
      JsonObject consumed = new JsonObject().put("version", needs.range().toString());
      needs.operations().ifPresent(operations -> consumed.put("operations", new JsonArray(List.copyOf(operations.keySet()))));
      if (!needs.events().isEmpty()) {
        consumed.put("events", new JsonArray(List.copyOf(needs.events().keySet())));
      }
      consumes.put(component, consumed);
    });
    JsonArray calls = new JsonArray();
    one.calls().forEach(call -> calls.add(new JsonObject()
        .put("component", call.callee()).put("operation", call.operation()).put("declared", call.declared()).put("count", call.count())));
    return new JsonObject().put("component", one.component()).put("kind", one.kind()).put("version", one.version())
        .put("node", one.node()).put("state", one.state()).put("since", one.since().toString()).put("consumes", consumes).put("calls", calls);
  }

  private void contract(RoutingContext context) {
    String name = context.pathParam("name");
    contracts.apply(name).ifPresentOrElse(
        contract -> json(context, 200, contract),
        () -> problem(context, 404, components.get().stream().anyMatch(one -> one.component().equals(name))
            ? "The component '" + name + "' has no contract."
            : "No component '" + name + "' runs on this node."));
  }

  private static JsonObject toJson(HealthReport report) {
    JsonArray checks = new JsonArray();
    for (HealthReport.Part part : report.parts()) {
      checks.add(new JsonObject().put("name", part.name()).put("status", word(part.status()))
          .put("detail", part.detail()).put("millis", part.millis()));
    }
    return new JsonObject().put("status", word(report.status())).put("checks", checks);
  }

  private static String word(HealthReport.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static void json(RoutingContext context, int status, String body) {
    context.response().setStatusCode(status).putHeader("content-type", "application/json").end(body + "\n");
  }

  private static void problem(RoutingContext context, int status) {
    problem(context, status, "");
  }

  private static void problem(RoutingContext context, int status, String detail) {
    String title = switch (status) {
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      default -> "Internal Server Error";
    };
    JsonObject problem = new JsonObject().put("type", "about:blank").put("title", title).put("status", status);
    if (!detail.isEmpty()) {
      problem.put("detail", detail);
    }
    context.response().setStatusCode(status).putHeader("content-type", "application/problem+json").end(problem.encode());
  }
}
