package dev.tenon.contract.schema;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The value of a `pattern`: an expression of ECMA-262 that is to be somewhere in a text. Thread-safe.
///
/// Most are found in time that grows with the text alone. Those that look ahead or behind, refer back or ask for word boundaries go to Java's own matcher, which
/// may need exponentially many steps: it is cut off, and the text counts as one that does not match.
final class TextPattern {

  private final String text;
  private final Optional<LinearMatcher> linear;
  private final Pattern java;

  private TextPattern(String text, Expression expression) {
    this.text = text;
    this.linear = LinearMatcher.of(expression);
    this.java = linear.isPresent() ? null : Pattern.compile(expression.java());
  }

  /// @throws PatternSyntaxException when it is none
  static TextPattern of(String text) {
    return new TextPattern(text, ExpressionReader.read(text));
  }

  /// Whether a text is an expression at all.
  static boolean isOne(String text) {
    try {
      ExpressionReader.read(text);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  boolean isIn(String value, Run run) {
    return linear.isPresent() ? linear.get().isIn(value, run) : SteppedText.find(java, value, run);
  }

  @Override
  public String toString() {
    return text;
  }
}
