package dev.tenon.contract.lint;

import dev.tenon.contract.Node;
import dev.tenon.contract.OpenApiVersion;
import dev.tenon.contract.Pointer;
import dev.tenon.contract.lint.OpenApiObjects.Field;
import dev.tenon.contract.lint.OpenApiObjects.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Every object of a document with what it is, found by following the table of [OpenApiObjects]. What does not follow the table is a finding.
final class Survey {

  /// An object of the document.
  ///
  /// @param pointer in the bundled document
  record Spot(String kind, Node.Obj object, String pointer) {

    /// The last part of its pointer: under which name, or status, or media type it stands.
    String key() {
      return Pointer.unescape(pointer.substring(pointer.lastIndexOf('/') + 1));
    }

    String pointer(String field) {
      return pointer + "/" + Pointer.escape(field);
    }
  }

  /// A `$ref` and what it must lead to.
  record Reference(String kind, Node.Text target, String pointer) {

    /// The target in the form that spots have; empty for an anchor.
    Optional<String> targetPointer() {
      String text = target.value();
      if (!text.equals("#") && !text.startsWith("#/")) {
        return Optional.empty();
      }
      StringBuilder pointer = new StringBuilder();
      Stream.of(text.substring(1).split("/", -1)).skip(1).forEach(part -> pointer.append('/').append(Pointer.escape(Pointer.unescape(part))));
      return Optional.of(pointer.toString());
    }
  }

  final OpenApiVersion version;
  final Node.Obj document;
  private final Findings findings;
  private final ValueForms values;
  private final List<Spot> spots = new ArrayList<>();
  private final Map<String, String> kinds = new HashMap<>();
  private final List<Reference> references = new ArrayList<>();

  private Survey(OpenApiVersion version, Node.Obj document, Findings findings) {
    this.version = version;
    this.document = document;
    this.findings = findings;
    this.values = new ValueForms(findings);
  }

  static Survey of(OpenApiVersion version, Node.Obj document, Findings findings) {
    Survey survey = new Survey(version, document, findings);
    survey.object(document, "document", "");
    survey.followReferences();
    return survey;
  }

  /// The objects of a kind, in the order of the document.
  List<Spot> all(String kind) {
    return spots.stream().filter(spot -> spot.kind().equals(kind)).toList();
  }

  List<Spot> all() {
    return List.copyOf(spots);
  }

  List<Reference> references() {
    return List.copyOf(references);
  }

  /// An object, or what its reference leads to.
  Optional<Node.Obj> resolved(Node node) {
    Node here = node;
    for (int hops = 0; hops < References.HOPS_MAX && here instanceof Node.Obj object; hops++) {
      Optional<String> reference = object.text("$ref");
      if (reference.isEmpty() || !reference.get().startsWith("#")) {
        return Optional.of(object);
      }
      here = document.find(reference.get().substring(1)).orElse(null);
    }
    return Optional.empty();
  }

  /// Where a reference leads that does not lead to what has been seen, for example into an extension, is looked at as what it is used for.
  private void followReferences() {
    for (int i = 0; i < references.size(); i++) {
      Reference reference = references.get(i);
      Optional<String> target = reference.targetPointer();
      Optional<Node> node = target.flatMap(pointer -> document.find(reference.target().value().substring(1)));
      if (node.isEmpty()) {
        continue;
      }
      String kind = kinds.get(target.get());
      if (kind == null) {
        object(node.get(), reference.kind(), target.get());
      } else if (!kind.equals(reference.kind())) {
        findings.about(Rule.REFERENCE, reference.pointer(), reference.target(), "refers to \"" + reference.target().value() + "\", which is "
            + OpenApiObjects.kind(version, kind).words() + " – it must be " + OpenApiObjects.kind(version, reference.kind()).words());
      }
    }
  }

  private void object(Node node, String kindName, String pointer) {
    Kind kind = OpenApiObjects.kind(version, kindName);
    kinds.put(pointer, kindName);
    if (kindName.equals("schema") && node instanceof Node.Bool && version == OpenApiVersion.V3_1) {
      return;
    }
    if (!(node instanceof Node.Obj object)) {
      findings.about(Rule.FIELD_TYPE, pointer, node, "is " + node.kind() + " – it must be an object: " + kind.words());
      return;
    }
    boolean reference = kind.referable() && object.has("$ref");
    if (reference) {
      reference(object, kind, pointer);
    }
    boolean beside = kindName.equals("schema") && version == OpenApiVersion.V3_1;
    if (!reference || beside) {
      spots.add(new Spot(kindName, object, pointer));
      fields(object, kind, pointer);
    }
  }

