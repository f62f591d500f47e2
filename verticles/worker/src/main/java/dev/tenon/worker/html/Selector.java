package dev.tenon.worker.html;

import java.util.List;

/// A parsed list of selectors. Matching needs an element's own tag, its place among its siblings, and which compounds its ancestors have matched.
///
/// @param alternatives of which any one may match
record Selector(String text, List<Complex> alternatives) {

  /// The selector of a text, for documents in an encoding. @throws SelectorException that says what is wrong, or not supported
  static Selector parse(String text, TextCodec codec) throws SelectorException {
    return new SelectorParser(text, codec).parse();
  }

  /// Compounds from the outermost in. `combinators` has one less: what stands before each but the first.
  record Complex(List<Compound> compounds, List<Combinator> combinators) {}

  enum Combinator { CHILD, DESCENDANT }

  /// What has to hold for one element.
  record Compound(List<Condition> conditions) {

    /// @param tag of the element, in `input`
    /// @param index among its siblings, from 1
    /// @param typeIndex among those of its name, from 1
    boolean matches(Tag tag, byte[] input, int index, int typeIndex) {
      for (Condition condition : conditions) {
        if (condition.test().matches(tag, input, index, typeIndex) == condition.negated()) {
          return false;
        }
      }
      return true;
    }
  }

  record Condition(Test test, boolean negated) {}

  /// Something about one element.
  sealed interface Test {

    boolean matches(Tag tag, byte[] input, int index, int typeIndex);

    /// Everything, or nothing.
    record Always(boolean answer) implements Test {
      @Override
      public boolean matches(Tag tag, byte[] input, int index, int typeIndex) {
        return answer;
      }
    }

    /// @param name in lower case
    record Name(String name) implements Test {
      @Override
      public boolean matches(Tag tag, byte[] input, int index, int typeIndex) {
        return tag.name().equals(name);
      }
    }

    /// `:nth-child(step n + offset)`, or `:nth-of-type`.
    record Nth(int step, int offset, boolean ofType) implements Test {
      @Override
      public boolean matches(Tag tag, byte[] input, int index, int typeIndex) {
        int beyond = (ofType ? typeIndex : index) - offset;
        return step == 0 ? beyond == 0 : (beyond == 0 || beyond > 0 == step > 0) && beyond % step == 0;
      }
    }

    /// An attribute that is there, with whatever value.
    final class Present implements Test {
      private final byte[] name;

      Present(byte[] name) {
        this.name = name;
      }

      @Override
      public boolean matches(Tag tag, byte[] input, int index, int typeIndex) {
        return tag.find(input, name) >= 0;
      }
    }

    /// An attribute whose value is compared.
    final class Value implements Test {
      private final byte[] name;
      private final Operator operator;
      private final byte[] operand;
      private final Case sensitivity;

      Value(byte[] name, Operator operator, byte[] operand, Case sensitivity) {
        this.name = name;
        this.operator = operator;
        this.operand = operand;
        this.sensitivity = sensitivity;
      }

      @Override
      public boolean matches(Tag tag, byte[] input, int index, int typeIndex) {
        int attribute = tag.find(input, name);
        return attribute >= 0 && compare(
            input, tag.valueStart(attribute), tag.valueEnd(attribute), sensitivity == Case.IGNORED || sensitivity == Case.IGNORED_IN_HTML && tag.namespace() == Namespace.HTML);
      }

      private boolean compare(byte[] input, int start, int end, boolean ignoreCase) {
        int length = operand.length;
        int available = end - start;
        return switch (operator) {
          case EQUAL -> available == length && Ascii.matches(input, start, operand, ignoreCase);
          case WORD -> hasWord(input, start, end, ignoreCase);
          case DASH -> available >= length && Ascii.matches(input, start, operand, ignoreCase) && (available == length || input[start + length] == '-');
          case PREFIX -> length > 0 && available >= length && Ascii.matches(input, start, operand, ignoreCase);
          case SUFFIX -> length > 0 && available >= length && Ascii.matches(input, end - length, operand, ignoreCase);
          case SUBSTRING -> length > 0 && contains(input, start, end - length, ignoreCase);
        };
      }

      private boolean hasWord(byte[] input, int start, int end, boolean ignoreCase) {
        int at = start;
        while (at < end) {
          int wordEnd = at;
          while (wordEnd < end && !Ascii.blank(input[wordEnd])) {
            wordEnd++;
          }
          if (wordEnd > at && wordEnd - at == operand.length && Ascii.matches(input, at, operand, ignoreCase)) {
            return true;
          }
          at = wordEnd + 1;
        }
        return false;
      }

      private boolean contains(byte[] input, int start, int lastStart, boolean ignoreCase) {
        for (int at = start; at <= lastStart; at++) {
          if (Ascii.matches(input, at, operand, ignoreCase)) {
            return true;
          }
        }
        return false;
      }
    }
  }

  enum Operator { EQUAL, WORD, DASH, PREFIX, SUFFIX, SUBSTRING }

  enum Case { COUNTS, IGNORED, IGNORED_IN_HTML }

  /// Whether any part asks for a place among siblings of one name, which has to be counted.
  boolean countsTypes() {
    return alternatives.stream().flatMap(complex -> complex.compounds().stream()).flatMap(compound -> compound.conditions().stream())
        .anyMatch(condition -> condition.test() instanceof Test.Nth nth && nth.ofType());
  }
}
