package dev.tenon.contract.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The checks that look at arrays.
final class ArrayChecks {

  private ArrayChecks() {}

  /// `minItems` and `maxItems`.
  record Size(long itemsMin, long itemsMax) implements Check {
    @Override
    public boolean holds(Object value) {
      return !(value instanceof List<?> array) || array.size() >= itemsMin && array.size() <= itemsMax;
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      int size = ((List<?>) value).size();
      if (size < itemsMin) {
        findings.add(at, "minItems", "must have at least " + itemsMin + (itemsMin == 1 ? " item" : " items") + ", and has " + size);
      } else {
        findings.add(at, "maxItems", "must have at most " + itemsMax + (itemsMax == 1 ? " item" : " items") + ", and has " + size);
      }
    }
  }

  /// `prefixItems`.
  record Prefix(List<Schema> schemas) implements Check {
    @Override
    public boolean holds(Object value) {
      if (value instanceof List<?> array) {
        for (int i = 0; i < schemas.size() && i < array.size(); i++) {
          if (!schemas.get(i).holds(array.get(i))) {
            return false;
          }
        }
      }
      return true;
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      List<?> array = (List<?>) value;
      for (int i = 0; i < schemas.size() && i < array.size(); i++) {
        schemas.get(i).explain(array.get(i), at.item(i), findings);
      }
    }

    @Override
    public boolean evaluates(List<?> array, int index) {
      return index < schemas.size();
    }
  }

  /// `items`, for the items after `from`.
  record Items(Schema schema, int from) implements Check {
    @Override
    public boolean holds(Object value) {
      if (value instanceof List<?> array) {
        for (int i = from; i < array.size(); i++) {
          if (!schema.holds(array.get(i))) {
            return false;
          }
        }
      }
      return true;
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      List<?> array = (List<?>) value;
      for (int i = from; i < array.size() && !findings.full(); i++) {
        if (!schema.holds(array.get(i))) {
          schema.explain(array.get(i), at.item(i), findings);
        }
      }
    }

    @Override
    public boolean evaluates(List<?> array, int index) {
      return true;
    }
  }

  /// `contains`, `minContains`, `maxContains`.
  record Contains(Schema schema, long itemsMin, long itemsMax) implements Check {
    @Override
    public boolean holds(Object value) {
      if (!(value instanceof List<?> array)) {
        return true;
      }
      long found = found(array);
      return found >= itemsMin && found <= itemsMax;
    }

    private long found(List<?> array) {
      long found = 0;
      for (Object item : array) {
        if (schema.holds(item)) {
          found++;
        }
      }
      return found;
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      long found = found((List<?>) value);
      if (found < itemsMin) {
        findings.add(at, "contains", "must have at least " + itemsMin + " of the items asked for, and has " + found);
      } else {
        findings.add(at, "maxContains", "must have at most " + itemsMax + " of the items asked for, and has " + found);
      }
    }

    @Override
    public boolean evaluates(List<?> array, int index) {
      return schema.holds(array.get(index));
    }
  }

  /// `uniqueItems`.
  record Unique() implements Check {
    @Override
    public boolean holds(Object value) {
      return !(value instanceof List<?> array) || firstRepeated(array) < 0;
    }

    private static int firstRepeated(List<?> array) {
      Set<Object> seen = HashSet.newHashSet(array.size());
      for (int i = 0; i < array.size(); i++) {
        if (!seen.add(Equality.canonical(array.get(i)))) {
          return i;
        }
      }
      return -1;
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      findings.add(at.item(firstRepeated((List<?>) value)), "uniqueItems", "is there twice, and each item may be there once");
    }
  }

  /// `unevaluatedItems`.
  record Unevaluated(List<Check> others, Schema schema) implements Check {
    @Override
    public boolean holds(Object value) {
      return !(value instanceof List<?> array) || first(array) < 0;
    }

    private int first(List<?> array) {
      for (int i = 0; i < array.size(); i++) {
        if (!evaluatedByOthers(array, i) && !schema.holds(array.get(i))) {
          return i;
        }
      }
      return -1;
    }

    private boolean evaluatedByOthers(List<?> array, int index) {
      for (Check other : others) {
        if (other.evaluates(array, index)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      findings.add(at.item(first((List<?>) value)), "unevaluatedItems", "is an item that is not known here");
    }

    @Override
    public boolean evaluates(List<?> array, int index) {
      return true;
    }
  }
}
