package dev.tenon.gateway;

import dev.tenon.contract.Contract;
import dev.tenon.contract.ContractException;
import dev.tenon.contract.ContractProblem;
import dev.tenon.contract.OpenApiVersion;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchemaValidationException;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Has vertx-openapi judge whole contracts by the meta-schemas of OpenAPI that it brings along, so that what is not OpenAPI does not get to the edge. Used once.
///
/// Its own contract type sees only a [RoutingOutline]: it knows neither images nor event streams nor problem documents.
final class OpenApiJudge {

  private final Vertx vertx;
  private final Map<OpenApiVersion, Future<SchemaRepository>> schemas = new EnumMap<>(OpenApiVersion.class);

  /// @param outlines whose meta-schemas are used too, because loading them takes longer than anything else here
  OpenApiJudge(Vertx vertx, List<OpenAPIContract> outlines) {
    this.vertx = vertx;
    outlines.stream().limit(1).forEach(outline -> schemas.put(RoutingOutline.VERSION, Future.succeededFuture(outline.getSchemaRepository())));
  }

  /// Fails with a [ContractException] that names every contract that is not OpenAPI, with where and why.
  Future<Void> judge(List<Contract> contracts) {
    List<Future<List<ContractProblem>>> verdicts = contracts.stream().map(this::problems).toList();
    return Future.all(verdicts).compose(all -> {
      List<ContractProblem> problems = new ArrayList<>();
      verdicts.forEach(verdict -> problems.addAll(verdict.result()));
      return problems.isEmpty() ? Future.succeededFuture() : Future.failedFuture(new ContractException(problems));
    });
  }

  private Future<List<ContractProblem>> problems(Contract contract) {
    OpenAPIVersion version = switch (contract.version()) {
      case V3_0 -> OpenAPIVersion.V3_0;
      case V3_1 -> OpenAPIVersion.V3_1;
    };
    return schemas.computeIfAbsent(contract.version(), key -> version.getRepository(vertx, "app://"))
        .compose(repository -> version.validateContract(vertx, repository, document(contract)))
        .map(verdict -> problems(contract, verdict));
  }

  /// The specification lets `externalValue` be relative to the document; the edition of the meta-schema that vertx-openapi has does not.
  private static JsonObject document(Contract contract) {
    JsonObject document = new JsonObject(contract.json());
    withoutExternalValues(document);
    return document;
  }

  private static void withoutExternalValues(Iterable<?> container) {
    for (Object entry : container) {
      Object value = entry instanceof Map.Entry<?, ?> member ? member.getValue() : entry;
      if (value instanceof JsonObject object) {
        if (object.getValue("externalValue") instanceof String) {
          object.remove("externalValue");
        }
        withoutExternalValues(object);
      } else if (value instanceof JsonArray array) {
        withoutExternalValues(array);
      }
    }
  }

  private static List<ContractProblem> problems(Contract contract, OutputUnit verdict) {
    try {
      verdict.checkValidity();
      return List.of();
    } catch (JsonSchemaValidationException invalid) {
      OutputUnit deepest = deepest(verdict);
      String pointer = pointer(deepest);
      String why = deepest.getError() == null ? invalid.getMessage() : deepest.getError();
      return List.of(new ContractProblem(contract.document().find(pointer).orElse(contract.document()).at(),
          "in the contract of \"" + contract.name() + "\": is not OpenAPI at \"" + pointer + "\" – " + why));
    }
  }

  /// The last of the errors that are farthest inside the document: the others only say that something inside is wrong.
  private static OutputUnit deepest(OutputUnit verdict) {
    OutputUnit deepest = verdict;
    if (verdict.getErrors() != null) {
      for (OutputUnit error : verdict.getErrors()) {
        boolean pointsInside = error.getError() != null && error.getError().startsWith("Property \"");
        if (deepest == verdict || depth(error) > depth(deepest) || depth(error) == depth(deepest) && !pointsInside) {
          deepest = error;
        }
      }
    }
    return deepest;
  }

  private static long depth(OutputUnit error) {
    return pointer(error).chars().filter(c -> c == '/').count();
  }

  private static String pointer(OutputUnit error) {
    return error.getInstanceLocation() == null ? "" : error.getInstanceLocation().replaceFirst("^#", "");
  }
}
