package dev.tenon.gateway;

import dev.tenon.contract.Contract;
import dev.tenon.contract.ContractException;
import dev.tenon.contract.ContractProblem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.List;
import java.util.Map;

/// Has vertx-openapi judge a contract: it knows the meta-schemas of OpenAPI, so what is not OpenAPI does not get to the edge.
///
/// It takes few media types (no images, no event streams, no problem documents). They are judged by their schemas: each becomes one that it takes.
final class OpenApiJudge {

  private OpenApiJudge() {}

  /// Fails with a [ContractException] that names the contract.
  static Future<Contract> judge(Vertx vertx, Contract contract) {
    JsonObject document = (JsonObject) translated(new JsonObject(contract.json()), "");
    document.remove("servers");
    return OpenAPIContract.from(vertx, document)
        .map(judged -> contract)
        .recover(e -> Future.failedFuture(new ContractException(List.of(new ContractProblem(
            contract.document().at(), "the contract of \"" + contract.name() + "\" is not OpenAPI – " + text(e))))));
  }

  private static String text(Throwable e) {
    return e.getCause() == null || e.getCause().getMessage() == null ? e.getMessage() : e.getMessage() + ": " + e.getCause().getMessage();
  }

  private static Object translated(Object value, String name) {
    if (value instanceof JsonArray array) {
      JsonArray items = new JsonArray();
      array.forEach(item -> items.add(translated(item, "")));
      return items;
    }
    if (!(value instanceof JsonObject object)) {
      return value;
    }
    JsonObject members = new JsonObject();
    for (Map.Entry<String, Object> member : object) {
      boolean mediaTypes = name.equals("content") && member.getKey().contains("/");
      if (mediaTypes) {
        members.put(mediaType(member.getKey(), members.size()), schemaOnly((JsonObject) member.getValue()));
      } else if (!member.getKey().equals("example") && !member.getKey().equals("examples")) {
        members.put(member.getKey(), translated(member.getValue(), member.getKey()));
      }
    }
    return members;
  }

  private static String mediaType(String range, int number) {
    return range.endsWith("json") ? "application/vnd.tenon." + number + "+json" : range.startsWith("application/json") ? "application/json" : number == 0 ? "application/octet-stream" : "application/vnd.tenon." + number + "+json";
  }

  private static JsonObject schemaOnly(JsonObject type) {
    JsonObject schema = type == null ? null : type.getJsonObject("schema");
    return new JsonObject().put("schema", schema == null || schema.isEmpty() ? new JsonObject().put("type", "string").put("format", "binary") : translated(schema, "schema"));
  }
}
