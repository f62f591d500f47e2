package dev.tenon.contract;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a text stands for: a parameter, or a field of a form. Text that does not look like its shape stays text, and the schema says what is wrong with it.
public sealed interface ValueShape {

  /// One value.
  enum Scalar implements ValueShape {
    STRING,
    /// Decimal digits, with a minus sign before them or not. What JSON would take for the same whole number, `1e3` or `1.0`, is refused: not every component
    /// that reads the text does so as JSON.
    INTEGER,
    /// A number as JSON writes it.
    NUMBER,
    BOOLEAN,
    /// Whichever of these the text looks like; the schema allows several.
    ANY;

    /// The value that a text stands for; the text itself where it does not look like one.
    public Object read(String text) {
      return switch (this) {
        case STRING -> text;
        case INTEGER -> number(text, INTEGER_TEXT);
        case NUMBER -> number(text, NUMBER_TEXT);
        case BOOLEAN -> bool(text);
        case ANY -> bool(text) instanceof Boolean bool ? bool : number(text, NUMBER_TEXT);
      };
    }

    private static Object bool(String text) {
      return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : text;
    }

    private static Object number(String text, Pattern form) {
      int digits = text.startsWith("-") ? 1 : 0;
      boolean whole = text.length() > digits && text.length() <= digits + 18;
      for (int i = digits; whole && i < text.length(); i++) {
        whole = text.charAt(i) >= '0' && text.charAt(i) <= '9';
      }
      if (whole && (text.charAt(digits) != '0' || text.length() == digits + 1)) {
        return Long.parseLong(text);
      }
      return text.length() <= 40 && form.matcher(text).matches()
          ? new BigDecimal(text)
          : text;
    }
  }

  /// What a whole number looks like.
  Pattern INTEGER_TEXT = Pattern.compile("-?(0|[1-9][0-9]*)");
  /// What a number looks like.
  Pattern NUMBER_TEXT = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");

  /// @param items what each item is; another list or an object only where a schema asks for what no style can write
  record ListOf(ValueShape items) implements ValueShape {}

  /// @param members what each known member is
  /// @param others what members are that are not known; empty where the schema says nothing about them, or forbids them
  record ObjectOf(Map<String, ValueShape> members, Optional<ValueShape> others) implements ValueShape {
    public ObjectOf {
      members = Map.copyOf(members);
    }

    public ValueShape member(String name) {
      ValueShape member = members.get(name);
      return member != null ? member : others.orElse(Scalar.STRING);
    }
  }

  /// A single value, or a list or object, as the schema likes: no style can tell these apart.
  record Unclear() implements ValueShape {}

  /// Whether a style can write it: a value, a list of values, or an object of values.
  default boolean isFlat() {
    return switch (this) {
      case Scalar scalar -> true;
      case ListOf list -> list.items() instanceof Scalar;
      case ObjectOf object -> object.members().values().stream().allMatch(Scalar.class::isInstance) && object.others().filter(other -> !(other instanceof Scalar)).isEmpty();
      case Unclear unclear -> false;
    };
  }

  /// The shape that a schema describes. References and alternatives are followed; a schema that says nothing about its type is a string.
  static ValueShape of(Node schema, Node.Obj document) {
    return of(schema, document, 0);
  }

  private static ValueShape of(Node schema, Node.Obj document, int depth) {
    Set<String> types = new LinkedHashSet<>();
    Map<String, Node> members = new LinkedHashMap<>();
    Node[] found = new Node[2];
    collect(schema, document, types, members, found, 0);
    types.remove("null");
    if (depth > 3 || types.isEmpty()) {
      return depth > 3 ? new Unclear() : Scalar.STRING;
    }
    boolean array = types.remove("array");
    boolean object = types.remove("object");
    if ((array ? 1 : 0) + (object ? 1 : 0) + (types.isEmpty() ? 0 : 1) > 1) {
      return new Unclear();
    }
    if (array) {
      return new ListOf(found[0] == null ? Scalar.STRING : of(found[0], document, depth + 1));
    }
    if (object) {
      Map<String, ValueShape> shapes = new LinkedHashMap<>();
      members.forEach((name, node) -> shapes.put(name, of(node, document, depth + 1)));
      boolean others = found[1] instanceof Node.Obj || found[1] instanceof Node.Bool bool && bool.value();
      return new ObjectOf(shapes, others ? Optional.of(of(found[1], document, depth + 1)) : Optional.empty());
    }
    if (types.equals(Set.of("integer", "number"))) {
      return Scalar.NUMBER;
    }
    return types.size() > 1 ? Scalar.ANY : switch (types.iterator().next()) {
      case "integer" -> Scalar.INTEGER;
      case "number" -> Scalar.NUMBER;
      case "boolean" -> Scalar.BOOLEAN;
      default -> Scalar.STRING;
    };
  }

  /// @param found gets the schema of items, and that of other members
  private static void collect(Node schema, Node.Obj document, Set<String> types, Map<String, Node> members, Node[] found, int hops) {
    if (hops > 20 || !(schema instanceof Node.Obj object)) {
      return;
    }
    object.text("$ref").filter(reference -> reference.startsWith("#")).flatMap(reference -> document.find(reference.substring(1)))
        .ifPresent(target -> collect(target, document, types, members, found, hops + 1));
    object.get("type").ifPresent(type -> {
      if (type instanceof Node.Arr several) {
        several.items().forEach(each -> types.add(String.valueOf(each.plain())));
      } else {
        types.add(String.valueOf(type.plain()));
      }
    });
    if (types.isEmpty()) {
      object.items("enum").forEach(value -> types.add(typeOf(value)));
      object.get("const").ifPresent(value -> types.add(typeOf(value)));
    }
    object.object("properties").ifPresent(properties -> properties.members().forEach(members::putIfAbsent));
    object.get("items").ifPresent(items -> found[0] = found[0] == null ? items : found[0]);
    object.get("additionalProperties").ifPresent(others -> found[1] = found[1] == null ? others : found[1]);
    object.items("allOf").forEach(part -> collect(part, document, types, members, found, hops + 1));
    for (String keyword : new String[] {"anyOf", "oneOf"}) {
      object.items(keyword).forEach(part -> collect(part, document, types, members, found, hops + 1));
    }
  }

  private static String typeOf(Node value) {
    return switch (value) {
      case Node.Text text -> "string";
      case Node.Num number -> number.value() instanceof BigDecimal ? "number" : "integer";
      case Node.Bool bool -> "boolean";
      case Node.Null nothing -> "null";
      case Node.Arr array -> "array";
      case Node.Obj object -> "object";
    };
  }
}