  private void reference(Node.Obj object, Kind kind, String pointer) {
    Node target = object.get("$ref").orElseThrow();
    if (target instanceof Node.Text text) {
      references.add(new Reference(kind.name(), text, pointer + "/$ref"));
    } else {
      findings.about(Rule.FIELD_TYPE, pointer + "/$ref", target, "\"$ref\" is " + target.kind() + " – it must be a string");
    }
    if (kind.name().equals("schema") && version == OpenApiVersion.V3_1) {
      return;
    }
    object.members().forEach((name, value) -> {
      boolean read = version == OpenApiVersion.V3_1 && (name.equals("summary") || name.equals("description"));
      if (!name.equals("$ref") && !read && !name.startsWith("x-")) {
        findings.aboutField(Rule.REFERENCE_SIBLINGS, pointer + "/" + Pointer.escape(name), value, "\"" + name + "\" stands beside a $ref and is ignored – move it to what the $ref leads to");
      }
    });
  }

  private void fields(Node.Obj object, Kind kind, String pointer) {
    kind.fields().forEach((name, field) -> {
      if (field.required() && !object.has(name)) {
        findings.about(Rule.MISSING_FIELD, pointer, object, kind.words() + " needs \"" + name + "\" – add it");
      }
    });
    object.members().forEach((name, value) -> {
      String at = pointer + "/" + Pointer.escape(name);
      Field field = kind.fields().get(name);
      if (field != null) {
        value(name, value, field.form(), at);
      } else if (name.startsWith("x-") && !kind.name().equals("requirement") || name.equals("$ref") && kind.name().equals("schema")) {
        return;
      } else if (kind.others().isPresent()) {
        value(name, value, kind.others().get(), at);
      } else {
        unknown(name, value, kind, at);
      }
    });
  }

  private void unknown(String name, Node value, Kind kind, String at) {
    if (kind.name().equals("schema") && version == OpenApiVersion.V3_1) {
      findings.aboutField(Rule.SCHEMA_KEYWORD, at, value, name.equals("nullable")
          ? "\"nullable\" is OpenAPI 3.0's and says nothing in 3.1 – add 'null' to \"type\""
          : "\"" + name + "\" is not a keyword of JSON Schema 2020-12 and says nothing – " + Spelling.advice(name, kind.fields().keySet()));
      return;
    }
    findings.aboutField(Rule.UNKNOWN_FIELD, at, value, kind.words() + " has no field \"" + name + "\""
        + (kind.name().equals("schema") && OpenApiObjects.kind(OpenApiVersion.V3_1, "schema").fields().containsKey(name) ? " in OpenAPI 3.0" : "")
        + " – " + Spelling.advice(name, kind.fields().keySet()));
  }

  private void value(String name, Node value, Form form, String pointer) {
    switch (form) {
      case Form.Plain plain -> values.check(name, value, plain, pointer);
      case Form.OneOf oneOf -> values.check(name, value, oneOf, pointer);
      case Form.ObjectOf object -> object(value, object.kind(), pointer);
      case Form.SchemaOrBoolean _ -> {
        if (!(value instanceof Node.Bool)) {
          object(value, "schema", pointer);
        }
      }
      case Form.ListOf list -> {
        if (!(value instanceof Node.Arr array)) {
          findings.about(Rule.FIELD_TYPE, pointer, value, "\"" + name + "\" is " + value.kind() + " – it must be an array");
          return;
        }
        for (int i = 0; i < array.items().size(); i++) {
          value("item " + i + " of " + name, array.items().get(i), list.items(), pointer + "/" + i);
        }
      }
      case Form.MapOf map -> {
        if (!(value instanceof Node.Obj object)) {
          findings.about(Rule.FIELD_TYPE, pointer, value, "\"" + name + "\" is " + value.kind() + " – it must be an object");
          return;
        }
        object.members().forEach((key, member) -> value(key, member, map.values(), pointer + "/" + Pointer.escape(key)));
      }
    }
  }
}
