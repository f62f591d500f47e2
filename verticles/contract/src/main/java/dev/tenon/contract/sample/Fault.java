package dev.tenon.contract.sample;

import java.util.List;
import java.util.Map;

/// One way of breaking a schema, with the values that may do so and nothing else, the best first.
record Fault(String pointer, String keyword, String what, List<Object> candidates) {

  Fault inside(Map<?, ?> object, String name) {
    return new Fault(Variant.prefixed(name, pointer), keyword, what, candidates.stream().map(value -> (Object) Variant.with(object, name, value)).toList());
  }

  Fault inside(List<?> array, int index) {
    return new Fault("/" + index + pointer, keyword, what, candidates.stream().map(value -> (Object) Variant.with(array, index, value)).toList());
  }

  Fault labelled(String label) {
    return label.isEmpty() ? this : new Fault(pointer, keyword, what + " (" + label + ")", candidates);
  }

  String name() {
    return pointer.isEmpty() ? what : pointer + " " + what;
  }
}
