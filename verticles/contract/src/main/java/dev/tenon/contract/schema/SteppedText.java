package dev.tenon.contract.schema;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text that a regular expression may look at only so often. Java's expressions backtrack, and some need exponentially many steps.
final class SteppedText implements CharSequence {

  static final int STEPS_MAX = 1_000_000;

  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private TooManySteps() {
      super(null, null, false, false);
    }
  }

  private final String text;
  private int steps;

  private SteppedText(String text) {
    this.text = text;
  }

  /// Whether the pattern is found in the text within the bound; more steps than that count as not found.
  static boolean find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(new SteppedText(text));
    try {
      return matcher.find();
    } catch (TooManySteps | StackOverflowError e) {
      return false;
    }
  }

  @Override
  public char charAt(int index) {
    if (++steps > STEPS_MAX) {
      throw new TooManySteps();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
