package dev.tenon.contract;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A JSON value that knows where it was written. Immutable.
///
/// Two nodes are the same value when their [#plain()] values are equal; as records they differ by their places.
public sealed interface Node {

  Location at();

  record Obj(Map<String, Node> members, Location at) implements Node {
    public Obj {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public Optional<Node> get(String name) {
      return Optional.ofNullable(members.get(name));
    }

    public boolean has(String name) {
      return members.containsKey(name);
    }

    /// The member if it is there and is an object.
    public Optional<Obj> object(String name) {
      return members.get(name) instanceof Obj found ? Optional.of(found) : Optional.empty();
    }

    /// The items of a member that is an array; none where it is absent or something else.
    public List<Node> items(String name) {
      return members.get(name) instanceof Arr found ? found.items() : List.of();
    }

    /// The member if it is there and is a string.
    public Optional<String> text(String name) {
      return members.get(name) instanceof Text found ? Optional.of(found.value()) : Optional.empty();
    }

    /// Whether the member is `true`.
    public boolean isTrue(String name) {
      return members.get(name) instanceof Bool found && found.value();
    }

    /// The member if it is there and is a whole number.
    public Optional<Long> wholeNumber(String name) {
      return members.get(name) instanceof Num found && found.value() instanceof Long number ? Optional.of(number) : Optional.empty();
    }
  }

  record Arr(List<Node> items, Location at) implements Node {
    public Arr {
      items = List.copyOf(items);
    }
  }

  record Text(String value, Location at) implements Node {}

  /// @param value a [Long], [BigInteger] or [BigDecimal]
  record Num(Number value, Location at) implements Node {}

  record Bool(boolean value, Location at) implements Node {}

  record Null(Location at) implements Node {}

  /// Reads YAML or JSON (a text that starts with `{`), plain scalars as YAML 1.2's core schema means them.
  ///
  /// @param file its name, for places
  /// @throws ContractException when it is neither
  static Node read(String file, String text) {
    return SourceReader.read(file, text);
  }

  /// The value without places: [Map], [List], [String], [Number], [Boolean] or null.
  default Object plain() {
    return switch (this) {
      case Obj object -> {
        Map<String, Object> map = LinkedHashMap.newLinkedHashMap(object.members().size());
        object.members().forEach((name, value) -> map.put(name, value.plain()));
        yield map;
      }
      case Arr array -> {
        List<Object> list = new ArrayList<>(array.items().size());
        array.items().forEach(item -> list.add(item.plain()));
        yield list;
      }
      case Text text -> text.value();
      case Num number -> number.value();
      case Bool bool -> bool.value();
      case Null nothing -> null;
    };
  }

  /// What a JSON pointer (RFC 6901, also as a URI fragment) leads to from here; empty where it leads nowhere.
  default Optional<Node> find(String pointer) {
    if (pointer.isEmpty()) {
      return Optional.of(this);
    }
    if (!pointer.startsWith("/")) {
      return Optional.empty();
    }
    int end = pointer.indexOf('/', 1);
    String escaped = pointer.substring(1, end < 0 ? pointer.length() : end);
    String name = Pointer.unescape(escaped);
    String rest = end < 0 ? "" : pointer.substring(end);
    return switch (this) {
      case Obj object -> object.get(name).flatMap(member -> member.find(rest));
      case Arr array when name.matches("0|[1-9][0-9]{0,8}") && Integer.parseInt(name) < array.items().size() -> array.items().get(Integer.parseInt(name)).find(rest);
      default -> Optional.empty();
    };
  }

  /// What a message calls this kind of value.
  default String kind() {
    return switch (this) {
      case Obj object -> "an object";
      case Arr array -> "an array";
      case Text text -> "a string";
      case Num number -> "a number";
      case Bool bool -> "a boolean";
      case Null nothing -> "null";
    };
  }
}
