package dev.tenon.worker;

/// The header and the trailer of one gzip member (RFC 1952), read a byte at a time.
final class GzipFrame {

  private static final int FLAG_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int FLAGS_RESERVED = 0xe0;
  private static final int TRAILER_BYTES = 8;

  private enum Part { FIXED, EXTRA_LENGTH, EXTRA, NAME, COMMENT, CRC, DONE }

  private Part part = Part.FIXED;
  private int position;
  private int flags;
  private int extraLength;
  private boolean wrong;
  private final byte[] trailer = new byte[TRAILER_BYTES];
  private int trailerCount;

  boolean isWrong() {
    return wrong;
  }

  boolean headerDone() {
    return part == Part.DONE;
  }

  /// Reads on in the header.
  ///
  /// @return how many bytes belonged to it
  int header(byte[] bytes) {
    int at = 0;
    while (at < bytes.length && part != Part.DONE && !wrong) {
      take(bytes[at++] & 0xff);
    }
    return at;
  }

  private void take(int b) {
    switch (part) {
      case FIXED -> fixed(b);
      case EXTRA_LENGTH -> {
        extraLength |= b << 8 * position++;
        if (position == 2) {
          enter(extraLength == 0 ? Part.NAME : Part.EXTRA);
        }
      }
      case EXTRA -> {
        if (++position == extraLength) {
          enter(Part.NAME);
        }
      }
      case NAME -> endOfText(b, Part.COMMENT);
      case COMMENT -> endOfText(b, Part.CRC);
      case CRC -> {
        if (++position == 2) {
          part = Part.DONE;
        }
      }
      case DONE -> throw new IllegalStateException("the header is complete");
    }
  }

  private void fixed(int b) {
    switch (position++) {
      case 0 -> wrong |= b != 0x1f;
      case 1 -> wrong |= b != 0x8b;
      case 2 -> wrong |= b != 8;
      case 3 -> {
        flags = b;
        wrong |= (b & FLAGS_RESERVED) != 0;
      }
      default -> {
        if (position == 10) {
          enter(Part.EXTRA_LENGTH);
        }
      }
    }
  }

  private void endOfText(int b, Part next) {
    if (b == 0) {
      enter(next);
    }
  }

  /// Goes to `next`, or beyond where the flags say that it is absent.
  private void enter(Part next) {
    position = 0;
    part = switch (next) {
      case EXTRA_LENGTH -> (flags & FLAG_EXTRA) != 0 ? Part.EXTRA_LENGTH : name();
      case NAME -> name();
      case COMMENT -> comment();
      case CRC -> crc();
      case EXTRA -> Part.EXTRA;
      case FIXED, DONE -> next;
    };
  }

  private Part name() {
    return (flags & FLAG_NAME) != 0 ? Part.NAME : comment();
  }

  private Part comment() {
    return (flags & FLAG_COMMENT) != 0 ? Part.COMMENT : crc();
  }

  private Part crc() {
    return (flags & FLAG_CRC) != 0 ? Part.CRC : Part.DONE;
  }

  /// Reads on in the trailer.
  ///
  /// @return how many bytes belonged to it
  int trailer(byte[] bytes, int from, int count) {
    int taken = Math.min(count, TRAILER_BYTES - trailerCount);
    System.arraycopy(bytes, from, trailer, trailerCount, taken);
    trailerCount += taken;
    return taken;
  }

  boolean trailerDone() {
    return trailerCount == TRAILER_BYTES;
  }

  /// Whether the trailer says what the data says.
  boolean matches(long crc, long length) {
    return word(0) == crc && word(4) == (length & 0xffffffffL);
  }

  private long word(int at) {
    long word = 0;
    for (int i = 0; i < 4; i++) {
      word |= (trailer[at + i] & 0xffL) << 8 * i;
    }
    return word;
  }
}
