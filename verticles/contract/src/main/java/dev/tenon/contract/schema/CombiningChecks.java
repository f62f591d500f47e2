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
    public boolean holds(Object value, Run run) {
      for (int i = 0; i < schemas.size(); i++) {
        if (!schemas.get(i).holds(value, run)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean holds(Object value, Run run, Evaluated evaluated) {
      for (int i = 0; i < schemas.size(); i++) {
        if (!schemas.get(i).holds(value, run, evaluated)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      for (Schema schema : schemas) {
        if (!findings.full() && !schema.holds(value, findings.run())) {
          schema.explain(value, at, findings);
        }
      }
    }
  }

  /// `anyOf`, or `oneOf` where only one may match.
  ///
  /// @param discriminator says which alternative a value is meant to be; it never changes what is valid
  record Some(String keyword, boolean onlyOne, List<Schema> schemas, Discriminator discriminator) implements Check {

    /// Alternatives inside alternatives are explained this deep: each level has several times the words of the one below.
    private static final int NESTING_EXPLAINED_MAX = 2;

    @Override
    public boolean holds(Object value, Run run) {
      int matching = 0;
      for (int i = 0; i < schemas.size(); i++) {
        if (schemas.get(i).holds(value, run)) {
          if (!onlyOne) {
            return true;
          }
          if (++matching > 1) {
            return false;
          }
        }
      }
      return matching == 1;
    }

    @Override
    public boolean holds(Object value, Run run, Evaluated evaluated) {
      int matching = 0;
      for (int i = 0; i < schemas.size(); i++) {
        Evaluated own = new Evaluated();
        if (schemas.get(i).holds(value, run, own)) {
          matching++;
          evaluated.add(own);
        }
      }
      return onlyOne ? matching == 1 : matching > 0;
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      List<Integer> matching = IntStream.range(0, schemas.size()).filter(i -> schemas.get(i).holds(value, findings.run())).boxed().toList();
      if (!matching.isEmpty()) {
        findings.add(at, keyword, "must be exactly one of " + schemas.size() + " alternatives, and is " + matching.size() + " of them");
      } else if (!discriminator.explain(value, at, findings)) {
        String reasons = findings.nesting() >= NESTING_EXPLAINED_MAX ? "" : IntStream.range(0, schemas.size()).limit(5)
            .mapToObj(i -> reason(i, value, findings.ofAlternative())).collect(Collectors.joining("; ", " (", ")"));
        findings.add(at, keyword, "must be " + (onlyOne ? "exactly" : "at least") + " one of " + schemas.size() + " alternatives" + reasons);
      }
    }

    private String reason(int index, Object value, Findings findings) {
      schemas.get(index).explain(value, Place.ROOT, findings);
      Violation first = findings.all().getFirst();
      return (index + 1) + ": " + (first.pointer().isEmpty() ? "it" : first.pointer()) + " " + first.detail();
    }
  }

  /// OpenAPI's `discriminator`: a member that names the alternative which is meant. "MUST NOT change the validation outcome" (OpenAPI 3.1.1, 4.8.25), so it
  /// only makes messages better.
  ///
  /// @param property empty where there is none
  /// @param named the alternatives by the values that name them
  record Discriminator(String property, Map<String, Schema> named) {
    static final Discriminator NONE = new Discriminator("", Map.of());

    /// Explains a value that is none of the alternatives by the one that it is meant to be. False when that cannot be known.
    boolean explain(Object value, Place at, Findings findings) {
      if (named.isEmpty() || !(value instanceof Map<?, ?> object) || !(object.get(property) instanceof String name)) {
        return false;
      }
      Schema meant = named.get(name);
      if (meant == null) {
        findings.add(at.member(property), "discriminator", "must be one of " + named.keySet().stream().sorted().limit(12)
            .map(each -> '"' + each + '"').collect(Collectors.joining(", ")) + (named.size() > 12 ? ", …" : ""));
      } else {
        meant.explain(value, at, findings);
      }
      return true;
    }
  }

  /// `not`.
  record Not(Schema schema) implements Check {
    @Override
    public boolean holds(Object value, Run run) {
      return !schema.holds(value, run);
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      findings.add(at, "not", "is what it must not be");
    }
  }

  /// `if`, `then`, `else`.
  record Conditional(Schema condition, Schema then, Schema otherwise) implements Check {
    @Override
    public boolean holds(Object value, Run run) {
      return condition.holds(value, run) ? then.holds(value, run) : otherwise.holds(value, run);
    }

    @Override
    public boolean holds(Object value, Run run, Evaluated evaluated) {
      Evaluated own = new Evaluated();
      if (!condition.holds(value, run, own)) {
        return otherwise.holds(value, run, evaluated);
      }
      evaluated.add(own);
      return then.holds(value, run, evaluated);
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      (condition.holds(value, findings.run()) ? then : otherwise).explain(value, at, findings);
    }
  }
}
