package dev.tenon.contract;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// What a parameter's text stands for. Text that does not look like its shape stays text, and the schema says what is wrong with it.
public sealed interface ValueShape {

  /// One value.
  enum Scalar implements ValueShape {
    STRING,
    /// Decimal digits, with a minus sign before them or not. What JSON would take for the same whole number, `1e3` or `1.0`, is refused: not every component
    /// that reads the text does so as JSON.
    INTEGER,
    /// A number as JSON writes it.
    NUMBER,
    BOOLEAN;

    /// The value that a text stands for; the text itself where it does not look like one.
    public Object read(String text) {
      return switch (this) {
        case STRING -> text;
        case INTEGER -> number(text, INTEGER_TEXT);
        case NUMBER -> number(text, NUMBER_TEXT);
        case BOOLEAN -> text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : text;
      };
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

  record ListOf(Scalar items) implements ValueShape {}

  record ObjectOf(Map<String, Scalar> members) implements ValueShape {
    public ObjectOf {
      members = Map.copyOf(members);
    }
  }

  /// The shape that a schema describes. References are followed; a schema that says nothing about its type is a string.
  static ValueShape of(Node schema, Node.Obj document) {
    Node.Obj object = resolved(schema, document);
    return switch (type(object)) {
      case "array" -> new ListOf(object.get("items").map(items -> scalar(resolved(items, document))).orElse(Scalar.STRING));
      case "object" -> {
        Map<String, Scalar> members = new LinkedHashMap<>();
        object.object("properties").ifPresent(properties -> properties.members().forEach((name, node) -> members.put(name, scalar(resolved(node, document)))));
        yield new ObjectOf(members);
      }
      default -> scalar(object);
    };
  }

  private static Scalar scalar(Node.Obj schema) {
    return switch (type(schema)) {
      case "integer" -> Scalar.INTEGER;
      case "number" -> Scalar.NUMBER;
      case "boolean" -> Scalar.BOOLEAN;
      default -> Scalar.STRING;
    };
  }

  private static String type(Node.Obj schema) {
    Node type = schema.members().get("type");
    if (type instanceof Node.Arr several) {
      return several.items().stream()
          .map(each -> each instanceof Node.Text text ? text.value() : "")
          .filter(name -> !name.equals("null"))
          .reduce((first, second) -> "string")
          .orElse("string");
    }
    return type instanceof Node.Text text ? text.value() : "string";
  }

  private static Node.Obj resolved(Node schema, Node.Obj document) {
    Node node = schema;
    for (int hops = 0; hops < 50 && node instanceof Node.Obj object && object.text("$ref").isPresent(); hops++) {
      node = document.find(object.text("$ref").get().substring(1)).orElse(null);
    }
    return node instanceof Node.Obj object ? object : new Node.Obj(Map.of(), schema.at());
  }
}
