package dev.tenon.system;

import dev.tenon.bindings.ai.AiAnswer;
import dev.tenon.bindings.ai.AiProvider;
import dev.tenon.bindings.ai.AiRequest;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/// Stands in for the model on our side: the same numbers as `differential/ai.js`.
final class StandInModel implements AiProvider {

  @Override
  public Future<AiAnswer> run(AiRequest request) {
    List<String> texts = request.inputs().getValue("text") instanceof JsonArray several
        ? several.stream().map(String.class::cast).toList()
        : List.of(request.inputs().getString("text"));
    if (texts.stream().anyMatch(text -> text.contains("overload"))) {
      return Future.failedFuture(new VertxException("3040: Capacity temporarily exceeded, please try again.", true));
    }
    JsonArray data = new JsonArray();
    texts.forEach(text -> data.add(vectorOf(text)));
    return Future.succeededFuture(new AiAnswer.Value(
        new JsonObject().put("shape", new JsonArray().add(texts.size()).add(16)).put("data", data).put("pooling", "mean").encode()));
  }

  private static JsonArray vectorOf(String text) {
    int[] vector = new int[16];
    int hash = 0x811c9dc5;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 16777619;
      vector[hash & 15] += ((hash >>> 8) & 255) - 127;
    }
    JsonArray json = new JsonArray();
    for (int number : vector) {
      json.add(number);
    }
    return json;
  }

  @Override
  public Future<Void> ready() {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
