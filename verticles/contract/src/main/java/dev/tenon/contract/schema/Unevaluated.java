package dev.tenon.contract.schema;

import java.util.List;
import java.util.Map;

/// `unevaluatedProperties` and `unevaluatedItems`: what the members and items must be that nothing else has looked at. The last check of its schema.
record Unevaluated(Schema members, Schema items) implements Check {

  /// Asked so only about values that have neither members nor items.
  @Override
  public boolean holds(Object value, Run run) {
    return true;
  }

  @Override
  public boolean holds(Object value, Run run, Evaluated evaluated) {
    if (members != null && value instanceof Map<?, ?> object) {
      for (Map.Entry<?, ?> member : object.entrySet()) {
        if (!evaluated.has((String) member.getKey()) && !members.holds(member.getValue(), run)) {
          return false;
        }
      }
      evaluated.all();
    }
    if (items != null && value instanceof List<?> array) {
      for (int i = 0; i < array.size(); i++) {
        if (!evaluated.has(i) && !items.holds(array.get(i), run)) {
          return false;
        }
      }
      evaluated.all();
    }
    return true;
  }

  @Override
  public void explain(Object value, Place at, Findings findings) {
    explain(value, at, findings, new Evaluated());
  }

  void explain(Object value, Place at, Findings findings, Evaluated evaluated) {
    if (value instanceof Map<?, ?> object) {
      object.forEach((name, member) -> {
        if (!evaluated.has((String) name) && !members.holds(member, findings.run())) {
          findings.add(at.member((String) name), "unevaluatedProperties", "is not a property that is known here");
        }
      });
    } else if (value instanceof List<?> array) {
      for (int i = 0; i < array.size() && !findings.full(); i++) {
        if (!evaluated.has(i) && !items.holds(array.get(i), findings.run())) {
          findings.add(at.item(i), "unevaluatedItems", "is an item that is not known here");
        }
      }
    }
  }
}
