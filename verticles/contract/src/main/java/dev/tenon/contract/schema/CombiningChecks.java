package dev.tenon.contract.schema;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The checks that are made of schemas for the same value.
final class CombiningChecks {

  private CombiningChecks() {}

  /// `allOf`, and `$ref` as an allOf of one.
  record All(List<Schema> schemas) implements Check {
    @Override
    public boolean holds(Object value) {
      for (int i = 0; i < schemas.size(); i++) {
        if (!schemas.get(i).holds(value)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      schemas.stream().filter(schema -> !schema.holds(value)).forEach(schema -> schema.explain(value, at, findings));
    }

    @Override
    public boolean evaluates(Map<?, ?> object, String name) {
      return schemas.stream().anyMatch(schema -> schema.evaluates(object, name));
    }

    @Override
    public boolean evaluates(List<?> array, int index) {
      return schemas.stream().anyMatch(schema -> schema.evaluates(array, index));
    }
  }

  /// `anyOf` and `oneOf`.
  record Some(String keyword, List<Schema> schemas) implements Check {
    @Override
    public boolean holds(Object value) {
      int matching = 0;
      for (int i = 0; i < schemas.size(); i++) {
        if (schemas.get(i).holds(value)) {
          if (keyword.equals("anyOf")) {
            return true;
          }
          matching++;
        }
      }
      return matching == 1;
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      List<Integer> matching = IntStream.range(0, schemas.size()).filter(i -> schemas.get(i).holds(value)).boxed().toList();
      if (!matching.isEmpty()) {
        findings.add(at, keyword, "must be exactly one of " + schemas.size() + " alternatives, and is " + matching.size() + " of them");
        return;
      }
      String reasons = IntStream.range(0, schemas.size()).limit(5).mapToObj(i -> reason(i, value)).collect(Collectors.joining("; "));
      findings.add(at, keyword, "must be " + (keyword.equals("anyOf") ? "at least" : "exactly") + " one of " + schemas.size() + " alternatives (" + reasons + ")");
    }

    private String reason(int index, Object value) {
      Violation first = schemas.get(index).violations(value).getFirst();
      return (index + 1) + ": " + (first.pointer().isEmpty() ? "it" : first.pointer()) + " " + first.detail();
    }

    @Override
    public boolean evaluates(Map<?, ?> object, String name) {
      return schemas.stream().anyMatch(schema -> schema.evaluates(object, name) && schema.holds(object));
    }

    @Override
    public boolean evaluates(List<?> array, int index) {
      return schemas.stream().anyMatch(schema -> schema.evaluates(array, index) && schema.holds(array));
    }
  }

  /// `not`.
  record Not(Schema schema) implements Check {
    @Override
    public boolean holds(Object value) {
      return !schema.holds(value);
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      findings.add(at, "not", "is what it must not be");
    }
  }

  /// `if`, `then`, `else`.
  record Conditional(Schema condition, Schema then, Schema otherwise) implements Check {
    @Override
    public boolean holds(Object value) {
      return condition.holds(value) ? then.holds(value) : otherwise.holds(value);
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      (condition.holds(value) ? then : otherwise).explain(value, at, findings);
    }

    @Override
    public boolean evaluates(Map<?, ?> object, String name) {
      return condition.holds(object)
          ? condition.evaluates(object, name) || then.evaluates(object, name)
          : otherwise.evaluates(object, name);
    }

    @Override
    public boolean evaluates(List<?> array, int index) {
      return condition.holds(array)
          ? condition.evaluates(array, index) || then.evaluates(array, index)
          : otherwise.evaluates(array, index);
    }
  }
}
