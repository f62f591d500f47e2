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
    public boolean holds(Object value, Run run) {
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
    public boolean holds(Object value, Run run) {
      if (value instanceof List<?> array) {
        for (int i = 0; i < schemas.size() && i < array.size(); i++) {
          if (!schemas.get(i).holds(array.get(i), run)) {
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
    public boolean holds(Object value, Run run, Evaluated evaluated) {
      evaluated.firstItems(schemas.size());
      return holds(value, run);
    }
  }

  /// `items`, for the items after `from`.
  record Items(Schema schema, int from) implements Check {
    @Override
    public boolean holds(Object value, Run run) {
      if (value instanceof List<?> array) {
        for (int i = from; i < array.size(); i++) {
          if (!schema.holds(array.get(i), run)) {
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
        if (!schema.holds(array.get(i), findings.run())) {
          schema.explain(array.get(i), at.item(i), findings);
        }
      }
    }

    @Override
    public boolean holds(Object value, Run run, Evaluated evaluated) {
      if (value instanceof List) {
        evaluated.all();
      }
      return holds(value, run);
    }
  }

  /// `contains`, `minContains`, `maxContains`.
  record Contains(Schema schema, long itemsMin, long itemsMax) implements Check {
    @Override
    public boolean holds(Object value, Run run) {
      if (!(value instanceof List<?> array)) {
        return true;
      }
      long found = found(array, run);
      return found >= itemsMin && found <= itemsMax;
    }

    @Override
    public boolean holds(Object value, Run run, Evaluated evaluated) {
      if (!(value instanceof List<?> array)) {
        return true;
      }
      long found = 0;
      for (int i = 0; i < array.size(); i++) {
        if (schema.holds(array.get(i), run)) {
          evaluated.item(i);
          found++;
        }
      }
      return found >= itemsMin && found <= itemsMax;
    }

    private long found(List<?> array, Run run) {
      long found = 0;
      for (int i = 0; i < array.size(); i++) {
        if (schema.holds(array.get(i), run)) {
          found++;
        }
      }
      return found;
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      long found = found((List<?>) value, findings.run());
      if (found < itemsMin) {
        findings.add(at, "contains", "must have at least " + itemsMin + " of the items asked for, and has " + found);
      } else {
        findings.add(at, "maxContains", "must have at most " + itemsMax + " of the items asked for, and has " + found);
      }
    }
  }

  /// `uniqueItems`.
  record Unique() implements Check {

    /// Up to this many items are compared with each other; more go into a table.
    private static final int COMPARED_MAX = 8;

    @Override
    public boolean holds(Object value, Run run) {
      return !(value instanceof List<?> array) || firstRepeated(array) < 0;
    }

    private static int firstRepeated(List<?> array) {
      return array.size() <= COMPARED_MAX ? firstRepeatedOfFew(array) : firstRepeatedOfMany(array);
    }

    private static int firstRepeatedOfFew(List<?> array) {
      for (int i = 1; i < array.size(); i++) {
        for (int j = 0; j < i; j++) {
          if (Equality.equal(array.get(i), array.get(j))) {
            return i;
          }
        }
      }
      return -1;
    }

    private static int firstRepeatedOfMany(List<?> array) {
      Set<Object> seen = HashSet.newHashSet(array.size());
      for (int i = 0; i < array.size(); i++) {
        if (!seen.add(Equality.key(array.get(i)))) {
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
}
