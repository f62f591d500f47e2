package dev.tenon.contract.schema;

import java.util.function.Predicate;

/// The checks that look at strings. Characters are Unicode code points.
final class TextChecks {

  private TextChecks() {}

  /// `minLength` and `maxLength`.
  record Length(long charactersMin, long charactersMax) implements Check {
    @Override
    public boolean holds(Object value, Run run) {
      if (!(value instanceof String text)) {
        return true;
      }
      int units = text.length();
      if (units < charactersMin || units / 2 > charactersMax) {
        return false;
      }
      if (units <= charactersMax && units / 2 >= charactersMin) {
        return true;
      }
      int characters = text.codePointCount(0, units);
      return characters >= charactersMin && characters <= charactersMax;
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      String text = (String) value;
      int characters = text.codePointCount(0, text.length());
      if (characters < charactersMin) {
        findings.add(at, "minLength", "must have at least " + charactersMin + (charactersMin == 1 ? " character" : " characters") + ", and has " + characters);
      } else {
        findings.add(at, "maxLength", "must have at most " + charactersMax + (charactersMax == 1 ? " character" : " characters") + ", and has " + characters);
      }
    }
  }

  /// `pattern`.
  record Matching(TextPattern pattern) implements Check {
    @Override
    public boolean holds(Object value, Run run) {
      return !(value instanceof String text) || pattern.isIn(text, run);
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      findings.add(at, "pattern", "must match the pattern " + pattern);
    }
  }

  /// `format`, for the formats that are known.
  record Formatted(String format, Predicate<String> test) implements Check {
    @Override
    public boolean holds(Object value, Run run) {
      return !(value instanceof String text) || test.test(text);
    }

    @Override
    public void explain(Object value, Place at, Findings findings) {
      findings.add(at, "format", "must be in the format " + format);
    }
  }
}
