package dev.tenon.contract.sample;

import java.util.List;

/// A regular expression, read as far as is needed to write texts that match it.
sealed interface Piece {

  /// As long as one likes.
  long ENDLESS = Long.MAX_VALUE / 4;

  /// The fewest and the most characters it takes.
  long charactersMin();

  long charactersMax();

  /// One character out of several. The first are the ones that look most usual.
  record OneOf(int[] characters) implements Piece {
    @Override
    public long charactersMin() {
      return 1;
    }

    @Override
    public long charactersMax() {
      return 1;
    }
  }

  /// An anchor, or something that only looks ahead or behind: takes no characters.
  record Nothing() implements Piece {
    @Override
    public long charactersMin() {
      return 0;
    }

    @Override
    public long charactersMax() {
      return 0;
    }
  }

  /// One after the other.
  record Sequence(List<Piece> pieces, long charactersMin, long charactersMax) implements Piece {
    Sequence(List<Piece> pieces) {
      this(List.copyOf(pieces),
          pieces.stream().mapToLong(Piece::charactersMin).reduce(0, Piece::sum),
          pieces.stream().mapToLong(Piece::charactersMax).reduce(0, Piece::sum));
    }
  }

  /// One of several.
  record Choice(List<Piece> pieces, long charactersMin, long charactersMax) implements Piece {
    Choice(List<Piece> pieces) {
      this(List.copyOf(pieces),
          pieces.stream().mapToLong(Piece::charactersMin).min().orElse(0),
          pieces.stream().mapToLong(Piece::charactersMax).max().orElse(0));
    }
  }

  /// The same several times.
  record Repeat(Piece piece, long timesMin, long timesMax, long charactersMin, long charactersMax) implements Piece {
    Repeat(Piece piece, long timesMin, long timesMax) {
      this(piece, timesMin, timesMax, product(piece.charactersMin(), timesMin), product(piece.charactersMax(), timesMax));
    }
  }

  /// A group that may be referred to by number.
  record Group(int number, Piece piece) implements Piece {
    @Override
    public long charactersMin() {
      return piece.charactersMin();
    }

    @Override
    public long charactersMax() {
      return piece.charactersMax();
    }
  }

  /// What a group before it took.
  record Back(int number) implements Piece {
    @Override
    public long charactersMin() {
      return 0;
    }

    @Override
    public long charactersMax() {
      return ENDLESS;
    }
  }

  private static long sum(long left, long right) {
    return Math.min(ENDLESS, left + right);
  }

  private static long product(long one, long times) {
    return one == 0 || times == 0 ? 0 : one >= ENDLESS / times ? ENDLESS : one * times;
  }
}
