package dev.tenon.contract.schema;

import dev.tenon.contract.ContractException;
import dev.tenon.contract.ContractProblem;
import dev.tenon.contract.Node;
import dev.tenon.contract.SchemaNodes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/// Compiles the schemas of one document. A schema that is referred to from many places is compiled once. Not thread-safe; what it makes is.
public final class SchemaCompiler {

  /// The schema `false`. [ObjectChecks.Members] knows it, to say more than that.
  static final Schema NOTHING = new Schema();

  private static final Schema ANYTHING = new Schema();
  private static final Set<String> DIALECTS = Set.of("https://json-schema.org/draft/2020-12/schema", "https://spec.openapis.org/oas/3.1/dialect/base");
  private static final int SCALE_MAX = 400;

  static {
    NOTHING.become(List.of(new ValueChecks.Nothing()));
  }

  private final Dialect dialect;
  private final Resources resources;
  private final Map<String, Predicate<String>> formats;
  private final Map<Bindings, Map<Node, Schema>> compiled = new HashMap<>();
  /// The schemas that each schema applies to the same value, by itself.
  private final Map<Schema, List<Schema>> inPlace = new LinkedHashMap<>();
  private final Map<Schema, Node> origins = new IdentityHashMap<>();
  private Schema current;
  private Bindings scope = Bindings.NONE;

  public SchemaCompiler(Node.Obj document, Dialect dialect) {
    this(document, SchemaNodes.in(document), dialect, Map.of());
  }

  /// @param schemas the outermost schemas of the document, in which identifiers are looked for
  /// @param formats formats of one's own, beside the known ones
  public SchemaCompiler(Node.Obj document, List<Node> schemas, Dialect dialect, Map<String, Predicate<String>> formats) {
    this.dialect = dialect;
    this.resources = new Resources(document, schemas, dialect == Dialect.DRAFT_2020_12);
    this.formats = new HashMap<>(Formats.KNOWN);
    this.formats.putAll(formats);
  }

  /// A compiler for a schema that is a document of its own.
  public static SchemaCompiler ofSchema(Node.Obj schema, Dialect dialect) {
    return new SchemaCompiler(schema, List.of(schema), dialect, Map.of());
  }

  /// @param node a schema somewhere in the document
  /// @throws ContractException when a keyword has a value it cannot have, or is one that is not supported
  public Schema compile(Node node) {
    scope = Bindings.NONE;
    current = null;
    Schema schema = compiled(node);
    refuseCircles();
    return schema;
  }

  private Schema compiled(Node node) {
    return switch (node) {
      case Node.Bool bool -> bool.value() ? ANYTHING : NOTHING;
      case Node.Obj object -> {
        Bindings around = scope;
        scope = around.entering(resources.of(object));
        Map<Node, Schema> known = compiled.computeIfAbsent(scope, key -> new IdentityHashMap<>());
        Schema schema = known.get(object);
        if (schema == null) {
          schema = new Schema();
          known.put(object, schema);
          origins.put(schema, object);
          Schema outer = current;
          current = schema;
          schema.become(checks(object));
          current = outer;
        }
        scope = around;
        yield schema;
      }
      default -> throw problem(node, "is " + node.kind() + " – a schema is an object or a boolean");
    };
  }

  /// Compiles a schema that is applied to the same value as the current one.
  private Schema here(Node node) {
    Schema schema = compiled(node);
    inPlace.computeIfAbsent(current, key -> new ArrayList<>()).add(schema);
    return schema;
  }

  /// A schema that leads back to itself without going into the value would be checked for ever.
  private void refuseCircles() {
    Map<Schema, Boolean> finished = new IdentityHashMap<>();
    inPlace.keySet().forEach(schema -> refuseCircles(schema, finished));
    inPlace.clear();
  }

  private void refuseCircles(Schema schema, Map<Schema, Boolean> finished) {
    Boolean known = finished.get(schema);
    if (known == null) {
      finished.put(schema, false);
      inPlace.getOrDefault(schema, List.of()).forEach(next -> refuseCircles(next, finished));
      finished.put(schema, true);
    } else if (!known) {
      throw problem(origins.get(schema), "refers to itself without going into the value, so that checking it would not end – break the circle");
    }
  }

