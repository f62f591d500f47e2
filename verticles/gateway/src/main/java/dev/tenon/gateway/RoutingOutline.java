package dev.tenon.gateway;

import dev.tenon.contract.Contract;
import dev.tenon.contract.OpenApiVersion;
import dev.tenon.contract.Operation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/// What vertx-openapi has to know of a contract to route by it: paths, methods and operations. The whole it would refuse where there are images, event
/// streams or problem documents in it, and there would be a second reading of every schema, for nothing.
final class RoutingOutline {

  /// What outlines are written in, whatever the contract is.
  static final OpenApiVersion VERSION = OpenApiVersion.V3_1;

  private RoutingOutline() {}

  static JsonObject of(Contract contract) {
    JsonObject paths = new JsonObject();
    for (Operation operation : contract.operations()) {
      String path = new PathTemplate(operation.path()).outline();
      if (!paths.containsKey(path)) {
        paths.put(path, new JsonObject().put("parameters", parameters(path)));
      }
      paths.getJsonObject(path).put(operation.method().toLowerCase(Locale.ROOT), new JsonObject()
          .put("operationId", operation.id())
          .put("responses", new JsonObject().put("default", new JsonObject().put("description", "As the contract says."))));
    }
    return new JsonObject()
        .put("openapi", "3.1.0")
        .put("info", new JsonObject().put("title", contract.name()).put("version", contract.documentVersion()))
        .put("paths", paths);
  }

  private static JsonArray parameters(String path) {
    JsonArray parameters = new JsonArray();
    for (String segment : path.split("/")) {
      if (segment.startsWith("{")) {
        parameters.add(new JsonObject().put("name", segment.substring(1, segment.length() - 1)).put("in", "path").put("required", true)
            .put("schema", new JsonObject().put("type", "string")));
      }
    }
    return parameters;
  }
}
