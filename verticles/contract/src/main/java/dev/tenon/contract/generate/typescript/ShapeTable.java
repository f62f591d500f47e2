package dev.tenon.contract.generate.typescript;

import dev.tenon.contract.generate.Declaration;
import dev.tenon.contract.generate.Declaration.Alias;
import dev.tenon.contract.generate.Declaration.Definition;
import dev.tenon.contract.generate.Declaration.Enumeration;
import dev.tenon.contract.generate.Declaration.Obj;
import dev.tenon.contract.generate.Declaration.Tuple;
import dev.tenon.contract.generate.Declaration.Union;
import dev.tenon.contract.generate.Type;
import dev.tenon.contract.generate.Type.Basic;
import dev.tenon.contract.generate.Type.Literals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What answers have to look like, as data that the runtime checks them by: kinds of values, members that have to be there, and fixed values. It is what a
/// client's types promise, and nothing of the contract's finer rules.
final class ShapeTable {

  private final ScriptTypes types;
  private final Map<String, String> table = new LinkedHashMap<>();

  ShapeTable(ScriptTypes types) {
    this.types = types;
  }

  /// The shape of a type. Declared types are put into the table.
  String of(Type type) {
    return switch (type) {
      case Basic basic -> switch (basic) {
        case ANY -> "\"any\"";
        case BOOLEAN -> "\"boolean\"";
        case INT32, INT64, INTEGER, NUMBER, DECIMAL -> "\"number\"";
        default -> "\"string\"";
      };
      case Literals(Basic base, List<Object> values) -> values.size() == 1
          ? "[\"is\", " + (values.getFirst() instanceof String text ? ScriptText.quoted(text) : values.getFirst()) + "]"
          : of(base);
      case Type.ListOf(Type items) -> "[\"list\", " + of(items) + "]";
      case Type.MapOf(Type values) -> "[\"map\", " + of(values) + "]";
      case Type.Nullable(Type inner) -> "[\"null\", " + of(inner) + "]";
      case Type.Ref(Declaration to) -> {
        String name = types.of(to);
        if (table.putIfAbsent(name, "") == null) {
          table.put(name, of(to.definition()));
        }
        yield ScriptText.quoted("#" + name);
      }
    };
  }

  private String of(Definition definition) {
    return switch (definition) {
      case Obj(var members, var others) -> "[\"object\", [" + members.stream()
          .map(member -> "[" + ScriptText.quoted(member.name()) + ", " + of(member.type()) + (member.required() ? ", 1]" : "]"))
          .collect(Collectors.joining(", ")) + "]" + others.map(type -> ", " + of(type)).orElse("") + "]";
      case Enumeration enumeration -> "\"string\"";
      case Union(var variants, var discriminator, var mapping) -> "[\"one\", " + variants.stream().map(variant -> of(variant.type())).collect(Collectors.joining(", ")) + "]";
      case Tuple(var items, int least, var rest) -> "[\"tuple\", " + least + ", [" + items.stream().map(this::of).collect(Collectors.joining(", ")) + "]"
          + rest.map(type -> ", " + of(type)).orElse("") + "]";
      case Alias(Type type) -> of(type);
    };
  }

  /// The table's entries, in the order in which they were asked for.
  List<String> entries() {
    List<String> entries = new ArrayList<>();
    table.forEach((name, shape) -> entries.add(name + ": " + shape + ","));
    return entries;
  }
}
