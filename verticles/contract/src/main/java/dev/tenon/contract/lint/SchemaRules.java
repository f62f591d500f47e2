package dev.tenon.contract.lint;

import dev.tenon.contract.Node;
import dev.tenon.contract.OpenApiVersion;
import dev.tenon.contract.lint.Survey.Spot;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the specification, and good sense, say about schemas beyond the types of their keywords.
final class SchemaRules {

  private static final List<List<String>> BOUNDS = List.of(
      List.of("minimum", "maximum"), List.of("exclusiveMinimum", "exclusiveMaximum"), List.of("minLength", "maxLength"),
      List.of("minItems", "maxItems"), List.of("minProperties", "maxProperties"), List.of("minContains", "maxContains"));

  private final Survey survey;
  private final Findings findings;

  private SchemaRules(Survey survey, Findings findings) {
    this.survey = survey;
    this.findings = findings;
  }

  static void check(Survey survey, Findings findings) {
    SchemaRules rules = new SchemaRules(survey, findings);
    survey.all("schema").forEach(rules::schema);
  }

  private void schema(Spot spot) {
    Node.Obj schema = spot.object();
    if (survey.version == OpenApiVersion.V3_0 && schema.text("type").equals(Optional.of("array")) && !schema.has("items")) {
      findings.about(Rule.MISSING_FIELD, spot.pointer(), schema, "a schema of type array needs \"items\" in OpenAPI 3.0 – add it");
    }
    if (schema.isTrue("readOnly") && schema.isTrue("writeOnly")) {
      findings.aboutField(Rule.EXCLUSIVE_FIELDS, spot.pointer("writeOnly"), schema.get("writeOnly").orElseThrow(), "a schema is both \"readOnly\" and \"writeOnly\" – keep one");
    }
    for (String list : List.of("allOf", "anyOf", "oneOf")) {
      if (schema.get(list).orElse(null) instanceof Node.Arr array && array.items().isEmpty()) {
        findings.aboutField(Rule.FIELD_VALUE, spot.pointer(list), array, "\"" + list + "\" has no schemas – add one, or leave it out");
      }
    }
    enumeration(spot);
    required(spot);
    bounds(spot);
    discriminator(spot);
  }

  private void enumeration(Spot spot) {
    if (!(spot.object().get("enum").orElse(null) instanceof Node.Arr values)) {
      return;
    }
    if (values.items().isEmpty()) {
      findings.aboutField(Rule.FIELD_VALUE, spot.pointer("enum"), values, "\"enum\" has no values – add one, or leave it out");
    }
    Set<Object> seen = new HashSet<>();
    values.items().stream().filter(value -> !seen.add(value instanceof Node.Num number ? new BigDecimal(number.value().toString()).stripTrailingZeros() : value.plain())).forEach(value ->
        findings.about(Rule.FIELD_VALUE, spot.pointer("enum"), value, "a value of \"enum\" is there twice – remove one"));
  }

  private void required(Spot spot) {
    Node.Obj schema = spot.object();
    Set<String> seen = new HashSet<>();
    List<Node> names = schema.items("required");
    if (survey.version == OpenApiVersion.V3_0 && schema.get("required").orElse(null) instanceof Node.Arr empty && empty.items().isEmpty()) {
      findings.aboutField(Rule.FIELD_VALUE, spot.pointer("required"), empty, "\"required\" has no names – add one, or leave it out");
    }
    for (Node node : names) {
      if (node instanceof Node.Text name && !seen.add(name.value())) {
        findings.about(Rule.FIELD_VALUE, spot.pointer("required"), node, "\"required\" names \"" + name.value() + "\" twice – remove one");
      }
    }
    boolean closed = schema.get("additionalProperties").map(Node::plain).equals(Optional.of(false)) && !schema.has("patternProperties");
    Map<String, Node> properties = schema.object("properties").map(Node.Obj::members).orElse(Map.of());
    if (closed) {
      seen.stream().filter(name -> !properties.containsKey(name)).forEach(name -> findings.about(Rule.SCHEMA_SATISFIABLE, spot.pointer("required"),
          schema.get("required").orElseThrow(), "\"" + name + "\" is required, but not among the properties, and others are not allowed – describe it under \"properties\""));
    }
  }

  private void bounds(Spot spot) {
    for (List<String> bound : BOUNDS) {
      Optional<BigDecimal> least = number(spot.object(), bound.getFirst());
      Optional<BigDecimal> most = number(spot.object(), bound.getLast());
      if (least.isPresent() && most.isPresent() && least.get().compareTo(most.get()) > 0) {
        findings.aboutField(Rule.SCHEMA_SATISFIABLE, spot.pointer(bound.getLast()), spot.object().get(bound.getLast()).orElseThrow(),
            "\"" + bound.getFirst() + "\" is " + least.get() + " and \"" + bound.getLast() + "\" " + most.get() + ", so that no value is valid – swap them");
      }
    }
  }

  private static Optional<BigDecimal> number(Node.Obj schema, String keyword) {
    return schema.get(keyword).orElse(null) instanceof Node.Num number ? Optional.of(new BigDecimal(number.value().toString())) : Optional.empty();
  }

  private void discriminator(Spot spot) {
    if (!(spot.object().get("discriminator").orElse(null) instanceof Node.Obj discriminator)) {
      return;
    }
    String pointer = spot.pointer("discriminator");
    discriminator.object("mapping").ifPresent(mapping -> mapping.members().forEach((value, node) -> {
      if (node instanceof Node.Text target && !leadsToSchema(target.value())) {
        findings.about(Rule.DISCRIMINATOR, pointer + "/mapping", target, "\"mapping\" leads from \"" + value + "\" to \"" + target.value() + "\", where there is no schema – correct it");
      }
    }));
    Optional<String> property = discriminator.text("propertyName");
    if (property.isEmpty()) {
      return;
    }
    for (String list : List.of("oneOf", "anyOf")) {
      for (Node alternative : spot.object().items(list)) {
        if (!(alternative instanceof Node.Obj object) || !object.has("$ref")) {
          findings.about(Rule.DISCRIMINATOR, spot.pointer(list), alternative, "an alternative beside a discriminator has no name – move it to components/schemas and refer to it");
        } else if (!requires(object, property.get(), spot.object(), 0)) {
          findings.about(Rule.DISCRIMINATOR, spot.pointer(list), alternative, "\"" + object.text("$ref").orElse("") + "\" does not require the discriminator's property \""
              + property.get() + "\" – add it to its \"properties\" and \"required\"");
        }
      }
    }
  }

  private boolean leadsToSchema(String target) {
    return target.startsWith("#")
        ? survey.document.find(target.substring(1)).isPresent()
        : survey.document.object("components").flatMap(components -> components.object("schemas")).map(schemas -> schemas.has(target)).orElse(false);
  }

  /// Whether a schema, by itself or by what it is made of, requires a property. What it shares with `parent` is not asked again.
  private boolean requires(Node node, String property, Node.Obj parent, int depth) {
    Optional<Node.Obj> schema = survey.resolved(node);
    if (schema.isEmpty() || depth > References.HOPS_MAX) {
      return true;
    }
    boolean here = schema.get().items("required").stream().anyMatch(name -> name instanceof Node.Text text && text.value().equals(property));
    return here
        || schema.get() != parent && schema.get().items("allOf").stream().anyMatch(part -> requires(part, property, parent, depth + 1))
        || List.of("oneOf", "anyOf").stream().map(schema.get()::items).anyMatch(parts -> !parts.isEmpty() && parts.stream().allMatch(part -> requires(part, property, parent, depth + 1)));
  }
}
