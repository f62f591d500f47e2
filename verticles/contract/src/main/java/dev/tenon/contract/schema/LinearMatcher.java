package dev.tenon.contract.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// Finds a regular expression in a text by looking at each character once, however the expression is nested. Thread-safe.
///
/// The expression becomes a machine of steps. The sets of steps that a text can lead to are found while texts are matched, and kept as states with a table of
/// what follows them, so that most characters cost one look into a table. Tables are bounded; what does not fit is worked out each time.
final class LinearMatcher {

  private static final int STEPS_MAX = 2_000;
  private static final int TABLE_CELLS_MAX = 200_000;
  private static final int ASCII = 128;

  /// A step takes a character of its set (`set` is not null), or leads on without one.
  private static final class Step {
    private CharacterSet set;
    private boolean start;
    private boolean end;
    private boolean found;
    private int[] next = {};
  }

  /// @param steps the steps that take the next character
  /// @param found whether the expression has been found already
  /// @param foundAtEnd whether it has been if the text ends here
  /// @param next the states that follow, by the kind of character; filled by races that all write the same
  private record State(int[] steps, boolean found, boolean foundAtEnd, State[] next) {}

  private record Key(String steps) {}

  private static final class TooLarge extends Exception {
    private static final long serialVersionUID = 1L;

    private TooLarge() {
      super(null, null, false, false);
    }
  }

  private final List<Step> program = new ArrayList<>();
  private final int[] cuts;
  private final byte[] ascii = new byte[ASCII];
  private final int entry;
  private final int statesMax;
  private final Map<Key, State> states = new ConcurrentHashMap<>();
  private final State first;

  private LinearMatcher(Expression expression) throws TooLarge {
    int found = add(new Step());
    program.get(found).found = true;
    entry = compile(expression, found);
    TreeSet<Integer> bounds = new TreeSet<>();
    for (Step step : program) {
      if (step.set != null) {
        for (int i = 0; i < step.set.bounds().size(); i += 2) {
          bounds.add(step.set.bounds().get(i));
          bounds.add(step.set.bounds().get(i + 1) + 1);
        }
      }
    }
    bounds.remove(0);
    cuts = bounds.stream().mapToInt(Integer::intValue).toArray();
    if (cuts.length > TABLE_CELLS_MAX / 16) {
      throw new TooLarge();
    }
    statesMax = TABLE_CELLS_MAX / (cuts.length + 1);
    for (int c = 0; c < ASCII; c++) {
      int kind = search(c);
      ascii[c] = (byte) Math.min(kind, Byte.MAX_VALUE);
    }
    first = state(new int[] {entry}, true);
  }

  /// Empty for expressions that need to look back or ahead, or are too large.
  static Optional<LinearMatcher> of(Expression expression) {
    try {
      return expression.isRegular() ? Optional.of(new LinearMatcher(expression)) : Optional.empty();
    } catch (TooLarge e) {
      return Optional.empty();
    }
  }

  private int add(Step step) throws TooLarge {
    if (program.size() >= STEPS_MAX) {
      throw new TooLarge();
    }
    program.add(step);
    return program.size() - 1;
  }

  private int add(int... next) throws TooLarge {
    int step = add(new Step());
    program.get(step).next = next;
    return step;
  }

  /// The first step of an expression behind which `then` comes.
  private int compile(Expression expression, int then) throws TooLarge {
    return switch (expression) {
      case Expression.Characters characters -> {
        int step = add(then);
        program.get(step).set = characters.set();
        yield step;
      }
      case Expression.Sequence sequence -> {
        int next = then;
        for (Expression part : sequence.parts().reversed()) {
          next = compile(part, next);
        }
        yield next;
      }
      case Expression.Choice choice -> {
        int[] next = new int[choice.alternatives().size()];
        for (int i = 0; i < next.length; i++) {
          next[i] = compile(choice.alternatives().get(i), then);
        }
        yield add(next);
      }
      case Expression.Repeat repeat -> repeat(repeat, then);
      case Expression.Start start -> {
        int step = add(then);
        program.get(step).start = true;
        yield step;
      }
      case Expression.End end -> {
        int step = add(then);
        program.get(step).end = true;
        yield step;
      }
      case Expression.Group group -> compile(group.part(), then);
      case Expression.WordBoundary boundary -> throw new TooLarge();
      case Expression.Look look -> throw new TooLarge();
      case Expression.Back back -> throw new TooLarge();
    };
  }

