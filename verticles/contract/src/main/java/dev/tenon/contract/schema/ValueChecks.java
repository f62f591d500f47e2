package dev.tenon.contract.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The checks that look at a value as a whole.
final class ValueChecks {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NAMED_MAX = 12;

  private ValueChecks() {}

  /// `enum`, and `const` as an enum of one.
  ///
  /// @param scalars the strings, booleans and null among the values
  /// @param others the numbers, arrays and objects
  record OneOfValues(String keyword, List<Object> values, Set<Object> scalars, List<Object> others) implements Check {

    static OneOfValues of(String keyword, List<Object> values) {
      Set<Object> scalars = new HashSet<>();
      List<Object> others = new ArrayList<>();
      values.forEach(value -> (isScalar(value) ? scalars : others).add(value));
      return new OneOfValues(keyword, values, scalars, others);
    }

    private static boolean isScalar(Object value) {
      return value instanceof String || value == null || value instanceof Boolean;
    }

    @Override
    public boolean holds(Object value, Run run) {
      if (isScalar(value)) {
        return scalars.contains(value);
      }
      for (int i = 0; i < others.size(); i++) {
        if (Equality.equal(others.get(i), value)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      String named = values.stream().limit(NAMED_MAX).map(OneOfValues::text).collect(Collectors.joining(", "));
      findings.add(at, keyword, values.size() == 1
          ? "must be " + named
          : "must be one of " + named + (values.size() > NAMED_MAX ? ", …" : ""));
    }

    private static String text(Object value) {
      try {
        return JSON.writeValueAsString(value);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// The schema `false`.
  record Nothing() implements Check {
    @Override
    public boolean holds(Object value, Run run) {
      return false;
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      findings.add(at, "false", "must not be there");
    }
  }

  /// `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum`.
  record Bound(String keyword, Number limit) implements Check {
    @Override
    public boolean holds(Object value, Run run) {
      if (!(value instanceof Number number)) {
        return true;
      }
      int order = Numbers.compare(number, limit);
      return switch (keyword) {
        case "minimum" -> order >= 0;
        case "maximum" -> order <= 0;
        case "exclusiveMinimum" -> order > 0;
        default -> order < 0;
      };
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      String words = switch (keyword) {
        case "minimum" -> "must be at least ";
        case "maximum" -> "must be at most ";
        case "exclusiveMinimum" -> "must be greater than ";
        default -> "must be less than ";
      };
      findings.add(at, keyword, words + Numbers.exact(limit).toPlainString());
    }
  }

  /// `multipleOf`.
  record MultipleOf(Number factor) implements Check {
    @Override
    public boolean holds(Object value, Run run) {
      return !(value instanceof Number number) || Numbers.isMultiple(number, factor);
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      findings.add(at, "multipleOf", "must be a multiple of " + Numbers.exact(factor).toPlainString());
    }
  }
}
