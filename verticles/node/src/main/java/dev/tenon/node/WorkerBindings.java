package dev.tenon.node;

import dev.tenon.bindings.ai.AiBinding;
import dev.tenon.bindings.ai.AiModels;
import dev.tenon.bindings.ai.BgeSmallEn;
import dev.tenon.worker.Binding;
import dev.tenon.worker.BindingProvider;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// What workers' configurations can bind beyond what the runtime itself knows. One for a process: its models are shared by all workers, and are loaded
/// when the first worker binds them. Thread-safe.
public final class WorkerBindings implements BindingProvider {

  private BgeSmallEn embeddings;
  private AiBinding ai;

  @Override
  public Optional<Binding> provide(String kind, String name, JsonObject config) {
    return kind.equals("ai") ? ai().provide(kind, name, config) : Optional.empty();
  }

  /// Completes when every model that a worker has bound is loaded.
  public synchronized Future<Void> ready() {
    return embeddings == null ? Future.succeededFuture() : embeddings.ready();
  }

  /// For the node's health: whether the models that workers have bound can be asked.
  synchronized Future<String> check() {
    if (embeddings == null) {
      return Future.succeededFuture("no worker binds one");
    }
    Future<Void> loaded = embeddings.ready();
    if (!loaded.isComplete()) {
      return Future.failedFuture(BgeSmallEn.MODEL + " is being loaded");
    }
    return loaded.map(BgeSmallEn.MODEL + " is loaded").recover(cause -> Future.failedFuture(BgeSmallEn.MODEL + " could not be loaded: " + cause.getMessage()));
  }

  private synchronized AiBinding ai() {
    if (ai == null) {
      embeddings = BgeSmallEn.withHalfOfTheProcessors();
      ai = new AiBinding(new AiModels(List.of(new AiModels.Entry(BgeSmallEn.MODEL, embeddings))));
    }
    return ai;
  }
}
