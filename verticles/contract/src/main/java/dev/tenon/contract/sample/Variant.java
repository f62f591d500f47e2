package dev.tenon.contract.sample;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A value in which one thing, somewhere inside it, is special.
///
/// @param pointer where
/// @param what what is special, most often a keyword
record Variant(String pointer, String what, Object value) {

  /// The same thing as a member of an object.
  Variant inside(Map<?, ?> object, String name) {
    return new Variant(prefixed(name, pointer), what, with(object, name, value));
  }

  /// The same thing as an item of an array.
  Variant inside(List<?> array, int index) {
    return new Variant("/" + index + pointer, what, with(array, index, value));
  }

  String name() {
    return pointer.isEmpty() ? what : pointer + " " + what;
  }

  static String prefixed(String name, String pointer) {
    return "/" + name.replace("~", "~0").replace("/", "~1") + pointer;
  }

  static Map<String, Object> with(Map<?, ?> object, String name, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>();
    object.forEach((key, member) -> changed.put((String) key, member));
    changed.put(name, value);
    return changed;
  }

  static Map<String, Object> without(Map<?, ?> object, String name) {
    Map<String, Object> changed = with(object, name, null);
    changed.remove(name);
    return changed;
  }

  static List<Object> with(List<?> array, int index, Object value) {
    List<Object> changed = new ArrayList<>(array);
    if (index < changed.size()) {
      changed.set(index, value);
    } else {
      changed.add(value);
    }
    return changed;
  }
}
