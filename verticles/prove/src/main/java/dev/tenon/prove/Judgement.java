package dev.tenon.prove;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenon.contract.Content;
import dev.tenon.contract.MediaType;
import dev.tenon.contract.Operation;
import dev.tenon.contract.Parameter;
import dev.tenon.contract.Response;
import dev.tenon.contract.ValueShape;
import dev.tenon.contract.schema.JsonValue;
import dev.tenon.contract.schema.NotJsonException;
import dev.tenon.contract.schema.Schema;
import dev.tenon.contract.schema.Violation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Says what is wrong with an answer: first against the contract, then against what the request deserved.
final class Judgement {

  /// Statuses that refuse a request for its form, which a valid request does not deserve.
  private static final Set<Integer> REFUSES_FORM = Set.of(400, 405, 406, 411, 413, 414, 415, 417, 422, 431);
  private static final String PROBLEM = "application/problem+json";
  private static final String BROKEN_AT_EDGE = "urn:tenon:problem:answer-invalid";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NAMED_MAX = 3;

  private Judgement() {}

  /// What is wrong; empty where nothing is.
  static List<String> of(ContractCase tested, Reply reply) {
    return switch (reply) {
      case Reply.Broken broken -> List.of(broken.what());
      case Reply.Answer answer -> {
        Optional<String> hidden = hiddenByEdge(answer);
        if (hidden.isPresent()) {
          yield List.of(hidden.get());
        }
        List<String> wrong = new ArrayList<>(deserved(tested, answer));
        wrong.addAll(conforming(answer, tested.operation()));
        yield wrong;
      }
    };
  }

  /// The edge keeps an answer that breaks the contract from its client, and says what was wrong with it where it may.
  private static Optional<String> hiddenByEdge(Reply.Answer answer) {
    if (answer.status() != 502) {
      return Optional.empty();
    }
    JsonNode problem = json(answer);
    if (!problem.path("type").asText().equals(BROKEN_AT_EDGE)) {
      return Optional.empty();
    }
    List<String> details = new ArrayList<>();
    problem.path("errors").forEach(error -> details.add(error.path("detail").asText()));
    return Optional.of("the component's answer breaks the contract: " + (details.isEmpty()
        ? "the edge keeps the reason to itself – set edge.explain in node.yaml, or see its log (" + problem.path("instance").asText() + ")"
        : String.join("; ", details)));
  }

  private static List<String> deserved(ContractCase tested, Reply.Answer answer) {
    int status = answer.status();
    boolean declared = tested.operation().responses().stream().anyMatch(response -> response.status().equals(Integer.toString(status)));
    if (status >= 500 && !declared) {
      return List.of("the server failed: status " + status + reason(answer));
    }
    return switch (tested.kind()) {
      case EXAMPLE, VALID -> {
        boolean form = REFUSES_FORM.contains(status);
        if (tested.expected().contains(status)) {
          yield List.of();
        }
        if (form) {
          yield List.of("a valid request was refused: status " + status + reason(answer));
        }
        if (tested.sendsToken() && (status == 401 || status == 403 && !declared)) {
          yield List.of("a request with a token was refused: status " + status + reason(answer));
        }
        yield tested.mustSucceed() && (status < 200 || status > 299)
            ? List.of("a request that the set-up made possible was answered with " + status + reason(answer))
            : List.of();
      }
      case INVALID -> refusing(tested, answer, "an invalid request was accepted", Set.of());
      case WITHOUT_TOKEN -> refusing(tested, answer, "a request without a usable token was accepted", Set.of(401, 403));
    };
  }

  private static List<String> refusing(ContractCase tested, Reply.Answer answer, String otherwise, Set<Integer> statuses) {
    int status = answer.status();
    if (status < 400) {
      return List.of(otherwise + ": status " + status + ", and " + (statuses.isEmpty() ? "a 4xx is expected" : "401 is expected"));
    }
    if (!statuses.isEmpty() && !statuses.contains(status) && status < 500) {
      return List.of("a request without a usable token was answered with " + status + ", and 401 is expected" + reason(answer));
    }
    boolean promised = tested.operation().response(status).map(Response::content)
        .filter(content -> content.types().stream().anyMatch(type -> type.range().equals(PROBLEM))).isPresent();
    if (!promised || tested.request().method().equals("HEAD")) {
      return List.of();
    }
    JsonNode problem = json(answer);
    if (!answer.header("content-type").map(MediaType::essence).orElse("").equals(PROBLEM) || !problem.isObject()) {
      return List.of("the refusal is no problem document (" + PROBLEM + ")");
    }
    return problem.has("status") && problem.path("status").asInt() != status
        ? List.of("the problem document says status " + problem.path("status").asInt() + ", and the answer has " + status)
        : List.of();
  }

