/// Workers AI's binding, `env.AI.run(model, inputs)`, over models that run here.
///
/// Enter at [AiBinding]. A model is served by an [AiProvider], found by the model's name in [AiModels]; [BgeSmallEn] is the
/// one that runs in this process. Nothing here keeps or logs a text, and nothing here opens a connection. This package
/// never imports `org.graalvm`, HTTP servers or databases.
package dev.tenon.bindings.ai;