  private List<Check> checks(Node.Obj schema) {
    if (dialect == Dialect.OPENAPI_3_0 && schema.has("$ref")) {
      return List.of(reference(schema.get("$ref").orElseThrow()));
    }
    List<Check> checks = new ArrayList<>();
    schema.get("type").ifPresent(node -> checks.add(type(node, schema)));
    schema.get("$ref").ifPresent(node -> checks.add(reference(node)));
    schema.get("enum").ifPresent(node -> checks.add(values("enum", ((Node.Arr) must(node, Node.Arr.class, "an array")).items())));
    if (dialect == Dialect.DRAFT_2020_12) {
      keywordsOfIdentity(schema);
      schema.get("$dynamicRef").ifPresent(node -> checks.add(dynamicReference(node)));
      schema.get("const").ifPresent(node -> checks.add(values("const", List.of(node))));
    }
    numbers(schema, checks);
    texts(schema, checks);
    objects(schema, checks);
    arrays(schema, checks);
    combinations(schema, checks);
    if (dialect == Dialect.DRAFT_2020_12 && (schema.has("unevaluatedProperties") || schema.has("unevaluatedItems"))) {
      checks.add(new Unevaluated(
          schema.get("unevaluatedProperties").map(this::compiled).orElse(null),
          schema.get("unevaluatedItems").map(this::compiled).orElse(null)));
    }
    return checks;
  }

  private static void keywordsOfIdentity(Node.Obj schema) {
    schema.get("$schema").ifPresent(node -> {
      if (!(node instanceof Node.Text text) || !DIALECTS.contains(text.value().replaceFirst("#$", ""))) {
        throw problem(node, "is a dialect that is not understood – use https://json-schema.org/draft/2020-12/schema, or leave \"$schema\" out");
      }
    });
  }

  private TypeCheck type(Node node, Node.Obj schema) {
    EnumSet<TypeCheck.Type> types = EnumSet.noneOf(TypeCheck.Type.class);
    List<Node> names = node instanceof Node.Arr array ? array.items() : List.of(node);
    for (Node name : names) {
      types.add(switch (name instanceof Node.Text text ? text.value() : "") {
        case "null" -> TypeCheck.Type.NULL;
        case "boolean" -> TypeCheck.Type.BOOLEAN;
        case "object" -> TypeCheck.Type.OBJECT;
        case "array" -> TypeCheck.Type.ARRAY;
        case "number" -> TypeCheck.Type.NUMBER;
        case "integer" -> TypeCheck.Type.INTEGER;
        case "string" -> TypeCheck.Type.STRING;
        default -> throw problem(name, "is not a type – use string, number, integer, boolean, object, array or null");
      });
    }
    if (dialect == Dialect.OPENAPI_3_0 && schema.isTrue("nullable")) {
      types.add(TypeCheck.Type.NULL);
    }
    return new TypeCheck(types);
  }

  private Check reference(Node node) {
    return new CombiningChecks.All(List.of(here(target(node).node())));
  }

  private Resources.Target target(Node node) {
    Node.Text reference = (Node.Text) must(node, Node.Text.class, "a string");
    return resources.target(reference, resources.of(origins.get(current)));
  }

  private Check dynamicReference(Node node) {
    Resources.Target target = target(node);
    String text = ((Node.Text) node).value();
    String name = text.substring(text.indexOf('#') + 1);
    boolean dynamic = text.indexOf('#') >= 0 && target.resource().dynamicAnchors().get(name) == target.node();
    Node bound = dynamic && scope.outermost().containsKey(name) ? scope.outermost().get(name).dynamicAnchors().get(name) : target.node();
    return new CombiningChecks.All(List.of(here(bound)));
  }

  private static Check values(String keyword, List<Node> nodes) {
    return ValueChecks.OneOfValues.of(keyword, nodes.stream().map(Node::plain).toList());
  }

  private void numbers(Node.Obj schema, List<Check> checks) {
    for (String side : List.of("minimum", "maximum")) {
      String exclusive = side.equals("minimum") ? "exclusiveMinimum" : "exclusiveMaximum";
      boolean excluded = dialect == Dialect.OPENAPI_3_0 && schema.isTrue(exclusive);
      schema.get(side).ifPresent(node -> checks.add(new ValueChecks.Bound(excluded ? exclusive : side, number(node))));
      if (dialect == Dialect.DRAFT_2020_12) {
        schema.get(exclusive).ifPresent(node -> checks.add(new ValueChecks.Bound(exclusive, number(node))));
      }
    }
    schema.get("multipleOf").ifPresent(node -> {
      Number factor = number(node);
      if (Numbers.exact(factor).signum() <= 0) {
        throw problem(node, "must be greater than 0");
      }
      checks.add(new ValueChecks.MultipleOf(factor));
    });
    schema.text("format").ifPresent(format -> {
      if (format.equals("int32")) {
        checks.add(new ValueChecks.Bound("minimum", (long) Integer.MIN_VALUE));
        checks.add(new ValueChecks.Bound("maximum", (long) Integer.MAX_VALUE));
      } else if (format.equals("int64")) {
        checks.add(new ValueChecks.Bound("minimum", Long.MIN_VALUE));
        checks.add(new ValueChecks.Bound("maximum", Long.MAX_VALUE));
      }
    });
  }

