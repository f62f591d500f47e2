package dev.tenon.contract.schema;

import java.util.List;
import java.util.stream.Collectors;

/// A regular expression as a tree.
sealed interface Expression {

  record Characters(CharacterSet set) implements Expression {}

  record Sequence(List<Expression> parts) implements Expression {}

  record Choice(List<Expression> alternatives) implements Expression {}

  /// @param most negative for without end
  record Repeat(Expression part, int least, int most, boolean greedy) implements Expression {}

  /// The start of the text.
  record Start() implements Expression {}

  /// The end of the text.
  record End() implements Expression {}

  record WordBoundary(boolean inverse) implements Expression {}

  /// @param name empty for none
  record Group(Expression part, String name) implements Expression {}

  /// @param opening `?=`, `?!`, `?<=` or `?<!`
  record Look(String opening, Expression part) implements Expression {}

  /// @param group its number, or its name in angle brackets
  record Back(String group) implements Expression {}

  /// Whether it can be matched by looking at each character once.
  default boolean isRegular() {
    return switch (this) {
      case Characters characters -> true;
      case Sequence sequence -> sequence.parts().stream().allMatch(Expression::isRegular);
      case Choice choice -> choice.alternatives().stream().allMatch(Expression::isRegular);
      case Repeat repeat -> repeat.part().isRegular();
      case Start start -> true;
      case End end -> true;
      case Group group -> group.part().isRegular();
      case WordBoundary boundary -> false;
      case Look look -> false;
      case Back back -> false;
    };
  }

  /// The same for Java.
  default String java() {
    return switch (this) {
      case Characters characters -> characters.set().java();
      case Sequence sequence -> sequence.parts().stream().map(Expression::java).collect(Collectors.joining());
      case Choice choice -> choice.alternatives().stream().map(Expression::java).collect(Collectors.joining("|", "(?:", ")"));
      case Repeat repeat -> "(?:" + repeat.part().java() + "){" + repeat.least() + "," + (repeat.most() < 0 ? "" : repeat.most()) + "}" + (repeat.greedy() ? "" : "?");
      case Start start -> "^";
      case End end -> "\\z";
      case WordBoundary boundary -> boundary.inverse() ? "\\B" : "\\b";
      case Group group -> (group.name().isEmpty() ? "(" : "(?<" + group.name() + ">") + group.part().java() + ")";
      case Look look -> "(" + look.opening() + look.part().java() + ")";
      case Back back -> back.group().startsWith("<") ? "\\k" + back.group() : "(?:\\" + back.group() + ")";
    };
  }
}
