package dev.tenon.contract.compare;

import java.util.ArrayList;
import java.util.List;

/// The catalogue: every kind of change that the comparison tells of.
public final class Rules {

  private Rules() {}

  /// All rules: first those about operations and what belongs to them, then those about schemas, for requests and for responses.
  public static List<Rule> all() {
    List<Rule> rules = new ArrayList<>();
    for (ApiRule rule : ApiRule.values()) {
      rules.add(rule.rule());
    }
    for (Direction direction : Direction.values()) {
      for (Facet facet : Facet.values()) {
        rules.addAll((direction == Direction.REQUEST ? facet.requestRules() : facet.responseRules()).values());
      }
      for (NoteRule rule : NoteRule.values()) {
        rules.add(rule.rule(direction));
      }
    }
    return List.copyOf(rules);
  }
}
