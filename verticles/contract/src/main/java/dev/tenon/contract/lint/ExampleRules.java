package dev.tenon.contract.lint;

import dev.tenon.contract.ContractException;
import dev.tenon.contract.MediaType;
import dev.tenon.contract.Node;
import dev.tenon.contract.lint.Survey.Spot;
import dev.tenon.contract.schema.Schema;
import dev.tenon.contract.schema.SchemaCompiler;
import dev.tenon.contract.schema.Violation;
import java.util.Optional;

/// Examples, default values and enumerations are what their schemas say.
final class ExampleRules {

  private final Survey survey;
  private final Findings findings;
  private final SchemaCompiler schemas;

  private ExampleRules(Survey survey, Findings findings) {
    this.survey = survey;
    this.findings = findings;
    this.schemas = new SchemaCompiler(survey.document, survey.version.dialect());
  }

  static void check(Survey survey, Findings findings) {
    ExampleRules rules = new ExampleRules(survey, findings);
    for (Spot spot : survey.all()) {
      switch (spot.kind()) {
        case "schema" -> rules.schema(spot);
        case "parameter", "header" -> rules.examples(spot, "the " + spot.kind() + " \"" + spot.object().text("name").orElse(spot.key()) + "\"");
        case "media-type" -> rules.examples(spot, spot.key());
        default -> { }
      }
    }
  }

  private void schema(Spot spot) {
    Optional<Schema> schema = compiled(spot.object());
    if (schema.isEmpty()) {
      return;
    }
    spot.object().get("default").ifPresent(value -> valid(Rule.DEFAULT_VALID, "the default", spot.pointer("default"), value, schema.get()));
    spot.object().get("example").ifPresent(value -> valid(Rule.EXAMPLE_VALID, "the example", spot.pointer("example"), value, schema.get()));
    spot.object().items("examples").forEach(value -> valid(Rule.EXAMPLE_VALID, "an example", spot.pointer("examples"), value, schema.get()));
    spot.object().items("enum").stream().filter(value -> !schema.get().accepts(value.plain())).forEach(value ->
        findings.about(Rule.SCHEMA_SATISFIABLE, spot.pointer("enum"), value, "a value of \"enum\" is not valid by the rest of its schema" + (value instanceof Node.Null ? " (null needs a type that has it)" : "") + " – correct one of the two"));
  }

  private void examples(Spot spot, String what) {
    Optional<Schema> schema = spot.object().get("schema").flatMap(this::compiled);
    if (schema.isEmpty()) {
      return;
    }
    spot.object().get("example").filter(value -> isValue(spot, value))
        .ifPresent(value -> valid(Rule.EXAMPLE_VALID, "the example of " + what, spot.pointer("example"), value, schema.get()));
    spot.object().object("examples").ifPresent(all -> all.members().forEach((name, node) -> survey.resolved(node)
        .flatMap(example -> example.get("value"))
        .filter(value -> isValue(spot, value))
        .ifPresent(value -> valid(Rule.EXAMPLE_VALID, "the example \"" + name + "\" of " + what, spot.pointer("examples") + "/" + name, value, schema.get()))));
  }

  /// Whether an example is a value of the schema, and not the text of a body in another language than JSON.
  private static boolean isValue(Spot spot, Node value) {
    if (!spot.kind().equals("media-type") || !(value instanceof Node.Text)) {
      return true;
    }
    String essence = MediaType.essence(spot.key());
    return MediaType.isJson(essence) || essence.startsWith("text/") && !essence.endsWith("/xml");
  }

  private void valid(Rule rule, String what, String pointer, Node value, Schema schema) {
    for (Violation violation : schema.violations(value.plain())) {
      Node at = value.find(violation.pointer()).orElse(value);
      findings.about(rule, pointer, at, what + " is not valid: " + (violation.pointer().isEmpty() ? "it" : violation.pointer()) + " " + violation.detail() + " – correct it, or the schema");
    }
  }

  /// Empty for a schema that has no meaning; that was said already.
  private Optional<Schema> compiled(Node node) {
    try {
      return Optional.of(schemas.compile(node));
    } catch (ContractException saidElsewhere) {
      return Optional.empty();
    }
  }
}
