package dev.tenon.contract.schema;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Equality of JSON values: numbers by value, members in any order.
final class Equality {

  /// An array or object as a text that is the same for equal ones. Ordered, so that a hash table can tell apart many of them whose hashes a client made equal.
  record Whole(String text) implements Comparable<Whole> {
    @Override
    public int compareTo(Whole other) {
      return text.compareTo(other.text);
    }
  }

  private Equality() {}

  /// A value whose `equals` is JSON's, and which is comparable with others of its class.
  static Object key(Object value) {
    return switch (value) {
      case Number number -> Numbers.exact(number).stripTrailingZeros();
      case List<?> list -> whole(list);
      case Map<?, ?> map -> whole(map);
      case null -> NULL;
      default -> value;
    };
  }

  private static final Whole NULL = new Whole("null");

  private static Whole whole(Object value) {
    StringBuilder text = new StringBuilder();
    write(value, text);
    return new Whole(text.toString());
  }

  private static void write(Object value, StringBuilder text) {
    switch (value) {
      case null -> text.append("null");
      case Number number -> text.append(Numbers.exact(number).stripTrailingZeros());
      case String string -> write(string, text);
      case List<?> list -> {
        text.append('[');
        list.forEach(item -> {
          write(item, text);
          text.append(',');
        });
        text.append(']');
      }
      case Map<?, ?> map -> {
        text.append('{');
        new TreeMap<>(map).forEach((name, member) -> {
          write((String) name, text);
          write(member, text);
        });
        text.append('}');
      }
      default -> text.append(value);
    }
  }

  /// With its length in front no text can look like the end of itself.
  private static void write(String string, StringBuilder text) {
    text.append('"').append(string.length()).append(':').append(string);
  }

  static boolean equal(Object left, Object right) {
    return switch (left) {
      case null -> right == null;
      case Number number -> right instanceof Number other && Numbers.compare(number, other) == 0;
      case List<?> list -> right instanceof List<?> other && equal(list, other);
      case Map<?, ?> map -> right instanceof Map<?, ?> other && equal(map, other);
      default -> left.equals(right);
    };
  }

  private static boolean equal(List<?> left, List<?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    Iterator<?> others = right.iterator();
    for (Object item : left) {
      if (!equal(item, others.next())) {
        return false;
      }
    }
    return true;
  }

  private static boolean equal(Map<?, ?> left, Map<?, ?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Map.Entry<?, ?> member : left.entrySet()) {
      Object other = right.get(member.getKey());
      if (other == null && !right.containsKey(member.getKey()) || !equal(member.getValue(), other)) {
        return false;
      }
    }
    return true;
  }
}
