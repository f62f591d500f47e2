package dev.tenon.contract.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenon.contract.ContractDocument;
import dev.tenon.contract.Node;
import dev.tenon.contract.sample.Hints;
import dev.tenon.contract.sample.SampleOptions;
import dev.tenon.contract.sample.Sampler;
import dev.tenon.contract.schema.JsonValue;
import dev.tenon.contract.schema.NotJsonException;
import dev.tenon.contract.schema.Schema;
import dev.tenon.contract.schema.SchemaCompiler;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What must hold for all contracts, tried with random ones. A failure names its seed.
class ComparisonPropertyTest {

  private static final LocalDate TODAY = LocalDate.parse("2026-06-01");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REWRITINGS = 200;
  private static final int CHANGES = 120;

  private static Map<String, Object> components(Object shared) {
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("Shared", shared);
    return components;
  }

  private static ContractDocument document(Object schema, Map<String, Object> components) {
    Map<String, Object> content = Map.of("content", Map.of("application/json", Map.of("schema", schema)));
    Map<String, Object> operation = Map.of("requestBody", content, "responses", Map.of("200", Map.of("description", "ok", "content", content.get("content"))));
    return Catalogue.document(Map.of("components", Map.of("schemas", components), "paths", Map.of("/things", Map.of("post", operation))));
  }

  @Test
  void anotherSpellingOfTheSameGivesNothing() {
    for (long seed = 0; seed < REWRITINGS; seed++) {
      RandomSchemas schemas = new RandomSchemas(seed);
      Object shared = schemas.object(1);
      Object schema = schemas.object(3);
      Map<String, Object> all = new LinkedHashMap<>();
      Object sharedAnew = schemas.rewritten(shared, all);
      Object rewritten = schemas.rewritten(schema, all);
      all.put("Shared", sharedAnew);
      all.put("Renamed", sharedAnew);
      ContractDocument old = document(schema, components(shared));
      ContractDocument now = document(rewritten, all);
      assertEquals(List.of(), Comparison.of(old, old, TODAY).findings(), "seed " + seed);
      assertEquals("", report(Comparison.of(old, now, TODAY)), "seed " + seed + " " + json(schema) + "\n" + json(rewritten) + "\n" + json(all));
    }
  }

  @Test
  void whatIsBreakingIsShownAndWhatIsShownIsNotPassedOver() throws NotJsonException {
    int breaking = 0;
    int shown = 0;
    for (long seed = 0; seed < CHANGES; seed++) {
      RandomSchemas schemas = new RandomSchemas(seed);
      Object shared = schemas.object(1);
      Object schema = schemas.object(2);
      ContractDocument old = document(schema, components(shared));
      ContractDocument now = document(schemas.changed(schema), components(shared));
      Comparison comparison = Comparison.of(old, now, TODAY);
      for (Finding finding : comparison.findings()) {
        if (finding.severity() == Severity.BREAKING) {
          breaking++;
          Object value = JsonValue.read(finding.witness().orElseThrow().json().getBytes(StandardCharsets.UTF_8));
          boolean request = finding.side() == Side.REQUEST;
          String message = "seed " + seed + " " + finding;
          assertTrue(compiled(request ? old : now).accepts(value), message);
          assertTrue(!compiled(request ? now : old).accepts(value), message);
        }
      }
      shown += notPassedOver(seed, old, now, comparison, Side.REQUEST) + notPassedOver(seed, now, old, comparison, Side.RESPONSE);
    }
    assertTrue(breaking > CHANGES / 4, "breaking: " + breaking);
    assertTrue(shown > CHANGES / 4, "shown: " + shown);
  }

  /// Values of `sub` that `sup` refuses mean that something must be told.
  private static int notPassedOver(long seed, ContractDocument sub, ContractDocument sup, Comparison comparison, Side side) {
    Sampler sampler = new Sampler(sub.root(), sub.version().dialect(), new SampleOptions(seed, 200, 20, 150, 5_000));
    Schema refusing = compiled(sup);
    Hints hints = new Sampler(sup.root(), sup.version().dialect(), SampleOptions.USUAL).hints(schema(sup));
    List<Object> refused = sampler.candidates(schema(sub), hints).filter(value -> !refusing.accepts(value)).limit(1).toList();
    boolean told = comparison.findings().stream().anyMatch(finding -> finding.side() == side
        && (finding.severity() != Severity.COMPATIBLE || finding.rule().id().endsWith("optional-property-added")));
    assertTrue(refused.isEmpty() || told, "seed " + seed + ": " + refused + " is refused and nothing is told of the " + side + ": " + report(comparison));
    return refused.isEmpty() ? 0 : 1;
  }

  private static Node schema(ContractDocument document) {
    return document.root().find("/paths/~1things/post/requestBody/content/application~1json/schema").orElseThrow();
  }

  private static Schema compiled(ContractDocument document) {
    return new SchemaCompiler(document.root(), document.version().dialect()).compile(schema(document));
  }

  private static String report(Comparison comparison) {
    return String.join("\n", comparison.findings().stream().map(finding -> finding.severity().word() + " " + finding.rule().id() + " " + finding.message()).toList());
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
