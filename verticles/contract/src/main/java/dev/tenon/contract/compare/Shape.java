package dev.tenon.contract.compare;

import dev.tenon.contract.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What a schema means: which values it takes, type by type. Several schemas that must hold together are one shape.
///
/// A JSON value has one type, so a shape is the union of what it takes of each: for texts, numbers, arrays and objects a list of parts, of which a value must fit
/// at least one. `anyOf`, and `oneOf` whose alternatives exclude each other, are more parts in these lists; `allOf` and `$ref` leave no trace.
/// Made and filled by [Shapes]; filled when it is first asked, so that recursion ends. Two shapes of the same schemas are the same object.
final class Shape {

  private final Shapes owner;
  private final List<Node> schemas;
  private final int number;
  private State state = State.UNTOUCHED;

  private boolean nulls;
  private final Set<Boolean> booleans = new TreeSet<>();
  private List<Part.Numbers> numbers = List.of();
  private List<Part.Texts> texts = List.of();
  private List<Part.Arrays> arrays = List.of();
  private List<Part.Objects> objects = List.of();
  private Notes notes = Notes.NONE;

  private enum State { UNTOUCHED, FILLING, FILLED }

  Shape(Shapes owner, List<Node> schemas, int number) {
    this.owner = owner;
    this.schemas = List.copyOf(schemas);
    this.number = number;
  }

  /// What is known of a shape once its schemas are merged.
  record Content(
      boolean nulls,
      Set<Boolean> booleans,
      List<Part.Numbers> numbers,
      List<Part.Texts> texts,
      List<Part.Arrays> arrays,
      List<Part.Objects> objects,
      Notes notes) {}

  private Shape filled() {
    if (state == State.UNTOUCHED) {
      state = State.FILLING;
      Content content = owner.content(schemas);
      nulls = content.nulls();
      booleans.addAll(content.booleans());
      numbers = content.numbers();
      texts = content.texts();
      arrays = content.arrays();
      objects = content.objects();
      notes = content.notes();
      state = State.FILLED;
    }
    return this;
  }

  /// Whether it is being merged just now, further up: what it takes is not known yet.
  boolean isBeingFilled() {
    return state == State.FILLING;
  }

  /// Different for different shapes of one [Shapes].
  int number() {
    return number;
  }

  List<Node> schemas() {
    return schemas;
  }

  boolean nulls() {
    return filled().nulls;
  }

  Set<Boolean> booleans() {
    return filled().booleans;
  }

  List<Part.Numbers> numbers() {
    return filled().numbers;
  }

  List<Part.Texts> texts() {
    return filled().texts;
  }

  List<Part.Arrays> arrays() {
    return filled().arrays;
  }

  List<Part.Objects> objects() {
    return filled().objects;
  }

  Notes notes() {
    return filled().notes;
  }

  /// Whether it takes nothing at all.
  boolean isNothing() {
    return !nulls() && booleans.isEmpty() && numbers.isEmpty() && texts.isEmpty() && arrays.isEmpty() && objects.isEmpty();
  }

  /// Whether it takes everything.
  boolean isAnything() {
    return nulls() && booleans.size() == 2
        && numbers.stream().anyMatch(Part.Numbers::isOpen) && texts.stream().anyMatch(Part.Texts::isOpen)
        && arrays.stream().anyMatch(Part.Arrays::isOpen) && objects.stream().anyMatch(Part.Objects::isOpen);
  }

  /// The types it takes values of, without null: `number` stands for any number, `integer` for whole ones only.
  Set<String> types() {
    Set<String> types = new TreeSet<>();
    if (!booleans().isEmpty()) {
      types.add("boolean");
    }
    if (!numbers.isEmpty()) {
      types.add(numbers.stream().allMatch(Part.Numbers::whole) ? "integer" : "number");
    }
    if (!texts.isEmpty()) {
      types.add("string");
    }
    if (!arrays.isEmpty()) {
      types.add("array");
    }
    if (!objects.isEmpty()) {
      types.add("object");
    }
    return types;
  }

  /// Whether the compiled validator takes the value. Schemas that cannot be compiled take nothing.
  boolean accepts(Object value) {
    return owner.accepts(schemas, value);
  }

  /// A place for messages: where its first schema is written; for a shape of no schemas, where the other one is.
  Node at(Shape other) {
    return !schemas.isEmpty() ? schemas.getFirst() : other.schemas.isEmpty() ? owner.document() : other.schemas.getFirst();
  }

  /// One schema that means the same.
  Node asSchema() {
    return switch (schemas.size()) {
      case 0 -> new Node.Bool(true, owner.document().at());
      case 1 -> schemas.getFirst();
      default -> new Node.Obj(Map.of("allOf", new Node.Arr(schemas, schemas.getFirst().at())), schemas.getFirst().at());
    };
  }

  Shapes owner() {
    return owner;
  }

  /// The shape of a schema of the same document.
  Shape of(Node schema) {
    return owner.of(schema);
  }

  /// The parts of all types.
  List<Part> parts() {
    List<Part> parts = new ArrayList<>(numbers());
    parts.addAll(texts);
    parts.addAll(arrays);
    parts.addAll(objects);
    return parts;
  }
}
