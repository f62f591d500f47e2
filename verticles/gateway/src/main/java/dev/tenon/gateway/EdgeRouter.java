package dev.tenon.gateway;

import dev.tenon.contract.Contract;
import dev.tenon.contract.ContractException;
import dev.tenon.contract.Operation;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Leads requests to the operations they ask for: a vertx-web router that joins the routers which vertx-web-openapi-router builds of the contracts.
/// Immutable; thread-safe.
///
/// - Paths are compared as sent, never normalised: what a request is judged by is what the component sees.
/// - A path belongs to the template that has a literal segment where others have a variable, from left to right, whichever contract it is in. Only then
///   the method is looked at.
/// - The router decodes no parameters, reads no bodies and validates nothing; that is done by what stands in an [OperationPlan].
final class EdgeRouter {

  /// A request that is being led. One of the last four is called, before [#lead] returns.
  interface Led {
    /// The path as sent, without the query.
    String path();

    void arrives(EdgePath path, OperationPlan plan);

    /// The path is there, and the contracts have nothing for the method.
    void hasOtherMethod(EdgePath path);

    void isNowhere();

    /// vertx-web itself fails the request with this status.
    void isNotTaken(int status, Throwable cause);
  }

  /// Nothing is waited for between [#lead] and the route's handler. A routing context cannot be given anything before its first handler runs.
  private static final FastThreadLocal<Led> LED = new FastThreadLocal<>();

  private final Router router;
  private final boolean looksAtTokens;

  private EdgeRouter(Router router, boolean looksAtTokens) {
    this.router = router;
    this.looksAtTokens = looksAtTokens;
  }

  /// Whether any operation needs a token.
  boolean looksAtTokens() {
    return looksAtTokens;
  }

  /// Fails with a [ContractException] that names what is wrong with the contracts.
  static Future<EdgeRouter> of(Vertx vertx, List<Route> routes) {
    List<EdgePath> paths;
    try {
      paths = EdgePath.of(routes);
    } catch (ContractException e) {
      return Future.failedFuture(e);
    }
    List<Contract> contracts = routes.stream().map(Route::contract).toList();
    return Future.all(contracts.stream().map(contract -> OpenAPIContract.from(vertx, RoutingOutline.of(contract))).toList()).compose(all -> {
      List<OpenAPIContract> outlines = all.list();
      return new OpenApiJudge(vertx, outlines).judge(contracts).map(judged -> new EdgeRouter(join(vertx, contracts, outlines, paths),
          contracts.stream().flatMap(contract -> contract.operations().stream()).anyMatch(operation -> !operation.security().isEmpty())));
    });
  }

  void lead(HttpServerRequest request, Led led) {
    LED.set(led);
    try {
      router.handle(request);
    } finally {
      LED.set(null);
    }
  }

  private static Router join(Vertx vertx, List<Contract> contracts, List<OpenAPIContract> outlines, List<EdgePath> paths) {
    Map<String, EdgePath> byShape = new HashMap<>();
    paths.forEach(path -> byShape.put(path.template().shape(), path));
    Router root = Router.router(vertx);
    for (int i = 0; i < contracts.size(); i++) {
      root.route().subRouter(router(vertx, contracts.get(i), outlines.get(i), byShape));
    }
    paths.forEach(path -> routeOtherMethods(root, path));
    root.errorHandler(404, context -> LED.get().isNowhere());
    root.errorHandler(405, context -> LED.get().isNowhere());
    routeFailures(root);
    return root;
  }

  private static Router router(Vertx vertx, Contract contract, OpenAPIContract outline, Map<String, EdgePath> byShape) {
    RouterBuilder builder = RouterBuilder.create(vertx, outline);
    Map<String, PathTemplate> templates = new HashMap<>();
    for (Operation operation : contract.operations()) {
      PathTemplate template = new PathTemplate(operation.path());
      templates.put(operation.id(), template);
      EdgePath path = byShape.get(template.shape());
      OperationPlan plan = path.find(operation.method());
      builder.getRoute(operation.id()).setDoValidation(false).addHandler(context -> arrive(context, path, plan));
    }
    Router router = builder.createRouter();
    for (io.vertx.ext.web.Route route : router.getRoutes()) {
      io.vertx.openapi.contract.Operation operation = route.getMetadata(RouterBuilder.KEY_META_DATA_OPERATION);
      PathTemplate template = templates.get(operation.getOperationId());
      route.useNormalizedPath(false);
      if (!template.isPlain()) {
        route.pathRegex(template.regex());
      }
    }
    routeFailures(router);
    return router;
  }

  private static void arrive(RoutingContext context, EdgePath path, OperationPlan plan) {
    Led led = LED.get();
    if (path.owns(led.path())) {
      led.arrives(path, plan);
    } else {
      context.next();
    }
  }

  /// Behind the operations of all contracts, so that requests for them do not pass it.
  private static void routeOtherMethods(Router root, EdgePath path) {
    PathTemplate template = path.template();
    (template.isPlain() ? root.route(template.toString()) : root.routeWithRegex(template.regex())).useNormalizedPath(false).handler(context -> {
      Led led = LED.get();
      OperationPlan plan = path.find(context.request().method().name());
      if (!path.owns(led.path())) {
        context.next();
      } else if (plan != null) {
        led.arrives(path, plan);
      } else {
        led.hasOtherMethod(path);
      }
    });
  }

  private static void routeFailures(Router router) {
    for (int status : List.of(400, 500)) {
      router.errorHandler(status, context -> LED.get().isNotTaken(status, context.failure()));
    }
  }
}
