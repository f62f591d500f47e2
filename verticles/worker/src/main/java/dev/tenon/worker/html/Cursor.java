package dev.tenon.worker.html;

/// Where a [Tokenizer] is in its input: what has come and is not a lexeme yet, and how far it has got in it. Input arrives in pieces that may be cut anywhere.
abstract class Cursor {

  /// What [Tokenizer#advance()] says: more input is needed, or the kind of lexeme that lies between [#start()] and [#end()].
  enum Lexeme { MORE, TEXT, START_TAG, END_TAG, COMMENT, DOCTYPE, MARKUP, END }

  /// Bytes of one lexeme, and of the elements that are open.
  static final int BYTES_MAX = 3 << 20;

  enum State {
    DATA, TAG_OPEN, END_TAG_OPEN, DECLARATION, BOGUS_COMMENT, COMMENT, DOCTYPE, CDATA, CDATA_BRACKET, PLAIN,
    TAG_NAME, BEFORE_ATTRIBUTE, ATTRIBUTE_NAME, AFTER_ATTRIBUTE_NAME, BEFORE_VALUE, DOUBLE_QUOTED, SINGLE_QUOTED, UNQUOTED, SELF_CLOSING,
    RAW, RAW_LESS_THAN, RAW_END_OPEN, RAW_END_NAME,
    ESCAPE_START, ESCAPED_DASHES, ESCAPED, ESCAPED_LESS_THAN, DOUBLE_START, DOUBLE, DOUBLE_DASHES, DOUBLE_LESS_THAN, DOUBLE_END_NAME, DOUBLE_END
  }

  // Shared by the states, which are functions of all of it.
  byte[] input = new byte[0];
  int limit;
  boolean last;
  boolean ended;

  State state = State.DATA;
  int pos;
  int lexemeStart;
  int start;
  int end;

  int partStart;

  /// Takes the next piece of the document, which nobody may change from now on. Called when [Tokenizer#advance()] has said [Lexeme#MORE].
  final void append(byte[] bytes, int length) throws RewritingException {
    int rest = limit - lexemeStart;
    if (rest + (long) length > BYTES_MAX && rest > 0) {
      throw RewritingException.memory();
    }
    if (rest > 0 && input.length - limit >= length) {
      System.arraycopy(bytes, 0, input, limit, length);
      limit += length;
      return;
    }
    if (rest == 0) {
      input = bytes;
    } else {
      byte[] both = new byte[rest + Math.max(length, rest)];
      System.arraycopy(input, lexemeStart, both, 0, rest);
      System.arraycopy(bytes, 0, both, rest, length);
      input = both;
    }
    limit = rest + length;
    shift(lexemeStart);
  }

  /// How many bytes are kept because they are no whole lexeme.
  final int kept() {
    return limit - lexemeStart;
  }

  /// The input has been moved towards its beginning.
  void shift(int by) {
    pos -= by;
    partStart -= by;
    lexemeStart = 0;
  }

  /// There is no more input.
  final void finish() {
    last = true;
  }

  final byte[] input() {
    return input;
  }

  final int start() {
    return start;
  }

  final int end() {
    return end;
  }

  /// How far the input has become lexemes.
  final int consumed() {
    return lexemeStart;
  }

  final Lexeme emit(Lexeme lexeme, int to) {
    start = lexemeStart;
    end = to;
    lexemeStart = to;
    return lexeme;
  }

  /// The text up to here, if there is any.
  final Lexeme text() {
    return pos > lexemeStart ? emit(Lexeme.TEXT, pos) : null;
  }

  final Lexeme text(State next) {
    state = next;
    return text();
  }

  /// Input is at its end inside of text: all of it can go on.
  final Lexeme textAtEnd() {
    Lexeme text = text();
    return text != null ? text : atEnd();
  }

  final Lexeme atEnd() {
    if (!last) {
      return Lexeme.MORE;
    }
    ended = true;
    return Lexeme.END;
  }

  /// Input is at its end where more has to be seen.
  final Lexeme wait(Lexeme otherwise) {
    if (!last) {
      return Lexeme.MORE;
    }
    pos = limit;
    return pos > lexemeStart ? emit(otherwise, limit) : atEnd();
  }

  final boolean scanFor(byte wanted) {
    byte[] bytes = input;
    int at = pos;
    while (at < limit && bytes[at] != wanted) {
      at++;
    }
    pos = at;
    return at < limit;
  }

  static boolean isAlpha(int c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  }

  static boolean isBlank(int c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f';
  }

  static final int NO = 0;
  static final int YES = 1;
  static final int PERHAPS = 2;

  /// Whether an upper-case word, or one without letters, comes next.
  final int next(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (pos + i == limit) {
        return last ? NO : PERHAPS;
      }
      int c = input[pos + i];
      if (c != word.charAt(i) && !(isAlpha(c) && (c & ~0x20) == word.charAt(i))) {
        return NO;
      }
    }
    return YES;
  }
}
