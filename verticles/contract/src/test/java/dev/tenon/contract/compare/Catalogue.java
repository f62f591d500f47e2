package dev.tenon.contract.compare;

import dev.tenon.contract.ContractDocument;
import dev.tenon.contract.ContractFiles;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/// The examples of the rules, with their counterparts elsewhere, read from the resources beside this class.
final class Catalogue {

  static final String TODAY = "2026-06-01";

  private static final ObjectMapper JSON = new ObjectMapper();

  /// @param before, after what an author would look at
  /// @param old, now whole documents
  /// @param others rules that are told of beside this one
  /// @param oasdiff counterparts
  record Example(Rule rule, Object before, Object after, ContractDocument old, ContractDocument now, List<String> others, List<String> oasdiff) {}

  private Catalogue() {}

  static List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    api(examples);
    for (Direction direction : Direction.values()) {
      facets(direction, examples);
      notes(direction, examples);
    }
    return examples;
  }

  private static void api(List<Example> examples) {
    map(resource("api-rules.yaml")).forEach((name, entry) -> {
      Map<String, Object> example = map(entry);
      ApiRule rule = ApiRule.valueOf(name);
      boolean operation = example.containsKey("operation");
      Map<String, Object> change = map(example.get(operation ? "operation" : "document"));
      examples.add(new Example(rule.rule(), change.get("old"), change.get("new"), document(operation ? operation(change.get("old")) : change.get("old")),
          document(operation ? operation(change.get("new")) : change.get("new")), texts(example.get("others")), texts(example.get("oasdiff"))));
    });
  }

  private static void facets(Direction direction, List<Example> examples) {
    map(resource("schema-rules.yaml")).forEach((name, entry) -> {
      Map<String, Object> example = map(entry);
      Facet facet = Facet.valueOf(name);
      Object from = example.getOrDefault("changedFrom", "wide");
      Map<Facet.Movement, List<Object>> pairs = new LinkedHashMap<>();
      pairs.put(Facet.Movement.NARROWED, java.util.Arrays.asList(example.get("wide"), example.get("narrow")));
      pairs.put(Facet.Movement.WIDENED, java.util.Arrays.asList(example.get("narrow"), example.get("wide")));
      pairs.put(Facet.Movement.CHANGED, java.util.Arrays.asList(from instanceof String key ? example.get(key) : from, example.get("changed")));
      Map<String, Object> counterparts = map(example.getOrDefault("oasdiff", Map.of()));
      (direction == Direction.REQUEST ? facet.requestRules() : facet.responseRules()).forEach((movement, rule) -> {
        boolean turned = facet == Facet.MEANING && direction == Direction.RESPONSE;
        Object old = turned ? pairs.get(movement).getLast() : pairs.get(movement).getFirst();
        Object now = turned ? pairs.get(movement).getFirst() : pairs.get(movement).getLast();
        List<String> others = texts(example.get(turned ? "turned" : "others")).stream().map(other -> (direction == Direction.REQUEST ? "request-" : "response-") + other).toList();
        examples.add(new Example(rule, old, now, body(direction, old), body(direction, now), others, texts(counterparts.get(movement.name().toLowerCase(java.util.Locale.ROOT)))));
      });
    });
  }

  private static void notes(Direction direction, List<Example> examples) {
    map(resource("note-rules.yaml")).forEach((name, entry) -> {
      Map<String, Object> example = map(entry);
      Object old = Map.of("type", "object", "properties", Map.of("it", example.get("old")));
      Object now = Map.of("type", "object", "properties", Map.of("it", example.get("new")));
      examples.add(new Example(NoteRule.valueOf(name).rule(direction), example.get("old"), example.get("new"), body(direction, old), body(direction, now), List.of(), texts(example.get("oasdiff"))));
    });
  }

  private static ContractDocument body(Direction direction, Object schema) {
    Map<String, Object> content = Map.of("content", Map.of("application/json", Map.of("schema", schema)));
    return document(operation(direction == Direction.REQUEST ? Map.of("requestBody", content)
        : Map.of("responses", Map.of("200", Map.of("description", "ok", "content", content.get("content"))))));
  }

  private static Object operation(Object members) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("responses", Map.of("200", Map.of("description", "ok")));
    operation.putAll(map(members));
    return Map.of("components", Map.of("securitySchemes", Map.of("token", Map.of("type", "http", "scheme", "bearer"))), "paths", Map.of("/things", Map.of("post", operation)));
  }

  static ContractDocument document(Object members) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put("info", Map.of("title", "t", "version", "1.0.0"));
    document.putAll(map(members));
    try {
      return ContractDocument.load("t.json", ContractFiles.of(Map.of("t.json", JSON.writeValueAsString(document))));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Object resource(String name) {
    try (InputStream in = Catalogue.class.getResourceAsStream(name)) {
      return new Yaml().load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  static List<String> texts(Object value) {
    return value == null ? List.of() : (List<String>) value;
  }
}
