package dev.tenon.contract.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Equality of JSON values: numbers by value, members in any order.
final class Equality {

  private Equality() {}

  /// A value whose `equals` is JSON's.
  static Object canonical(Object value) {
    return switch (value) {
      case null -> null;
      case Number number -> Numbers.exact(number).stripTrailingZeros();
      case List<?> list -> {
        List<Object> items = new ArrayList<>(list.size());
        list.forEach(item -> items.add(canonical(item)));
        yield items;
      }
      case Map<?, ?> map -> {
        Map<Object, Object> members = HashMap.newHashMap(map.size());
        map.forEach((name, member) -> members.put(name, canonical(member)));
        yield members;
      }
      default -> value;
    };
  }
}
