package dev.tenon.contract.sample;

import dev.tenon.contract.Node;
import dev.tenon.contract.schema.Dialect;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads schemas as lists of alternatives: a value that fits one of them may fit the schema, and every branch is in one of them.
final class Alternatives {

  /// More than so many are not followed one by one; each branch is still in one of them.
  static final int ALTERNATIVES_MAX = 64;
  private static final int HOPS_MAX = 60;

  private final Node.Obj document;
  private final Dialect dialect;
  private final Map<Node, List<Facts>> known = new IdentityHashMap<>();

  Alternatives(Node.Obj document, Dialect dialect) {
    this.document = document;
    this.dialect = dialect;
  }

  Dialect dialect() {
    return dialect;
  }

  /// The alternatives of a value that has to fit all of the schemas; none where nothing can.
  List<Facts> of(List<Node> schemas) {
    if (schemas.size() == 1) {
      List<Facts> found = known.get(schemas.getFirst());
      if (found == null) {
        found = join(List.of(Facts.none(dialect)), schemas.getFirst(), 0);
        known.put(schemas.getFirst(), found);
      }
      return found;
    }
    List<Facts> all = List.of(Facts.none(dialect));
    for (Node schema : schemas) {
      all = join(all, schema, 0);
    }
    return all;
  }

  /// The alternatives of a value that fits one of those known and another schema.
  List<Facts> join(Facts facts, Node schema) {
    return join(List.of(facts), schema, 0);
  }

  /// What a reference leads to.
  Optional<Node> target(String reference) {
    return reference.equals("#") || reference.startsWith("#/") ? document.find(reference.substring(1)) : Optional.empty();
  }

  private List<Facts> join(List<Facts> before, Node schema, int hops) {
    if (hops > HOPS_MAX || before.isEmpty()) {
      return List.of();
    }
    return switch (schema) {
      case Node.Bool bool -> bool.value() ? before : List.of();
      case Node.Obj object -> join(before, object, hops);
      default -> List.of();
    };
  }

  private List<Facts> join(List<Facts> before, Node.Obj schema, int hops) {
    List<Facts> all = before;
    Optional<String> reference = schema.text("$ref");
    if (reference.isPresent()) {
      Optional<Node> target = target(reference.get());
      if (target.isEmpty()) {
        return List.of();
      }
      all = join(all, target.get(), hops + 1);
      if (dialect == Dialect.OPENAPI_3_0) {
        return all;
      }
    }
    all = all.stream().map(facts -> facts.with(schema)).toList();
    for (Node each : schema.items("allOf")) {
      all = join(all, each, hops + 1);
    }
    for (String keyword : List.of("oneOf", "anyOf")) {
      if (schema.has(keyword)) {
        all = branches(all, schema, keyword, hops);
      }
    }
    return dialect == Dialect.OPENAPI_3_0 ? all : conditions(all, schema, hops);
  }

  private List<Facts> branches(List<Facts> before, Node.Obj schema, String keyword, int hops) {
    List<Facts> all = new ArrayList<>();
    List<Node> branches = schema.items(keyword);
    boolean every = (long) before.size() * branches.size() <= ALTERNATIVES_MAX;
    for (int i = 0; i < branches.size(); i++) {
      Node branch = branches.get(i);
      String label = keyword + "/" + i;
      List<Facts> from = every || i == 0 ? before : before.subList(0, 1);
      for (Facts facts : join(from, branch, hops + 1)) {
        Facts labelled = discriminated(facts.labelled(label), schema, branch);
        all.add(keyword.equals("oneOf") ? labelled.avoiding(neededElsewhere(branches, i)) : labelled);
      }
    }
    return all;
  }

  /// What the other branches require and this one does not.
  private Set<String> neededElsewhere(List<Node> branches, int index) {
    Set<String> elsewhere = new LinkedHashSet<>();
    for (int i = 0; i < branches.size(); i++) {
      if (i != index) {
        elsewhere.addAll(requiredBy(branches.get(i)));
      }
    }
    elsewhere.removeAll(requiredBy(branches.get(index)));
    return elsewhere;
  }

  private Set<String> requiredBy(Node branch) {
    Set<String> names = new LinkedHashSet<>();
    if (branch instanceof Node.Obj object) {
      Node own = object.text("$ref").flatMap(this::target).orElse(object);
      if (own instanceof Node.Obj found) {
        found.items("required").forEach(node -> Texts.value(node).ifPresent(names::add));
      }
    }
    return names;
  }

  /// With the member that tells the branches apart fixed to what names this one.
  private static Facts discriminated(Facts facts, Node.Obj schema, Node branch) {
    Optional<Node.Obj> discriminator = schema.object("discriminator");
    Optional<String> property = discriminator.flatMap(object -> object.text("propertyName"));
    Optional<String> reference = branch instanceof Node.Obj object ? object.text("$ref") : Optional.empty();
    if (property.isEmpty() || reference.isEmpty()) {
      return facts;
    }
    String name = reference.get().substring(reference.get().lastIndexOf('/') + 1);
    String value = discriminator.get().object("mapping").flatMap(mapping -> mapping.members().entrySet().stream()
        .filter(entry -> entry.getValue() instanceof Node.Text text && (text.value().equals(reference.get()) || text.value().equals(name)))
        .map(Map.Entry::getKey).findFirst()).orElse(name);
    return facts.fixing(property.get(), value);
  }

  private List<Facts> conditions(List<Facts> before, Node.Obj schema, int hops) {
    List<Facts> all = before;
    if (schema.get("if").isPresent()) {
      List<Facts> held = labelled(join(all, schema.get("if").get(), hops + 1), "if");
      List<Facts> both = new ArrayList<>(schema.get("then").map(then -> join(held, then, hops + 1)).orElse(held));
      both.addAll(labelled(schema.has("else") ? join(all, schema.get("else").orElseThrow(), hops + 1) : all, "else"));
      all = capped(both);
    }
    if (schema.get("dependentSchemas").orElse(null) instanceof Node.Obj dependent) {
      for (Map.Entry<String, Node> each : dependent.members().entrySet()) {
        List<Facts> both = new ArrayList<>(all.stream().map(facts -> facts.forbidding(each.getKey())).toList());
        List<Facts> having = all.stream().map(facts -> facts.needing(each.getKey()).labelled("with " + each.getKey())).toList();
        both.addAll(join(having, each.getValue(), hops + 1));
        all = capped(both);
      }
    }
    return all;
  }

  private static List<Facts> labelled(List<Facts> all, String label) {
    return all.stream().map(facts -> facts.labelled(label)).toList();
  }

  /// A part from each end, so that both sides of the last choice stay.
  private static List<Facts> capped(List<Facts> all) {
    if (all.size() <= ALTERNATIVES_MAX) {
      return all;
    }
    List<Facts> some = new ArrayList<>(all.subList(0, ALTERNATIVES_MAX / 2));
    some.addAll(all.subList(all.size() - ALTERNATIVES_MAX / 2, all.size()));
    return some;
  }
}
