package dev.tenon.bindings.ai;

import io.vertx.core.Future;

/// Something that runs models: in this process, or behind a local server that speaks another protocol.
///
/// 1. `run` is called on a worker's Vert.x context and does not block it; its future may be completed on any thread.
/// 2. What the caller did wrong, and what is wrong with the model, is an [AiException]; its message is what the worker sees.
/// 3. It stops working for a request whose context is cancelled or whose deadline has passed, as soon as it can.
/// 4. It keeps and logs nothing of a request's content.
public interface AiProvider {

  Future<AiAnswer> run(AiRequest request);

  /// Completes when the provider can answer, and fails with the reason when it never will. Requests made before wait for it.
  Future<Void> ready();

  /// Stops taking requests and gives back what the provider holds.
  Future<Void> close();
}
