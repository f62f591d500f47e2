package dev.tenon.contract.sample;

import dev.tenon.contract.Node;
import dev.tenon.contract.schema.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What one alternative asks of the members of an object and of the items of an array.
final class Places {

  private Places() {}

  /// The schemas that the member `name` has to fit; empty where it may not be there.
  static Optional<List<Node>> member(Facts facts, String name) {
    if (facts.forbidden().contains(name)) {
      return Optional.empty();
    }
    List<Node> demand = new ArrayList<>();
    boolean seen = false;
    for (Node.Obj part : facts.parts()) {
      List<Node> own = named(facts, part, name);
      seen |= !own.isEmpty();
      demand.addAll(own);
      Optional<Node> others = own.isEmpty() ? part.get("additionalProperties") : Optional.empty();
      if (others.isPresent()) {
        if (isFalse(others.get())) {
          return Optional.empty();
        }
        seen = true;
        demand.add(others.get());
      }
    }
    if (!seen && facts.dialect() != Dialect.OPENAPI_3_0) {
      for (Node rest : facts.all("unevaluatedProperties")) {
        if (isFalse(rest)) {
          return Optional.empty();
        }
        demand.add(rest);
      }
    }
    return Optional.of(demand);
  }

  private static List<Node> named(Facts facts, Node.Obj part, String name) {
    List<Node> own = new ArrayList<>();
    part.object("properties").flatMap(properties -> properties.get(name)).ifPresent(own::add);
    if (facts.dialect() != Dialect.OPENAPI_3_0) {
      part.object("patternProperties").ifPresent(patterns -> patterns.members().forEach((pattern, schema) -> {
        if (Pattern.compile(pattern).matcher(name).find()) {
          own.add(schema);
        }
      }));
    }
    return own;
  }

  /// The members that the schemas name, in their order.
  static Set<String> known(Facts facts) {
    Set<String> names = new LinkedHashSet<>();
    facts.parts().forEach(part -> part.object("properties").ifPresent(properties -> names.addAll(properties.members().keySet())));
    return names;
  }

  static Set<String> required(Facts facts) {
    Set<String> names = new LinkedHashSet<>();
    for (Node.Obj part : facts.parts()) {
      part.items("required").forEach(node -> Texts.value(node).ifPresent(names::add));
    }
    names.addAll(facts.needed());
    names.addAll(facts.fixed().keySet());
    return names;
  }

  /// The names with those that `dependentRequired` adds for them.
  static Set<String> withDependents(Facts facts, Set<String> names) {
    Set<String> all = new LinkedHashSet<>(names);
    int before;
    do {
      before = all.size();
      for (Node.Obj part : facts.parts()) {
        part.object("dependentRequired").filter(needs -> facts.dialect() != Dialect.OPENAPI_3_0).ifPresent(needs -> needs.members().forEach((name, node) -> {
          if (all.contains(name) && node instanceof Node.Arr others) {
            others.items().forEach(other -> Texts.value(other).ifPresent(all::add));
          }
        }));
      }
    } while (all.size() > before);
    return all;
  }

  /// The schemas that the item `index` has to fit, `contains` aside; empty where there may be none.
  static Optional<List<Node>> item(Facts facts, int index) {
    List<Node> demand = new ArrayList<>();
    for (Node.Obj part : facts.parts()) {
      List<Node> prefix = facts.dialect() == Dialect.OPENAPI_3_0 ? List.of() : part.items("prefixItems");
      if (index < prefix.size()) {
        demand.add(prefix.get(index));
      } else if (part.get("items").isPresent()) {
        demand.add(part.get("items").get());
      } else if (facts.dialect() != Dialect.OPENAPI_3_0 && !part.has("contains")) {
        part.get("unevaluatedItems").ifPresent(demand::add);
      }
    }
    return demand.stream().anyMatch(Places::isFalse) ? Optional.empty() : Optional.of(demand);
  }

  static int prefixes(Facts facts) {
    return facts.dialect() == Dialect.OPENAPI_3_0 ? 0 : facts.parts().stream().mapToInt(part -> part.items("prefixItems").size()).max().orElse(0);
  }

  static boolean isFalse(Node schema) {
    return schema instanceof Node.Bool bool && !bool.value();
  }

  /// The schema of the values of names that nobody named, where there is one.
  static boolean isOpenMap(Facts facts) {
    return facts.all("additionalProperties").stream().anyMatch(node -> node instanceof Node.Obj) || facts.dialect() != Dialect.OPENAPI_3_0 && facts.has("patternProperties");
  }

  static Map<String, Node> patterns(Facts facts) {
    Map<String, Node> all = new LinkedHashMap<>();
    if (facts.dialect() != Dialect.OPENAPI_3_0) {
      facts.parts().forEach(part -> part.object("patternProperties").ifPresent(patterns -> all.putAll(patterns.members())));
    }
    return all;
  }
}
