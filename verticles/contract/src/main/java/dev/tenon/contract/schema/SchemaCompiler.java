package dev.tenon.contract.schema;

import dev.tenon.contract.ContractException;
import dev.tenon.contract.ContractProblem;
import dev.tenon.contract.Node;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Compiles the schemas of one document. A schema that is referred to from many places is compiled once. Not thread-safe; what it makes is.
public final class SchemaCompiler {

  /// The schema `false`. [ObjectChecks.Members] knows it, to say more than that.
  static final Schema NOTHING = new Schema();

  private static final Schema ANYTHING = new Schema();

  static {
    NOTHING.become(List.of(new ValueChecks.Nothing()));
  }

  private final Node.Obj document;
  private final Dialect dialect;
  private final Map<String, Predicate<String>> formats;
  private final Map<Node, Schema> compiled = new IdentityHashMap<>();

  public SchemaCompiler(Node.Obj document, Dialect dialect) {
    this(document, dialect, Map.of());
  }

  /// @param formats formats of one's own, beside the known ones
  public SchemaCompiler(Node.Obj document, Dialect dialect, Map<String, Predicate<String>> formats) {
    this.document = document;
    this.dialect = dialect;
    this.formats = new HashMap<>(Formats.KNOWN);
    this.formats.putAll(formats);
  }

  /// @param node a schema somewhere in the document
  /// @throws ContractException when a keyword has a value it cannot have, or is one that is not supported
  public Schema compile(Node node) {
    return switch (node) {
      case Node.Bool bool -> bool.value() ? ANYTHING : NOTHING;
      case Node.Obj object -> {
        Schema known = compiled.get(object);
        if (known != null) {
          yield known;
        }
        Schema schema = new Schema();
        compiled.put(object, schema);
        schema.become(checks(object));
        yield schema;
      }
      default -> throw problem(node, "is " + node.kind() + " – a schema is an object or a boolean");
    };
  }

  private List<Check> checks(Node.Obj schema) {
    if (dialect == Dialect.OPENAPI_3_0 && schema.has("$ref")) {
      return List.of(reference(schema.get("$ref").orElseThrow()));
    }
    return ownChecks(schema);
  }

  private List<Check> ownChecks(Node.Obj schema) {
    List<Check> checks = new ArrayList<>();
    for (String keyword : List.of("$dynamicRef", "$recursiveRef")) {
      schema.get(keyword).ifPresent(node -> {
        throw problem(node, "uses \"" + keyword + "\", which is not supported – use $ref");
      });
    }
    schema.get("type").ifPresent(node -> checks.add(type(node, schema)));
    schema.get("$ref").ifPresent(node -> checks.add(reference(node)));
    schema.get("enum").ifPresent(node -> checks.add(values("enum", ((Node.Arr) must(node, Node.Arr.class, "an array")).items())));
    if (dialect == Dialect.DRAFT_2020_12) {
      schema.get("const").ifPresent(node -> checks.add(values("const", List.of(node))));
    }
    numbers(schema, checks);
    texts(schema, checks);
    objects(schema, checks);
    arrays(schema, checks);
    combinations(schema, checks);
    if (dialect == Dialect.DRAFT_2020_12) {
      List<Check> others = List.copyOf(checks);
      schema.get("unevaluatedProperties").ifPresent(node -> checks.add(new ObjectChecks.Unevaluated(others, compile(node))));
      schema.get("unevaluatedItems").ifPresent(node -> checks.add(new ArrayChecks.Unevaluated(others, compile(node))));
    }
    return checks;
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
    String reference = ((Node.Text) must(node, Node.Text.class, "a string")).value();
    if (!reference.startsWith("#")) {
      throw problem(node, "refers to \"" + reference + "\", which is not in this document – bundle it first");
    }
    Node target = (reference.equals("#") || reference.startsWith("#/") ? document.find(reference.substring(1)) : anchor(document, reference.substring(1)))
        .orElseThrow(() -> problem(node, "refers to \"" + reference + "\", and there is nothing – correct it"));
    return new CombiningChecks.All(List.of(compile(target)));
  }

