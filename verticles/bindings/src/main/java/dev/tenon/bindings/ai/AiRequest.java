package dev.tenon.bindings.ai;

import dev.tenon.bus.ExchangeContext;
import io.vertx.core.json.JsonObject;

/// One `env.AI.run(model, inputs, options)`.
///
/// @param inputs as the worker gave them; not checked yet
/// @param context of the request that the worker was serving
public record AiRequest(String model, JsonObject inputs, JsonObject options, ExchangeContext context) {}
