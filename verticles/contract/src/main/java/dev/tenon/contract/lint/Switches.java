package dev.tenon.contract.lint;

import dev.tenon.contract.ContractProblem;
import dev.tenon.contract.Node;
import dev.tenon.contract.Pointer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which rules are off, and where: everywhere by a flag, below an object by its `x-tenon-lint-off: [rule, …]`.
final class Switches {

  static final String EXTENSION = "x-tenon-lint-off";

  private final Set<Rule> everywhere;
  private final Map<String, Set<Rule>> below = new HashMap<>();
  private final List<ContractProblem> problems = new ArrayList<>();

  Switches(Set<Rule> everywhere, Node document) {
    this.everywhere = everywhere.isEmpty() ? EnumSet.noneOf(Rule.class) : EnumSet.copyOf(everywhere);
    look(document, "");
  }

  /// What is wrong with the extensions themselves.
  List<ContractProblem> problems() {
    return problems;
  }

  boolean off(Rule rule, String pointer) {
    if (rule.kind() == Rule.Kind.SPECIFICATION) {
      return false;
    }
    if (everywhere.contains(rule)) {
      return true;
    }
    if (below.isEmpty()) {
      return false;
    }
    for (String at = pointer;; at = at.substring(0, at.lastIndexOf('/'))) {
      if (below.getOrDefault(at, Set.of()).contains(rule)) {
        return true;
      }
      if (at.isEmpty()) {
        return false;
      }
    }
  }

  private void look(Node node, String pointer) {
    switch (node) {
      case Node.Obj object -> object.members().forEach((name, value) -> {
        if (name.equals(EXTENSION)) {
          below.put(pointer, rules(value));
        } else {
          look(value, pointer + "/" + Pointer.escape(name));
        }
      });
      case Node.Arr array -> {
        for (int i = 0; i < array.items().size(); i++) {
          look(array.items().get(i), pointer + "/" + i);
        }
      }
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> { }
    }
  }

  private Set<Rule> rules(Node value) {
    EnumSet<Rule> rules = EnumSet.noneOf(Rule.class);
    List<Node> names = value instanceof Node.Arr array ? array.items() : List.of(value);
    for (Node name : names) {
      Optional<Rule> rule = name instanceof Node.Text text ? Rule.of(text.value()) : Optional.empty();
      if (rule.isEmpty() || rule.get().kind() == Rule.Kind.SPECIFICATION) {
        problems.add(new ContractProblem(name.at(), "\"" + EXTENSION + "\" names " + (rule.isPresent() ? "\"" + rule.get().id() + "\", which is the specification's and stays on" : "no rule")
            + " – use one of " + ContractCheck.switchable()));
      } else {
        rules.add(rule.get());
      }
    }
    return rules;
  }
}