  private void texts(Node.Obj schema, List<Check> checks) {
    if (schema.has("minLength") || schema.has("maxLength")) {
      checks.add(new TextChecks.Length(count(schema, "minLength", 0), count(schema, "maxLength", Long.MAX_VALUE)));
    }
    schema.get("pattern").ifPresent(node -> checks.add(new TextChecks.Matching(pattern(node))));
    schema.text("format").filter(formats::containsKey).ifPresent(format -> checks.add(new TextChecks.Formatted(format, formats.get(format))));
  }

  private void objects(Node.Obj schema, List<Check> checks) {
    if (schema.has("minProperties") || schema.has("maxProperties")) {
      checks.add(new ObjectChecks.Size(count(schema, "minProperties", 0), count(schema, "maxProperties", Long.MAX_VALUE)));
    }
    schema.get("required").ifPresent(node -> checks.add(new ObjectChecks.Required(names(node))));
    if (schema.has("properties") || schema.has("patternProperties") || schema.has("additionalProperties")) {
      List<ObjectChecks.PatternSchema> patterns = new ArrayList<>();
      if (dialect == Dialect.DRAFT_2020_12) {
        schema.object("patternProperties").ifPresent(object -> object.members().forEach((name, node) ->
            patterns.add(new ObjectChecks.PatternSchema(pattern(new Node.Text(name, node.at())), compiled(node)))));
      }
      Schema others = schema.get("additionalProperties").map(this::compiled).orElse(null);
      checks.add(new ObjectChecks.Members(schemas(schema, "properties"), patterns, others));
    }
    if (dialect == Dialect.DRAFT_2020_12) {
      schema.get("propertyNames").ifPresent(node -> checks.add(new ObjectChecks.Names(compiled(node))));
      schema.object("dependentRequired").ifPresent(object -> {
        Map<String, List<String>> needs = new LinkedHashMap<>();
        object.members().forEach((name, node) -> needs.put(name, names(node)));
        checks.add(new ObjectChecks.DependentNames(needs));
      });
      schema.object("dependentSchemas").ifPresent(object -> {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        object.members().forEach((name, node) -> schemas.put(name, here(node)));
        checks.add(new ObjectChecks.DependentSchemas(schemas));
      });
    }
  }

  private void arrays(Node.Obj schema, List<Check> checks) {
    if (schema.has("minItems") || schema.has("maxItems")) {
      checks.add(new ArrayChecks.Size(count(schema, "minItems", 0), count(schema, "maxItems", Long.MAX_VALUE)));
    }
    if (schema.isTrue("uniqueItems")) {
      checks.add(new ArrayChecks.Unique());
    }
    int prefix = 0;
    if (dialect == Dialect.DRAFT_2020_12 && schema.has("prefixItems")) {
      List<Schema> schemas = schema.items("prefixItems").stream().map(this::compiled).toList();
      prefix = schemas.size();
      checks.add(new ArrayChecks.Prefix(schemas));
    }
    if (schema.has("items")) {
      checks.add(new ArrayChecks.Items(compiled(schema.get("items").orElseThrow()), prefix));
    }
    if (dialect == Dialect.DRAFT_2020_12 && schema.has("contains")) {
      checks.add(new ArrayChecks.Contains(compiled(schema.get("contains").orElseThrow()), count(schema, "minContains", 1), count(schema, "maxContains", Long.MAX_VALUE)));
    }
  }

