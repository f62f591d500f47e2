package dev.tenon.contract.lint;

import dev.tenon.contract.Node;
import dev.tenon.contract.OpenApiVersion;
import dev.tenon.contract.lint.Survey.Spot;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the specification says about objects beyond the types of their fields.
final class ObjectRules {

  private static final Pattern COMPONENT = Pattern.compile("[a-zA-Z0-9._-]+");
  private static final Pattern MEDIA_RANGE = Pattern.compile("(\\*/\\*|[!#$%&'+.^_`|~0-9A-Za-z-]+/(\\*|[!#$%&'+.^_`|~0-9A-Za-z-]+))(\\s*;\\s*[^\\s=;]+=(\"[^\"]*\"|[^\\s;]+))*");
  private static final Pattern STATUS = Pattern.compile("[1-5]([0-9]{2}|XX)|default");
  private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");
  private static final Map<String, List<String>> STYLES = Map.of(
      "path", List.of("matrix", "label", "simple"),
      "query", List.of("form", "spaceDelimited", "pipeDelimited", "deepObject"),
      "header", List.of("simple"),
      "cookie", List.of("form"));

  private final Survey survey;
  private final Findings findings;

  private ObjectRules(Survey survey, Findings findings) {
    this.survey = survey;
    this.findings = findings;
  }

  static void check(Survey survey, Findings findings) {
    ObjectRules rules = new ObjectRules(survey, findings);
    survey.all().forEach(rules::check);
  }

  private void check(Spot spot) {
    switch (spot.kind()) {
      case "document" -> document(spot);
      case "license" -> exclusive(spot, "identifier", "url");
      case "server" -> server(spot);
      case "server-variable" -> serverVariable(spot);
      case "components" -> components(spot);
      case "paths" -> paths(spot);
      case "path-item", "operation" -> duplicateParameters(spot);
      case "parameter", "header" -> parameter(spot);
      case "request-body", "response" -> mediaRanges(spot);
      case "media-type" -> mediaType(spot);
      case "responses" -> responses(spot);
      case "example" -> exclusive(spot, "value", "externalValue");
      case "link" -> link(spot);
      default -> { }
    }
  }

  private void document(Spot spot) {
    Node.Obj document = spot.object();
    if (survey.version == OpenApiVersion.V3_1 && !document.has("paths") && !document.has("components") && !document.has("webhooks")) {
      findings.about(Rule.MISSING_FIELD, spot.pointer(), document, "a document needs \"paths\", \"components\" or \"webhooks\" – add one");
    }
    Set<String> names = new HashSet<>();
    for (Node tag : document.items("tags")) {
      if (tag instanceof Node.Obj object && object.text("name").isPresent() && !names.add(object.text("name").get())) {
        findings.about(Rule.DUPLICATE, spot.pointer("tags"), tag, "the tag \"" + object.text("name").get() + "\" is there twice – remove one");
      }
    }
  }

  private void exclusive(Spot spot, String one, String other) {
    if (spot.object().has(one) && spot.object().has(other)) {
      findings.aboutField(Rule.EXCLUSIVE_FIELDS, spot.pointer(other), spot.object().get(other).orElseThrow(),
          OpenApiObjects.kind(survey.version, spot.kind()).words() + " has both \"" + one + "\" and \"" + other + "\" – keep one");
    }
  }

  private void server(Spot spot) {
    Optional<String> url = spot.object().text("url");
    if (url.isEmpty()) {
      return;
    }
    Set<String> used = new LinkedHashSet<>();
    Matcher matcher = VARIABLE.matcher(url.get());
    while (matcher.find()) {
      if (!used.add(matcher.group(1))) {
        findings.about(Rule.DUPLICATE, spot.pointer("url"), spot.object().get("url").orElseThrow(), "{" + matcher.group(1) + "} stands twice in the URL of a server – use each variable once");
      }
    }
    Map<String, Node> declared = spot.object().object("variables").map(Node.Obj::members).orElse(Map.of());
    used.stream().filter(name -> !declared.containsKey(name)).forEach(name -> findings.about(Rule.SERVER_VARIABLES, spot.pointer("url"),
        spot.object().get("url").orElseThrow(), "{" + name + "} in the URL of a server is not described – add it to \"variables\""));
    declared.forEach((name, value) -> {
      if (!used.contains(name)) {
        findings.aboutField(Rule.SERVER_VARIABLES, spot.pointer("variables"), value, "the variable \"" + name + "\" is not in the URL of its server – add {" + name + "} to that, or remove it");
      }
    });
  }

  private void serverVariable(Spot spot) {
    List<Node> values = spot.object().items("enum");
    if (spot.object().has("enum") && values.isEmpty()) {
      findings.aboutField(Rule.FIELD_VALUE, spot.pointer("enum"), spot.object().get("enum").orElseThrow(), "\"enum\" has no values – add one, or leave it out");
    }
    Optional<String> standard = spot.object().text("default");
    if (!values.isEmpty() && standard.isPresent() && values.stream().noneMatch(value -> value instanceof Node.Text text && text.value().equals(standard.get()))) {
      findings.about(Rule.FIELD_VALUE, spot.pointer("default"), spot.object().get("default").orElseThrow(), "the default \"" + standard.get() + "\" is not in \"enum\" – add it there");
    }
  }

  private void components(Spot spot) {
    spot.object().members().forEach((section, value) -> {
      if (value instanceof Node.Obj names && !section.startsWith("x-")) {
        names.members().forEach((name, component) -> {
          if (!COMPONENT.matcher(name).matches()) {
            findings.aboutField(Rule.FIELD_VALUE, spot.pointer(section), component, "the component's name \"" + name + "\" has other characters than letters, digits, \".\", \"-\" and \"_\" – rename it");
          }
        });
      }
    });
  }

