package dev.tenon.contract.schema;

import java.util.List;
import java.util.Map;

/// The checks that look at objects.
final class ObjectChecks {

  private ObjectChecks() {}

  /// `minProperties` and `maxProperties`.
  record Size(long membersMin, long membersMax) implements Check {
    @Override
    public boolean holds(Object value, Run run) {
      return !(value instanceof Map<?, ?> object) || object.size() >= membersMin && object.size() <= membersMax;
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      int size = ((Map<?, ?>) value).size();
      if (size < membersMin) {
        findings.add(at, "minProperties", "must have at least " + membersMin + (membersMin == 1 ? " property" : " properties") + ", and has " + size);
      } else {
        findings.add(at, "maxProperties", "must have at most " + membersMax + (membersMax == 1 ? " property" : " properties") + ", and has " + size);
      }
    }
  }

  /// `required`.
  record Required(List<String> names) implements Check {
    @Override
    public boolean holds(Object value, Run run) {
      if (value instanceof Map<?, ?> object) {
        for (int i = 0; i < names.size(); i++) {
          if (!object.containsKey(names.get(i))) {
            return false;
          }
        }
      }
      return true;
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      Map<?, ?> object = (Map<?, ?>) value;
      names.stream().filter(name -> !object.containsKey(name)).forEach(name -> findings.add(at.member(name), "required", "is required and missing"));
    }
  }

  /// A name's pattern and what its members must be.
  record PatternSchema(TextPattern pattern, Schema schema) {}

  /// `properties`, `patternProperties` and `additionalProperties`, which say together what each member must be.
  ///
  /// @param others null for anything
  record Members(Map<String, Schema> named, List<PatternSchema> patterns, Schema others) implements Check {
    @Override
    public boolean holds(Object value, Run run) {
      if (value instanceof Map<?, ?> object) {
        for (Map.Entry<?, ?> member : object.entrySet()) {
          if (!holds((String) member.getKey(), member.getValue(), run)) {
            return false;
          }
        }
      }
      return true;
    }

    private boolean holds(String name, Object value, Run run) {
      Schema own = named.get(name);
      if (own != null && !own.holds(value, run)) {
        return false;
      }
      boolean known = own != null;
      for (int i = 0; i < patterns.size(); i++) {
        if (patterns.get(i).pattern().isIn(name, run)) {
          known = true;
          if (!patterns.get(i).schema().holds(value, run)) {
            return false;
          }
        }
      }
      return known || others == null || others.holds(value, run);
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      ((Map<?, ?>) value).forEach((key, member) -> {
        String name = (String) key;
        if (!findings.full() && !holds(name, member, findings.run())) {
          explain(name, member, at.member(name), findings);
        }
      });
    }

    private void explain(String name, Object value, Place at, Findings findings) {
      boolean known = false;
      if (named.get(name) instanceof Schema own) {
        known = true;
        own.explain(value, at, findings);
      }
      for (PatternSchema each : patterns) {
        if (each.pattern().isIn(name, findings.run())) {
          known = true;
          each.schema().explain(value, at, findings);
        }
      }
      if (!known && others == SchemaCompiler.NOTHING) {
        findings.add(at, "additionalProperties", "is not a property that is known here");
      } else if (!known && others != null) {
        others.explain(value, at, findings);
      }
    }

    @Override
    public boolean holds(Object value, Run run, Evaluated evaluated) {
      if (others != null && value instanceof Map) {
        evaluated.all();
      } else if (value instanceof Map<?, ?> object) {
        for (Object key : object.keySet()) {
          String name = (String) key;
          if (named.containsKey(name) || matches(name, run)) {
            evaluated.name(name);
          }
        }
      }
      return holds(value, run);
    }

    private boolean matches(String name, Run run) {
      for (int i = 0; i < patterns.size(); i++) {
        if (patterns.get(i).pattern().isIn(name, run)) {
          return true;
        }
      }
      return false;
    }
  }

  /// `propertyNames`.
  record Names(Schema schema) implements Check {
    @Override
    public boolean holds(Object value, Run run) {
      return !(value instanceof Map<?, ?> object) || object.keySet().stream().allMatch(name -> schema.holds(name, run));
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      ((Map<?, ?>) value).keySet().stream()
          .filter(name -> !schema.holds(name, findings.run()))
          .forEach(name -> findings.add(at.member((String) name), "propertyNames", "has a name that is not allowed here"));
    }
  }

  /// `dependentRequired`.
  record DependentNames(Map<String, List<String>> needs) implements Check {
    @Override
    public boolean holds(Object value, Run run) {
      return !(value instanceof Map<?, ?> object)
          || needs.entrySet().stream().allMatch(need -> !object.containsKey(need.getKey()) || object.keySet().containsAll(need.getValue()));
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      Map<?, ?> object = (Map<?, ?>) value;
      needs.forEach((name, others) -> others.stream()
          .filter(other -> object.containsKey(name) && !object.containsKey(other))
          .forEach(other -> findings.add(at.member(other), "dependentRequired", "is required beside \"" + name + "\" and missing")));
    }
  }

  /// `dependentSchemas`.
  record DependentSchemas(Map<String, Schema> schemas) implements Check {
    @Override
    public boolean holds(Object value, Run run) {
      return !(value instanceof Map<?, ?> object)
          || schemas.entrySet().stream().allMatch(each -> !object.containsKey(each.getKey()) || each.getValue().holds(value, run));
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      Map<?, ?> object = (Map<?, ?>) value;
      schemas.forEach((name, schema) -> {
        if (object.containsKey(name) && !schema.holds(value, findings.run())) {
          schema.explain(value, at, findings);
        }
      });
    }

    @Override
    public boolean holds(Object value, Run run, Evaluated evaluated) {
      return !(value instanceof Map<?, ?> object)
          || schemas.entrySet().stream().allMatch(each -> !object.containsKey(each.getKey()) || each.getValue().holds(value, run, evaluated));
    }
  }
}
