package dev.tenon.contract.sample;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/// Writes texts that match a regular expression, of a length as near as can be to the one asked for.
final class PatternTexts {

  private static final int TRIES = 120;
  private static final int CHARACTERS_MORE_MAX = 400_000;

  private final Pattern pattern;
  private final Piece piece;
  private final Piece padded;

  private PatternTexts(Pattern pattern, Piece piece) {
    this.pattern = pattern;
    this.piece = piece;
    Piece any = new Piece.Repeat(new Piece.OneOf("abcdefghijklmnopqrstuvwxyz".chars().toArray()), 0, Piece.ENDLESS);
    String source = pattern.pattern();
    boolean open = !source.startsWith("^");
    boolean openEnd = !source.endsWith("$");
    this.padded = new Piece.Sequence(open && openEnd ? List.of(any, piece, any) : open ? List.of(any, piece) : openEnd ? List.of(piece, any) : List.of(piece));
  }

  /// Empty where the expression holds something that is not understood.
  static Optional<PatternTexts> of(Pattern pattern) {
    return PatternReader.read(pattern.pattern()).map(piece -> new PatternTexts(pattern, piece));
  }

  long charactersMin() {
    return piece.charactersMin();
  }

  /// The most characters; [Piece#ENDLESS] where there is no bound.
  long charactersMax() {
    return padded.charactersMax();
  }

  /// A text that matches, of that length if one was found; empty where none was.
  ///
  /// @param characters how long it should be, in code points
  Optional<String> text(long characters, Random random) {
    Optional<String> other = Optional.empty();
    long tries = Math.clamp(CHARACTERS_MORE_MAX / Math.max(1, characters), 3, TRIES);
    for (int i = 0; i < tries; i++) {
      boolean pad = piece.charactersMax() < characters && i % 4 != 3;
      StringBuilder text = new StringBuilder();
      write(pad ? padded : piece, Math.min(characters, CHARACTERS_MORE_MAX), random, text, new HashMap<>());
      String found = text.toString();
      if (Texts.isFound(pattern, found)) {
        if (Texts.characters(found) == characters) {
          return Optional.of(found);
        }
        other = other.or(() -> Optional.of(found));
      }
    }
    return other;
  }

  private static void write(Piece piece, long characters, Random random, StringBuilder text, Map<Integer, String> groups) {
    if (text.length() > 2 * CHARACTERS_MORE_MAX) {
      return;
    }
    switch (piece) {
      case Piece.OneOf one -> text.appendCodePoint(one.characters()[random.nextInt(one.characters().length)]);
      case Piece.Nothing nothing -> { }
      case Piece.Group group -> {
        int start = text.length();
        write(group.piece(), characters, random, text, groups);
        groups.put(group.number(), text.substring(start));
      }
      case Piece.Back back -> text.append(groups.getOrDefault(back.number(), ""));
      case Piece.Choice choice -> write(branch(choice, characters, random), characters, random, text, groups);
      case Piece.Sequence sequence -> sequence(sequence, characters, random, text, groups);
      case Piece.Repeat repeat -> repeat(repeat, characters, random, text, groups);
    }
  }

  /// One of the branches that can be as long as asked; the longest where none can.
  private static Piece branch(Piece.Choice choice, long characters, Random random) {
    List<Piece> fitting = choice.pieces().stream().filter(each -> each.charactersMin() <= characters && each.charactersMax() >= characters).toList();
    if (!fitting.isEmpty()) {
      return fitting.get(random.nextInt(fitting.size()));
    }
    Piece nearest = choice.pieces().getFirst();
    for (Piece each : choice.pieces()) {
      if (distance(each, characters) < distance(nearest, characters)) {
        nearest = each;
      }
    }
    return nearest;
  }

  private static long distance(Piece piece, long characters) {
    return characters < piece.charactersMin() ? piece.charactersMin() - characters : characters - piece.charactersMax();
  }

  private static void sequence(Piece.Sequence sequence, long characters, Random random, StringBuilder text, Map<Integer, String> groups) {
    long spare = characters - sequence.charactersMin();
    List<Piece> pieces = sequence.pieces();
    long room = 0;
    for (Piece piece : pieces) {
      room = Math.min(Piece.ENDLESS, room + piece.charactersMax() - piece.charactersMin());
    }
    for (Piece piece : pieces) {
      long own = piece.charactersMax() - piece.charactersMin();
      room = room >= Piece.ENDLESS ? room : room - own;
      long least = room >= Piece.ENDLESS ? 0 : Math.max(0, spare - room);   // what the pieces behind it cannot take
      long most = Math.clamp(spare, 0, own);
      long more = least >= most ? most : least + (long) (random.nextDouble() * (most - least + 1));
      if (isLastOpen(pieces, piece)) {
        more = most;
      }
      spare -= more;
      write(piece, piece.charactersMin() + more, random, text, groups);
    }
  }

  private static boolean isLastOpen(List<Piece> pieces, Piece piece) {
    for (int i = pieces.size() - 1; i >= 0; i--) {
      if (pieces.get(i).charactersMax() > pieces.get(i).charactersMin()) {
        return pieces.get(i) == piece;
      }
    }
    return false;
  }

  private static void repeat(Piece.Repeat repeat, long characters, Random random, StringBuilder text, Map<Integer, String> groups) {
    Piece inner = repeat.piece();
    long times;
    if (inner.charactersMax() == 0) {
      times = repeat.timesMin();
    } else {
      long fewest = Math.max(repeat.timesMin(), ceiling(characters, inner.charactersMax()));
      long most = inner.charactersMin() == 0 ? Math.max(fewest, Math.min(repeat.timesMax(), Math.max(1, characters))) : characters / inner.charactersMin();
      times = Math.clamp(fewest + (most > fewest ? random.nextLong(Math.min(most - fewest + 1, 1000)) : 0), repeat.timesMin(), repeat.timesMax());
    }
    times = Math.min(times, CHARACTERS_MORE_MAX);
    long left = characters;
    for (long i = 0; i < times; i++) {
      long behind = times - i - 1;
      long least = Math.max(inner.charactersMin(), inner.charactersMax() >= Piece.ENDLESS && behind > 0 ? 0 : left - behind * Math.min(inner.charactersMax(), CHARACTERS_MORE_MAX));
      long most = Math.max(least, Math.min(inner.charactersMax(), left - behind * inner.charactersMin()));
      long own = behind == 0 ? Math.clamp(left, inner.charactersMin(), Math.max(inner.charactersMin(), inner.charactersMax())) : least + (most > least ? random.nextLong(most - least + 1) : 0);
      write(inner, own, random, text, groups);
      left -= own;
    }
  }

  private static long ceiling(long amount, long unit) {
    return unit >= Piece.ENDLESS ? (amount > 0 ? 1 : 0) : (amount + unit - 1) / unit;
  }
}
