package dev.tenon.worker.assets;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.FileBody;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;

/// Answers requests with a worker's assets, on whatever Vert.x context it is called on. Thread-safe.
public final class AssetServer {

  private static final String CACHE_CONTROL = "public, max-age=0, must-revalidate";

  private final Vertx vertx;
  private final Assets assets;
  private final AssetRouter router;

  public AssetServer(Vertx vertx, Assets assets) {
    this.vertx = vertx;
    this.assets = assets;
    this.router = new AssetRouter(assets);
  }

  /// The answer to a client's request; empty when the request is the worker's. No JavaScript has a part in it.
  public Optional<Future<ExchangeResponse>> ahead(ExchangeRequest request) {
    WebPath url = WebPath.of(request.target());
    return router.ahead(request, url).map(route -> answer(request, url, route));
  }

  /// The answer where there is no worker to ask, or where the worker itself asks: `env.ASSETS.fetch(request)`.
  public Future<ExchangeResponse> fetch(ExchangeRequest request) {
    WebPath url = WebPath.of(request.target());
    return answer(request, url, router.route(request, url));
  }

  private Future<ExchangeResponse> answer(ExchangeRequest request, WebPath url, AssetRouter.Route route) {
    return switch (route) {
      case AssetRouter.Route.File(Asset asset, int status) -> file(request, url, asset, status);
      case AssetRouter.Route.Redirect(int status, String location) -> empty(request, url, status, HttpHeaders.headers().set("location", location));
      case AssetRouter.Route.MethodNotAllowed() -> empty(request, url, 405, HttpHeaders.headers().set("allow", "GET, HEAD"));
      case AssetRouter.Route.Nothing _ -> empty(request, url, 404, HttpHeaders.headers());
    };
  }

  private Future<ExchangeResponse> empty(ExchangeRequest request, WebPath url, int status, MultiMap headers) {
    return Future.succeededFuture(response(request, url, status, headers, Body.EMPTY));
  }

  private ExchangeResponse response(ExchangeRequest request, WebPath url, int status, MultiMap headers, Body body) {
    assets.headers().apply(AssetRouter.hostname(request), url.pathname(), headers);
    return new ExchangeResponse(status, "", headers, body);
  }

  private Future<ExchangeResponse> file(ExchangeRequest request, WebPath url, Asset asset, int status) {
    Optional<Encoded> encoded = status == 200 ? Encoded.choose(assets, asset, request.headers()) : Optional.empty();
    Asset shown = encoded.flatMap(Encoded::chosen).orElse(asset);
    return AssetStore.current(vertx, shown).compose(found -> found
        .map(current -> content(request, url, current, headers(request, asset, current, encoded), status))
        .orElseGet(() -> empty(request, url, 404, HttpHeaders.headers())));
  }

  private static MultiMap headers(ExchangeRequest request, Asset asset, Asset shown, Optional<Encoded> encoded) {
    MultiMap headers = HttpHeaders.headers().set("etag", shown.entityTag());
    asset.mediaType().ifPresent(type -> headers.set("content-type", type));
    encoded.ifPresent(encodings -> encodings.describe(headers));
    if (!request.headers().contains("authorization") && !request.headers().contains("range")) {
      headers.set("cache-control", CACHE_CONTROL);
    }
    return headers.set("cf-cache-status", "HIT");
  }

  private Future<ExchangeResponse> content(ExchangeRequest request, WebPath url, Asset asset, MultiMap headers, int status) {
    if (Conditions.isNotModified(request.headers(), asset)) {
      return empty(request, url, 304, headers);
    }
    if (request.method().equals("HEAD")) {
      return empty(request, url, status, headers.set("content-length", Long.toString(asset.bytes())));
    }
    ByteRange range = status == 200 ? ByteRange.of(request.headers(), asset) : ByteRange.WHOLE;
    if (status == 200) {
      headers.set("accept-ranges", "bytes");
    }
    return switch (range) {
      case ByteRange.Whole() -> body(request, asset, 0, asset.bytes()).map(body -> response(request, url, status, headers, body));
      case ByteRange.Part(long first, long last) -> {
        headers.set("content-range", "bytes " + first + "-" + last + "/" + asset.bytes());
        yield body(request, asset, first, last - first + 1).map(body -> response(request, url, 206, headers, body));
      }
      case ByteRange.Unsatisfiable() -> empty(request, url, 416, headers.set("content-range", "bytes */" + asset.bytes()));
    };
  }

  private Future<Body> body(ExchangeRequest request, Asset asset, long first, long count) {
    if (count == 0) {
      return Future.succeededFuture(Body.EMPTY);
    }
    if (AssetStore.isSmall(asset)) {
      return AssetStore.whole(vertx, asset).map(whole -> Body.of(part(whole, first, count)));
    }
    FileBody file = new FileBody(vertx, asset.file(), first, count, request.context().cancellation());
    return Future.succeededFuture(new Body.Stream(file, OptionalLong.of(count)));
  }

  /// A file that shrank a moment ago has fewer bytes than were promised; its client gets what there is.
  private static Buffer part(Buffer whole, long first, long count) {
    int from = (int) Math.min(first, whole.length());
    return from == 0 && count >= whole.length() ? whole : whole.slice(from, (int) Math.min(first + count, whole.length()));
  }
}
