package dev.tenon.gateway;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.contract.ContractException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The edge of a node: the contracts behind one port, on all event loops. Thread-safe.
///
/// ```java
/// Gateway.open(vertx, GatewayOptions.of(ListenerOptions.of(8080), List.of(new Route("auth", contract))))
///     .onSuccess(gateway -> System.out.println("listening on " + gateway.port()));
/// ```
public final class Gateway {

  private final Vertx vertx;
  private final GatewayOptions options;
  private final ExchangeBus bus;
  private final KeyRing keys;
  private final Callers callers;
  private final ValidationPool validations = new ValidationPool();
  private final List<GatewayVerticle> instances = new CopyOnWriteArrayList<>();
  private volatile Served served;
  private String deployment = "";
  private long refresher = -1;

  /// What is served now: the contracts' operations, and what is told about them.
  private record Served(EdgeRouter router, EdgeDocs docs) {}

  private Gateway(Vertx vertx, ExchangeBus bus, GatewayOptions options, Served served) {
    this.vertx = vertx;
    this.options = options;
    this.bus = bus;
    this.served = served;
    this.keys = new KeyRing(bus, options.tokens(), options.keysComponent(), options.keysPath());
    this.callers = new Callers(keys);
  }

  /// Checks the contracts and opens the port. Fails with a [ContractException] that names what is wrong with the contracts, or with
  /// why the port cannot be had. Keys are fetched in the background; until they are there, operations that need a token are answered with 503.
  public static Future<Gateway> open(Vertx vertx, GatewayOptions options) {
    return open(vertx, ExchangeBus.of(vertx), options);
  }

  static Future<Gateway> open(Vertx vertx, ExchangeBus bus, GatewayOptions options) {
    return serve(vertx, options, options.routes())
        .map(served -> new Gateway(vertx, bus, options, served))
        .compose(Gateway::deploy);
  }

  private static Future<Served> serve(Vertx vertx, GatewayOptions options, List<Route> routes) {
    return EdgeRouter.of(vertx, routes).compose(router -> options.openness().docs()
        ? EdgeDocs.of(vertx, routes).map(docs -> new Served(router, docs))
        : Future.succeededFuture(new Served(router, EdgeDocs.NONE)));
  }

  private Future<Gateway> deploy() {
    int loops = options.instances() > 0 ? options.instances() : eventLoops();
    return vertx.deployVerticle(() -> {
      GatewayVerticle instance = new GatewayVerticle(this);
      instances.add(instance);
      return instance;
    }, new DeploymentOptions().setInstances(loops)).map(id -> {
      deployment = id;
      if (router().looksAtTokens()) {
        keys.refresh();
      }
      refresher = vertx.setPeriodic(KeyRing.FIRST_FETCH_RETRY_MIN.toMillis(), timer -> {
        if (router().looksAtTokens()) {
          keys.tick();
        }
      });
      return this;
    });
  }

  private int eventLoops() {
    int loops = 0;
    for (var loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
      loops++;
    }
    return loops;
  }

  /// The port it listens on.
  public int port() {
    return instances.getFirst().listener().port();
  }

  /// Whether tokens can be checked. Without that, operations that need one are answered with 503.
  public boolean ready() {
    return keys.verifier().isPresent();
  }

  /// Requests that are being served.
  public int inFlight() {
    return instances.stream().mapToInt(instance -> instance.listener().inFlight()).sum();
  }

  /// Serves other contracts from now on. Requests under way end under the old ones. When the new ones are refused, the old ones stay.
  public Future<Void> replaceRoutes(List<Route> routes) {
    return serve(vertx, options, routes).map(other -> {
      served = other;
      return null;
    });
  }

  /// Takes no more requests, and completes when those in flight have ended or `drain` has passed.
  public Future<Void> close(Duration drain) {
    vertx.cancelTimer(refresher);
    return Future.join(instances.stream().map(instance -> instance.listener().close(drain)).toList())
        .eventually(() -> vertx.undeploy(deployment))
        .eventually(() -> {
          validations.close();
          return Future.succeededFuture();
        })
        .mapEmpty();
  }

  GatewayOptions options() {
    return options;
  }

  EdgeRouter router() {
    return served.router();
  }

  EdgeDocs docs() {
    return served.docs();
  }

  ExchangeBus bus() {
    return bus;
  }

  Callers callers() {
    return callers;
  }

  ValidationPool validations() {
    return validations;
  }

  /// The answer to `OPTIONS`.
  ExchangeResponse preflight(HttpServerRequest request, String allow) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("allow", allow);
    if (options.cors().allows(request.getHeader("origin")) && request.headers().contains("access-control-request-method")) {
      headers.set("access-control-allow-methods", allow);
      headers.set("access-control-allow-headers", "authorization, content-type, x-request-id, traceparent");
      headers.set("access-control-max-age", Long.toString(options.cors().maxAge().toSeconds()));
    }
    return new ExchangeResponse(204, "", headers, Body.EMPTY);
  }

  /// What every answer carries.
  void dress(HttpServerRequest request, MultiMap headers) {
    if (options.cors().origins().isEmpty()) {
      return;
    }
    headers.add("vary", "origin");
    String origin = request.getHeader("origin");
    if (options.cors().allows(origin)) {
      headers.set("access-control-allow-origin", origin);
      headers.set("access-control-expose-headers", "x-request-id, retry-after, www-authenticate");
    }
  }
}