  private int repeat(Expression.Repeat repeat, int then) throws TooLarge {
    int next = then;
    if (repeat.most() < 0) {
      int loop = add(then);
      program.get(loop).next = new int[] {compile(repeat.part(), loop), then};
      next = loop;
    } else {
      for (int i = repeat.least(); i < repeat.most(); i++) {
        next = add(compile(repeat.part(), next), then);
      }
    }
    for (int i = 0; i < repeat.least(); i++) {
      next = compile(repeat.part(), next);
    }
    return next;
  }

  /// Whether the expression is somewhere in the text. False, too, when the run has no steps left for it.
  boolean isIn(String text, Run run) {
    State state = first;
    long steps = 0;
    long stepsMax = run.patternSteps(text.length());
    int length = text.length();
    for (int i = 0; i < length && !state.found; i++) {
      int character = text.charAt(i);
      if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
        character = text.codePointAt(i);
        i += Character.charCount(character) - 1;
      }
      int kind = character < ASCII && ascii[character] < Byte.MAX_VALUE ? ascii[character] : search(character);
      State next = state.next[kind];
      if (next == null) {
        steps += state.steps.length + 1;
        if (steps > stepsMax) {
          run.patternTook(steps, length);
          return false;
        }
        next = follow(state, kind);
      }
      state = next;
      if (state.steps.length == 0 && !state.found && !state.foundAtEnd) {
        return false;
      }
    }
    run.patternTook(steps, length);
    return state.found || state.foundAtEnd;
  }

  /// Which of the kinds of character that the expression tells apart this one is.
  private int search(int character) {
    int found = Arrays.binarySearch(cuts, character);
    return found < 0 ? -found - 1 : found + 1;
  }

  private State follow(State state, int kind) {
    int sample = kind == 0 ? 0 : cuts[kind - 1];
    int[] next = new int[state.steps.length + 1];
    int count = 0;
    for (int step : state.steps) {
      if (program.get(step).set.has(sample)) {
        next[count++] = program.get(step).next[0];
      }
    }
    next[count++] = entry;
    State followed = state(Arrays.copyOf(next, count), false);
    if (states.size() <= statesMax) {
      state.next[kind] = followed;
    }
    return followed;
  }

  private State state(int[] from, boolean atStart) {
    BitSet reached = new BitSet(program.size());
    BitSet reachedAtEnd = new BitSet(program.size());
    for (int step : from) {
      reach(step, atStart, reached, reachedAtEnd);
    }
    boolean found = reached.get(0);
    int[] taking = reached.stream().filter(step -> program.get(step).set != null).toArray();
    State made = new State(taking, found, found || reachedAtEnd.get(0), new State[cuts.length + 1]);
    Key key = new Key(Arrays.toString(taking) + found + made.foundAtEnd);
    State known = states.get(key);
    if (known != null) {
      return known;
    }
    if (states.size() < statesMax) {
      State other = states.putIfAbsent(key, made);
      return other == null ? made : other;
    }
    return made;
  }

  private void reach(int from, boolean atStart, BitSet reached, BitSet reachedAtEnd) {
    int[] waiting = new int[program.size() * 2];
    int count = 0;
    waiting[count++] = from;
    while (count > 0) {
      int encoded = waiting[--count];
      boolean atEnd = encoded < 0;
      int index = atEnd ? -encoded - 1 : encoded;
      BitSet seen = atEnd ? reachedAtEnd : reached;
      Step step = program.get(index);
      if (seen.get(index)) {
        continue;
      }
      seen.set(index);
      if (step.set != null || step.found || step.start && !atStart) {
        continue;
      }
      for (int next : step.next) {
        if (count < waiting.length) {
          waiting[count++] = atEnd || step.end ? -next - 1 : next;
        } else {
          waiting = Arrays.copyOf(waiting, waiting.length * 2);
          waiting[count++] = atEnd || step.end ? -next - 1 : next;
        }
      }
    }
  }
}
