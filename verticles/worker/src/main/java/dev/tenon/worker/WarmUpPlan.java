package dev.tenon.worker;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a worker's team says a warm-up should do: the member `tenon.warmUp` of its `package.json`.
///
/// ```json
/// { "answers": { "AUTH": { "any": "json" } },
///   "requests": [ { "method": "POST", "path": "/resize?width=300", "headers": { "content-type": "image/jpeg" }, "body": "warm-up/photo.jpg" } ] }
/// ```
///
/// @param answers what each service binding answers meanwhile, as JSON, by the binding's name; other components never hear of a warm-up
public record WarmUpPlan(Map<String, String> answers, List<Sample> requests) {

  /// A request like those that the worker will get.
  public record Sample(String method, String path, Map<String, String> headers, Buffer body) {

    public Sample {
      headers = Map.copyOf(headers);
    }
  }

  public WarmUpPlan {
    answers = Map.copyOf(answers);
    requests = List.copyOf(requests);
  }

  /// Reads a worker's folder; blocks. Empty when the worker has no plan.
  ///
  /// @throws IllegalArgumentException naming what is wrong with the plan
  public static Optional<WarmUpPlan> read(Path folder) {
    Path file = folder.resolve("package.json");
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonObject plan = new JsonObject(Files.readString(file)).getJsonObject("tenon", new JsonObject()).getJsonObject("warmUp");
      return plan == null ? Optional.empty() : Optional.of(of(plan, folder));
    } catch (DecodeException | ClassCastException | IOException e) {
      throw new IllegalArgumentException("warm-up in " + file + " – cannot be read (" + e.getMessage() + ") – correct it, or remove \"tenon\"", e);
    }
  }

  private static WarmUpPlan of(JsonObject plan, Path folder) throws IOException {
    Map<String, String> answers = new LinkedHashMap<>();
    plan.getJsonObject("answers", new JsonObject()).forEach(answer -> answers.put(answer.getKey(), Json.encode(answer.getValue())));
    List<Sample> requests = new ArrayList<>();
    JsonArray samples = plan.getJsonArray("requests", new JsonArray());
    for (int i = 0; i < samples.size(); i++) {
      requests.add(sample(samples.getJsonObject(i), folder));
    }
    return new WarmUpPlan(answers, requests);
  }

  private static Sample sample(JsonObject sample, Path folder) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    sample.getJsonObject("headers", new JsonObject()).forEach(header -> headers.put(header.getKey(), (String) header.getValue()));
    return new Sample(sample.getString("method", "GET"), sample.getString("path", "/"), headers, body(sample, folder));
  }

  /// A `body` is a file of the folder; `json` is the body itself.
  private static Buffer body(JsonObject sample, Path folder) throws IOException {
    if (sample.containsKey("json")) {
      return Buffer.buffer(Json.encode(sample.getValue("json")));
    }
    String name = sample.getString("body");
    return name == null ? Buffer.buffer() : Buffer.buffer(Files.readAllBytes(folder.resolve(name)));
  }
}