  private void paths(Spot spot) {
    spot.object().members().forEach((path, item) -> {
      if (!path.startsWith("/") && !path.startsWith("x-")) {
        findings.aboutField(Rule.FIELD_VALUE, spot.pointer(path), item, "the path \"" + path + "\" does not begin with / – write \"/" + path + "\"");
      }
    });
  }

  private void duplicateParameters(Spot spot) {
    Set<String> seen = new HashSet<>();
    for (Node node : spot.object().items("parameters")) {
      survey.resolved(node).ifPresent(parameter -> {
        String label = parameter.text("in").orElse("") + " parameter \"" + parameter.text("name").orElse("") + "\"";
        if (parameter.has("name") && !seen.add(label)) {
          findings.about(Rule.DUPLICATE, spot.pointer("parameters"), node, "the " + label + " is there twice – remove one");
        }
      });
    }
  }

  private void parameter(Spot spot) {
    Node.Obj parameter = spot.object();
    String name = "the " + spot.kind() + " \"" + parameter.text("name").orElse(spot.key()) + "\"";
    exclusive(spot, "example", "examples");
    if (parameter.has("schema") == parameter.has("content")) {
      findings.about(Rule.EXCLUSIVE_FIELDS, spot.pointer(), parameter, name + " needs either \"schema\" or \"content\"");
    }
    parameter.object("content").ifPresent(content -> {
      if (content.members().size() != 1) {
        findings.aboutField(Rule.FIELD_VALUE, spot.pointer("content"), content, "\"content\" of " + name + " has " + content.members().size() + " media types – it must have one");
      }
    });
    mediaRanges(spot);
    if (spot.kind().equals("header")) {
      return;
    }
    String in = parameter.text("in").orElse("");
    if (in.equals("path") && !parameter.isTrue("required")) {
      findings.about(Rule.FIELD_VALUE, spot.pointer(), parameter, "the path parameter \"" + parameter.text("name").orElse("") + "\" needs required: true");
    }
    Optional<String> style = parameter.text("style");
    if (style.isPresent() && STYLES.containsKey(in) && !STYLES.get(in).contains(style.get())) {
      findings.about(Rule.FIELD_VALUE, spot.pointer("style"), parameter.get("style").orElseThrow(),
          name + " is in " + in + " and cannot have the style " + style.get() + " – use " + Spelling.list(STYLES.get(in)));
    }
    for (String field : List.of("allowEmptyValue", "allowReserved")) {
      if (parameter.isTrue(field) && !in.equals("query")) {
        findings.aboutField(Rule.FIELD_VALUE, spot.pointer(field), parameter.get(field).orElseThrow(), "\"" + field + "\" is for query parameters, and " + name + " is in " + in + " – remove it");
      }
    }
  }

  private void mediaRanges(Spot spot) {
    spot.object().object("content").ifPresent(content -> {
      if (content.members().isEmpty() && spot.kind().equals("request-body")) {
        findings.aboutField(Rule.FIELD_VALUE, spot.pointer("content"), content, "a request body has no \"content\" – name at least one media type");
      }
      content.members().forEach((range, type) -> {
        if (!MEDIA_RANGE.matcher(range).matches()) {
          findings.aboutField(Rule.FIELD_VALUE, spot.pointer("content"), type, "\"" + range + "\" is not a media type – write it as application/json or image/*");
        }
      });
    });
  }

  private void mediaType(Spot spot) {
    exclusive(spot, "example", "examples");
    Optional<Node.Obj> schema = spot.object().get("schema").flatMap(survey::resolved);
    Optional<Node.Obj> properties = schema.flatMap(found -> found.object("properties"));
    boolean composed = schema.isEmpty() || List.of("allOf", "anyOf", "oneOf", "additionalProperties", "patternProperties", "$ref").stream().anyMatch(schema.get()::has);
    spot.object().object("encoding").ifPresent(encoding -> encoding.members().forEach((name, value) -> {
      if (!composed && !properties.map(known -> known.has(name)).orElse(false)) {
        findings.aboutField(Rule.FIELD_VALUE, spot.pointer("encoding"), value, "\"encoding\" names \"" + name + "\", which is not a property of the schema – correct it");
      }
    }));
  }

  private void responses(Spot spot) {
    Node.Obj responses = spot.object();
    if (responses.members().keySet().stream().allMatch(name -> name.startsWith("x-"))) {
      findings.aboutField(Rule.MISSING_FIELD, spot.pointer(), responses, "\"responses\" is empty – describe at least one");
    }
    responses.members().forEach((status, response) -> {
      if (!status.startsWith("x-") && !STATUS.matcher(status).matches()) {
        findings.aboutField(Rule.FIELD_VALUE, spot.pointer(status), response, "\"" + status + "\" is not a status – use 200, 4XX or default");
      }
    });
  }

  private void link(Spot spot) {
    Node.Obj link = spot.object();
    if (link.has("operationId") == link.has("operationRef")) {
      findings.about(Rule.EXCLUSIVE_FIELDS, spot.pointer(), link, "a link needs either \"operationId\" or \"operationRef\"");
    }
    link.text("operationId")
        .filter(id -> survey.all("operation").stream().noneMatch(operation -> operation.object().text("operationId").equals(Optional.of(id))))
        .ifPresent(id -> findings.about(Rule.REFERENCE, spot.pointer("operationId"), link.get("operationId").orElseThrow(), "a link names the operation \"" + id + "\", which is not there – correct it"));
  }
}
