package dev.tenon.worker;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/// Makes bindings of the kinds that this package does not know itself (KV, AI, a database, …).
@FunctionalInterface
public interface BindingProvider {

  /// @param kind the configuration's key as wrangler names it: `ai`, `kv_namespaces`, `d1_databases`, …
  /// @param name the binding's name in `env`
  /// @param config what the configuration says about this one binding, e.g. `{"binding": "KV", "id": "…"}`
  /// @return the binding, or empty when this provider does not offer that kind. A throw of [IllegalArgumentException] refuses the configuration:
  ///         its message is shown beside the place in the file
  Optional<Binding> provide(String kind, String name, JsonObject config);
}