  private void combinations(Node.Obj schema, List<Check> checks) {
    if (schema.has("allOf")) {
      checks.add(new CombiningChecks.All(alternatives(schema, "allOf")));
    }
    for (String keyword : List.of("anyOf", "oneOf")) {
      if (schema.has(keyword)) {
        List<Schema> schemas = alternatives(schema, keyword);
        checks.add(new CombiningChecks.Some(keyword, keyword.equals("oneOf"), schemas, discriminator(schema, keyword, schemas)));
      }
    }
    schema.get("not").ifPresent(node -> checks.add(new CombiningChecks.Not(here(node))));
    if (dialect == Dialect.DRAFT_2020_12 && schema.has("if")) {
      checks.add(new CombiningChecks.Conditional(
          here(schema.get("if").orElseThrow()),
          schema.get("then").map(this::here).orElse(ANYTHING),
          schema.get("else").map(this::here).orElse(ANYTHING)));
    }
  }

  private List<Schema> alternatives(Node.Obj schema, String keyword) {
    Node node = schema.get(keyword).orElseThrow();
    List<Node> items = ((Node.Arr) must(node, Node.Arr.class, "an array")).items();
    if (items.isEmpty()) {
      throw problem(node, "is empty – \"" + keyword + "\" needs at least one schema");
    }
    return items.stream().map(this::here).toList();
  }

  private CombiningChecks.Discriminator discriminator(Node.Obj schema, String keyword, List<Schema> schemas) {
    Optional<Node.Obj> node = schema.object("discriminator");
    if (node.isEmpty() || node.get().text("propertyName").isEmpty()) {
      return CombiningChecks.Discriminator.NONE;
    }
    Map<String, Schema> byReference = new HashMap<>();
    List<Node> items = schema.items(keyword);
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Node.Obj item && item.text("$ref").isPresent()) {
        byReference.put(item.text("$ref").get(), schemas.get(i));
      }
    }
    Map<String, Schema> named = new HashMap<>();
    byReference.forEach((reference, alternative) -> named.put(reference.substring(reference.lastIndexOf('/') + 1), alternative));
    node.get().object("mapping").ifPresent(mapping -> mapping.members().forEach((value, target) -> {
      if (target instanceof Node.Text text) {
        String reference = text.value().matches("[A-Za-z0-9._-]+") ? "#/components/schemas/" + text.value() : text.value();
        Schema alternative = byReference.get(reference);
        if (alternative != null) {
          named.values().remove(alternative);
          named.put(value, alternative);
        }
      }
    }));
    return new CombiningChecks.Discriminator(node.get().text("propertyName").get(), named);
  }

  private Map<String, Schema> schemas(Node.Obj schema, String keyword) {
    Map<String, Schema> schemas = new HashMap<>();
    schema.object(keyword).ifPresent(object -> object.members().forEach((name, node) -> schemas.put(name, compiled(node))));
    return schemas;
  }

  private static List<String> names(Node node) {
    List<String> names = new ArrayList<>();
    for (Node item : ((Node.Arr) must(node, Node.Arr.class, "an array")).items()) {
      names.add(((Node.Text) must(item, Node.Text.class, "a string")).value());
    }
    return names;
  }

  private static long count(Node.Obj schema, String keyword, long absent) {
    Optional<Node> node = schema.get(keyword);
    if (node.isEmpty()) {
      return absent;
    }
    Number number = number(node.get());
    if (!Numbers.isWhole(number) || Numbers.exact(number).signum() < 0) {
      throw problem(node.get(), "is the value of \"" + keyword + "\" – it must be a whole number, 0 or more");
    }
    return number.longValue();
  }

  private static Number number(Node node) {
    Number number = ((Node.Num) must(node, Node.Num.class, "a number")).value();
    if (!(number instanceof BigDecimal decimal)) {
      return number;
    }
    if (Math.abs((long) decimal.precision() - decimal.scale()) > SCALE_MAX) {
      throw problem(node, "is a number of more than " + SCALE_MAX + " digits – use one that JSON readers can hold");
    }
    return Numbers.quick(decimal);
  }

  private static TextPattern pattern(Node node) {
    String text = ((Node.Text) must(node, Node.Text.class, "a string")).value();
    try {
      return TextPattern.of(text);
    } catch (PatternSyntaxException e) {
      throw problem(node, "is not a regular expression (ECMA-262): " + e.getDescription() + (e.getIndex() < 0 ? "" : ", near index " + e.getIndex()));
    }
  }

  private static Node must(Node node, Class<? extends Node> type, String words) {
    if (!type.isInstance(node)) {
      throw problem(node, "is " + node.kind() + " – it must be " + words);
    }
    return node;
  }

  private static ContractException problem(Node node, String message) {
    return new ContractException(List.of(new ContractProblem(node.at(), message)));
  }
}
