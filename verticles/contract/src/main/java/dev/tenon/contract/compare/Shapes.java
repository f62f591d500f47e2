package dev.tenon.contract.compare;

import dev.tenon.contract.ContractException;
import dev.tenon.contract.Node;
import dev.tenon.contract.sample.SampleOptions;
import dev.tenon.contract.sample.Sampler;
import dev.tenon.contract.schema.Dialect;
import dev.tenon.contract.schema.Schema;
import dev.tenon.contract.schema.SchemaCompiler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The shapes of one document, or of the view that one side has of it. Not thread-safe.
final class Shapes {

  /// How many shapes one document may have. Far more than its schemas, because schemas that must hold together are one shape more.
  private static final int SHAPES_MAX = 500_000;

  private static final SampleOptions SAMPLES = new SampleOptions(1, 20_000, 1_100, 400, 30_000);

  private final Node.Obj document;
  private final Dialect dialect;
  private final SchemaCompiler compiler;
  private final Map<Node, Integer> numbers = new IdentityHashMap<>();
  private final Map<List<Integer>, Shape> shapes = new HashMap<>();
  private final Map<Node, Optional<Schema>> compiled = new IdentityHashMap<>();
  private final Map<String, Optional<Schema>> patterns = new HashMap<>();

  private Sampler sampler;

  Shapes(Node.Obj document, Dialect dialect) {
    this.document = document;
    this.dialect = dialect;
    this.compiler = new SchemaCompiler(document, dialect);
  }

  Node.Obj document() {
    return document;
  }

  Dialect dialect() {
    return dialect;
  }

  Shape of(Node schema) {
    return of(List.of(schema));
  }

  /// The shape of all these schemas together; of none, the shape that takes everything.
  Shape of(List<Node> schemas) {
    List<Integer> key = schemas.stream().filter(node -> !isEmpty(node)).map(node -> numbers.computeIfAbsent(node, _ -> numbers.size())).sorted().distinct().toList();
    Shape known = shapes.get(key);
    if (known != null) {
      return known;
    }
    if (shapes.size() >= SHAPES_MAX) {
      throw new TooComplex();
    }
    List<Node> distinct = new ArrayList<>();
    for (Node schema : schemas) {
      if (!isEmpty(schema) && distinct.stream().noneMatch(other -> other == schema)) {
        distinct.add(schema);
      }
    }
    Shape shape = new Shape(this, distinct, shapes.size());
    shapes.put(key, shape);
    return shape;
  }

  /// Whether a schema says nothing at all.
  private static boolean isEmpty(Node schema) {
    return schema instanceof Node.Bool bool && bool.value() || schema instanceof Node.Obj object && object.members().isEmpty();
  }

  /// Makes values of the document's schemas.
  Sampler sampler() {
    if (sampler == null) {
      sampler = new Sampler(document, dialect, SAMPLES);
    }
    return sampler;
  }

  Shape.Content content(List<Node> schemas) {
    return new Merging(this, schemas).content();
  }

  boolean accepts(List<Node> schemas, Object value) {
    for (Node schema : schemas) {
      if (!accepts(schema, value)) {
        return false;
      }
    }
    return true;
  }

  boolean accepts(Node schema, Object value) {
    return compiled(schema).map(each -> each.accepts(value)).orElse(false);
  }

  /// Whether it accepts the value, or is broken so that nobody knows.
  boolean mayAccept(Node schema, Object value) {
    return compiled(schema).map(each -> each.accepts(value)).orElse(true);
  }

  /// Empty where the schema is not one.
  private Optional<Schema> compiled(Node schema) {
    Optional<Schema> known = compiled.get(schema);
    if (known == null) {
      try {
        known = Optional.of(compiler.compile(schema));
      } catch (ContractException | StackOverflowError broken) {
        known = Optional.empty();
      }
      compiled.put(schema, known);
    }
    return known;
  }

  /// Whether the validator finds the pattern in the text.
  boolean finds(String pattern, String text) {
    Optional<Schema> schema = patterns.computeIfAbsent(pattern, _ -> {
      Node at = document;
      return compiled(new Node.Obj(Map.of("pattern", new Node.Text(pattern, at.at())), at.at()));
    });
    return schema.map(each -> each.accepts(text)).orElse(false);
  }

  /// What a `$ref` leads to; empty where it leads nowhere.
  Optional<Node> target(String reference) {
    if (!reference.startsWith("#")) {
      return Optional.empty();
    }
    String fragment = reference.substring(1);
    return fragment.isEmpty() || fragment.startsWith("/") ? document.find(fragment) : anchor(document, fragment);
  }

  private static Optional<Node> anchor(Node node, String name) {
    return switch (node) {
      case Node.Obj object -> object.text("$anchor").filter(name::equals).isPresent()
          ? Optional.of(object)
          : object.members().values().stream().flatMap(member -> anchor(member, name).stream()).findFirst();
      case Node.Arr array -> array.items().stream().flatMap(item -> anchor(item, name).stream()).findFirst();
      case Node.Text text -> Optional.empty();
      case Node.Num number -> Optional.empty();
      case Node.Bool bool -> Optional.empty();
      case Node.Null nothing -> Optional.empty();
    };
  }
}