  private static Optional<Node> anchor(Node node, String name) {
    List<Node> inside = switch (node) {
      case Node.Obj object -> List.copyOf(object.members().values());
      case Node.Arr array -> array.items();
      default -> List.of();
    };
    return node instanceof Node.Obj object && object.text("$anchor").equals(Optional.of(name))
        ? Optional.of(node)
        : inside.stream().flatMap(each -> anchor(each, name).stream()).findFirst();
  }

  private static Check values(String keyword, List<Node> nodes) {
    List<Object> values = new ArrayList<>();
    Set<Object> canonical = new HashSet<>();
    nodes.forEach(node -> {
      values.add(node.plain());
      canonical.add(Equality.canonical(node.plain()));
    });
    return new ValueChecks.OneOfValues(keyword, values, canonical);
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
            patterns.add(new ObjectChecks.PatternSchema(pattern(new Node.Text(name, node.at())), compile(node)))));
      }
      Schema others = schema.get("additionalProperties").map(this::compile).orElse(null);
      checks.add(new ObjectChecks.Members(schemas(schema, "properties"), patterns, others));
    }
    if (dialect == Dialect.DRAFT_2020_12) {
      schema.get("propertyNames").ifPresent(node -> checks.add(new ObjectChecks.Names(compile(node))));
      schema.object("dependentRequired").ifPresent(object -> {
        Map<String, List<String>> needs = new LinkedHashMap<>();
        object.members().forEach((name, node) -> needs.put(name, names(node)));
        checks.add(new ObjectChecks.DependentNames(needs));
      });
      schema.get("dependentSchemas").ifPresent(node -> checks.add(new ObjectChecks.DependentSchemas(schemas(schema, "dependentSchemas"))));
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
      List<Schema> schemas = schema.items("prefixItems").stream().map(this::compile).toList();
      prefix = schemas.size();
      checks.add(new ArrayChecks.Prefix(schemas));
    }
    if (schema.has("items")) {
      checks.add(new ArrayChecks.Items(compile(schema.get("items").orElseThrow()), prefix));
    }
    if (dialect == Dialect.DRAFT_2020_12 && schema.has("contains")) {
      checks.add(new ArrayChecks.Contains(compile(schema.get("contains").orElseThrow()), count(schema, "minContains", 1), count(schema, "maxContains", Long.MAX_VALUE)));
    }
  }

  private void combinations(Node.Obj schema, List<Check> checks) {
    if (schema.has("allOf")) {
      checks.add(new CombiningChecks.All(schema.items("allOf").stream().map(this::compile).toList()));
    }
    for (String keyword : List.of("anyOf", "oneOf")) {
      if (schema.has(keyword)) {
        checks.add(new CombiningChecks.Some(keyword, schema.items(keyword).stream().map(this::compile).toList()));
      }
    }
    schema.get("not").ifPresent(node -> checks.add(new CombiningChecks.Not(compile(node))));
    if (dialect == Dialect.DRAFT_2020_12 && schema.has("if")) {
      checks.add(new CombiningChecks.Conditional(
          compile(schema.get("if").orElseThrow()),
          schema.get("then").map(this::compile).orElse(ANYTHING),
          schema.get("else").map(this::compile).orElse(ANYTHING)));
    }
  }

  private Map<String, Schema> schemas(Node.Obj schema, String keyword) {
    Map<String, Schema> schemas = new HashMap<>();
    schema.object(keyword).ifPresent(object -> object.members().forEach((name, node) -> schemas.put(name, compile(node))));
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
    return ((Node.Num) must(node, Node.Num.class, "a number")).value();
  }

  private static Pattern pattern(Node node) {
    try {
      return Pattern.compile(((Node.Text) must(node, Node.Text.class, "a string")).value());
    } catch (PatternSyntaxException e) {
      throw problem(node, "is not a regular expression: " + e.getDescription() + " near index " + e.getIndex());
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
