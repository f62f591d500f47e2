package dev.tenon.contract.compare;

import dev.tenon.contract.Node;
import dev.tenon.contract.schema.Dialect;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Schemas that must hold together, with every `$ref` and `allOf` followed, so that each is left with keywords of its own and alternatives.
///
/// @param schemas in the order they were met, each once
/// @param choices their `anyOf`s and `oneOf`s
/// @param nothing whether one of them is `false`
record Flat(List<Node.Obj> schemas, List<Choice> choices, boolean nothing) {

  /// One `anyOf` or `oneOf`.
  record Choice(Node.Obj owner, String keyword, List<Node> alternatives) {

    boolean exclusive() {
      return keyword.equals("oneOf");
    }
  }

  static Flat of(List<Node> schemas, Shapes shapes) {
    return new Flat(List.of(), List.of(), false).and(schemas, shapes);
  }

  /// These schemas and others.
  Flat and(List<Node> more, Shapes shapes) {
    List<Node.Obj> all = new ArrayList<>(schemas);
    List<Choice> allChoices = new ArrayList<>(choices);
    java.util.Set<Node> met = java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
    met.addAll(schemas);
    boolean refused = nothing;
    Deque<Node> left = new ArrayDeque<>(more);
    while (!left.isEmpty()) {
      Node next = left.pop();
      if (next instanceof Node.Bool bool) {
        refused |= !bool.value();
      } else if (next instanceof Node.Obj object && met.add(object)) {
        boolean hides = shapes.dialect() == Dialect.OPENAPI_3_0 && object.has("$ref");
        if (!hides) {
          all.add(object);
          object.items("allOf").reversed().forEach(left::push);
          for (String keyword : List.of("anyOf", "oneOf")) {
            if (object.members().get(keyword) instanceof Node.Arr) {
              allChoices.add(new Choice(object, keyword, object.items(keyword)));
            }
          }
        }
        object.text("$ref").flatMap(shapes::target).ifPresent(left::push);
      }
    }
    return new Flat(all, allChoices, refused);
  }

  /// Without one of the choices.
  Flat without(Choice choice) {
    return new Flat(schemas, choices.stream().filter(each -> each != choice).toList(), nothing);
  }
}
