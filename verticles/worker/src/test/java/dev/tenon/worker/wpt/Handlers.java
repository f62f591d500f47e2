package dev.tenon.worker.wpt;

import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What answers where the checkout has a Python handler for its own server.
final class Handlers {

  @FunctionalInterface
  interface Handler {
    void handle(Exchange exchange);
  }

  /// What handlers keep between requests.
  static final class Stash {
    private final Map<String, String> values = new ConcurrentHashMap<>();

    void put(String key, String value) {
      values.put(key, value);
    }

    Optional<String> take(String key) {
      return Optional.ofNullable(values.remove(key));
    }
  }

  private final Map<String, Handler> byPath = new HashMap<>();

  Handlers(Vertx vertx) {
    Stash stash = new Stash();
    new FetchHandlers(vertx, stash).register(byPath);
    new RedirectHandlers(stash).register(byPath);
    new CacheHandler(stash).register(byPath);
    new EventSourceHandlers(vertx, byPath).register();
  }

  Optional<Handler> at(String path) {
    return Optional.ofNullable(byPath.get(path));
  }
}