  private static String reason(Reply.Answer answer) {
    JsonNode problem = json(answer);
    List<String> words = new ArrayList<>();
    Optional.of(problem.path("detail").asText()).filter(text -> !text.isEmpty()).ifPresent(words::add);
    problem.path("errors").forEach(error -> {
      if (words.size() <= NAMED_MAX) {
        words.add((error.path("pointer").asText("") + error.path("parameter").asText("") + " " + error.path("detail").asText()).strip());
      }
    });
    return words.isEmpty() ? "" : " – " + String.join("; ", words);
  }

  private static JsonNode json(Reply.Answer answer) {
    try {
      return Optional.ofNullable(JSON.readTree(answer.body())).orElse(JSON.nullNode());
    } catch (JsonProcessingException e) {
      return JSON.nullNode();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> conforming(Reply.Answer answer, Operation operation) {
    Optional<Response> response = operation.response(answer.status());
    if (response.isEmpty()) {
      String known = String.join(", ", operation.responses().stream().map(Response::status).toList());
      String place = answer.header("location").map(location -> ", a redirect to " + location).orElse("");
      return List.of("the status " + answer.status() + " is not among the responses of " + operation.id() + " (" + known + ")" + (answer.status() / 100 == 3 ? place : ""));
    }
    List<String> wrong = new ArrayList<>();
    if (answer.status() / 100 == 3 && response.get().status().equals("default")) {
      wrong.add("the status " + answer.status() + " is a redirect that only \"default\" covers");
    }
    for (Parameter header : response.get().headers()) {
      header(answer, header).ifPresent(wrong::add);
    }
    content(answer, response.get(), operation).ifPresent(wrong::add);
    return wrong;
  }

  private static Optional<String> header(Reply.Answer answer, Parameter header) {
    Optional<String> text = answer.header(header.name());
    if (text.isEmpty()) {
      return header.required() ? Optional.of("the header \"" + header.name() + "\" is required and missing") : Optional.empty();
    }
    if (header.schema().isEmpty() || !(header.shape() instanceof ValueShape.Scalar scalar)) {
      return Optional.empty();
    }
    List<Violation> violations = header.schema().get().violations(scalar.read(text.get()));
    return violations.isEmpty() ? Optional.empty() : Optional.of("the header \"" + header.name() + "\" " + violations.getFirst().detail());
  }

  private static Optional<String> content(Reply.Answer answer, Response response, Operation operation) {
    Content content = response.content();
    boolean bodiless = operation.method().equals("HEAD") || answer.status() == 204 || answer.status() == 304;
    if (content.isEmpty() || bodiless) {
      return answer.body().length == 0 ? Optional.empty() : Optional.of("a body is there, and the response " + response.status() + " has none");
    }
    if (answer.body().length == 0) {
      return Optional.of("the body is missing");
    }
    Optional<String> contentType = answer.header("content-type");
    if (contentType.isEmpty()) {
      return Optional.of("the Content-Type is missing");
    }
    Optional<MediaType> type = content.find(contentType.get());
    if (type.isEmpty()) {
      return Optional.of("the Content-Type \"" + MediaType.essence(contentType.get()) + "\" is not among " + content.names());
    }
    return MediaType.isJson(MediaType.essence(contentType.get())) ? body(answer, type.get().schema()) : Optional.empty();
  }

  private static Optional<String> body(Reply.Answer answer, Optional<Schema> schema) {
    Object value;
    try {
      value = JsonValue.read(answer.body());
    } catch (NotJsonException e) {
      return Optional.of("the body is not JSON at line " + e.line() + ", column " + e.column() + ": " + e.getMessage());
    }
    List<Violation> violations = schema.map(found -> found.violations(value)).orElse(List.of());
    if (violations.isEmpty()) {
      return Optional.empty();
    }
    List<String> named = violations.stream().limit(NAMED_MAX).map(each -> (each.pointer().isEmpty() ? "it" : each.pointer()) + " " + each.detail()).toList();
    return Optional.of("the body is not as its schema says: " + String.join("; ", named) + (violations.size() > NAMED_MAX ? "; and more" : ""));
  }

  /// A value out of an answer, by a JSON pointer or as `header NAME`.
  static Optional<String> taken(Reply.Answer answer, String from) {
    if (from.startsWith("header ")) {
      return answer.header(from.substring("header ".length()).strip());
    }
    JsonNode found = json(answer).at(from);
    return found.isMissingNode() || found.isNull() ? Optional.empty() : Optional.of(found.isValueNode() ? found.asText() : found.toString());
  }

}
