package dev.tenon.contract.schema;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text that a regular expression may look at only so often. Java's expressions backtrack, and some need exponentially many steps.
final class SteppedText implements CharSequence {

  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private TooManySteps() {
      super(null, null, false, false);
    }
  }

  private final String text;
  private final long stepsMax;
  private long steps;

  private SteppedText(String text, long stepsMax) {
    this.text = text;
    this.stepsMax = stepsMax;
  }

  /// Whether the pattern is found in the text within the steps that the run has left; more count as not found.
  static boolean find(Pattern pattern, String text, Run run) {
    SteppedText stepped = new SteppedText(text, run.patternSteps(text.length()));
    Matcher matcher = pattern.matcher(stepped);
    try {
      return matcher.find();
    } catch (TooManySteps | StackOverflowError e) {
      return false;
    } finally {
      run.patternTook(stepped.steps, text.length());
    }
  }

  @Override
  public char charAt(int index) {
    if (++steps > stepsMax) {
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
