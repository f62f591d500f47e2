package dev.tenon.worker.html;

import java.util.Arrays;

/// Cuts a document into lexemes, as the states of <https://html.spec.whatwg.org/multipage/parsing.html#tokenization> do, over bytes of an encoding that
/// extends ASCII. What is not a whole lexeme yet is kept.
final class Tokenizer extends RawText {

  /// How text is read until the next tag.
  enum TextMode { DATA, RAW, SCRIPT, PLAIN }

  /// So much of a comment is kept although nobody listens.
  private static final int UNHEARD_BYTES = 1 << 12;

  private final Context context;
  private boolean unheard;

  private boolean isEndTag;
  private final Tag tag = new Tag();
  private int textStart;
  private int textEnd;
  private int scanned;

  Tokenizer(Context context, TagNames names) {
    super(names);
    this.context = context;
  }

  /// Whether nobody listens to comments and doctypes, so that they need not be whole. Said before each [#advance()].
  void unheard(boolean nobodyListens) {
    unheard = nobodyListens;
  }

  @Override
  void shift(int by) {
    super.shift(by);
    textStart -= by;
    textEnd -= by;
    scanned -= by;
    tag.shift(by);
  }

  Tag tag() {
    return tag;
  }

  /// Where a comment's text, or what follows `<!DOCTYPE`, begins.
  int textStart() {
    return textStart;
  }

  int textEnd() {
    return textEnd;
  }

  /// The next lexeme.
  Lexeme advance() throws RewritingException {
    while (!ended) {
      Lexeme lexeme = switch (state) {
        case DATA, TAG_OPEN, END_TAG_OPEN, DECLARATION, CDATA, CDATA_BRACKET, PLAIN -> content();
        case BOGUS_COMMENT, COMMENT, DOCTYPE -> declaration();
        case TAG_NAME, BEFORE_ATTRIBUTE, ATTRIBUTE_NAME, AFTER_ATTRIBUTE_NAME, BEFORE_VALUE, DOUBLE_QUOTED, SINGLE_QUOTED, UNQUOTED, SELF_CLOSING -> tagPart();
        case RAW, RAW_LESS_THAN, RAW_END_OPEN, RAW_END_NAME -> raw();
        case ESCAPE_START, ESCAPED_DASHES, ESCAPED, ESCAPED_LESS_THAN, DOUBLE_START, DOUBLE, DOUBLE_DASHES, DOUBLE_LESS_THAN, DOUBLE_END_NAME, DOUBLE_END -> escaped();
      };
      if (lexeme != null) {
        return lexeme;
      }
    }
    return Lexeme.END;
  }

  private Lexeme content() {
    switch (state) {
      case DATA -> {
        if (!scanFor((byte) '<')) {
          return textAtEnd();
        }
        Lexeme text = text(State.TAG_OPEN);
        pos++;
        return text;
      }
      case TAG_OPEN -> {
        if (pos == limit) {
          return wait(Lexeme.TEXT);
        }
        int c = input[pos];
        if (isAlpha(c)) {
          beginTag(false);
        } else if (c == '!') {
          pos++;
          state = State.DECLARATION;
        } else if (c == '/') {
          pos++;
          state = State.END_TAG_OPEN;
        } else if (c == '?') {
          bogus();
        } else {
          return text(State.DATA);
        }
        return null;
      }
      case END_TAG_OPEN -> {
        if (pos == limit) {
          return wait(Lexeme.TEXT);
        }
        int c = input[pos];
        if (isAlpha(c)) {
          beginTag(true);
        } else if (c == '>') {
          pos++;
          state = State.DATA;
          return emit(Lexeme.MARKUP, pos);
        } else {
          bogus();
        }
        return null;
      }
      case DECLARATION -> {
        return open();
      }
      case CDATA -> {
        if (!scanFor((byte) ']')) {
          return textAtEnd();
        }
        Lexeme text = text(State.CDATA_BRACKET);
        pos++;
        return text;
      }
      case CDATA_BRACKET -> {
        int closes = next("]>");
        if (closes == PERHAPS) {
          return Lexeme.MORE;
        }
        if (closes == NO) {
          return text(State.CDATA);
        }
        pos += 2;
        state = State.DATA;
        return emit(Lexeme.MARKUP, pos);
      }
      default -> {
        pos = limit;
        return textAtEnd();
      }
    }
  }

  private void bogus() {
    textStart = pos;
    scanned = pos;
    state = State.BOGUS_COMMENT;
  }

  private Lexeme open() {
    int comment = next("--");
    int doctype = next("DOCTYPE");
    int cdata = next("[CDATA[");
    if (comment == PERHAPS || doctype == PERHAPS || cdata == PERHAPS) {
      return Lexeme.MORE;
    }
    if (comment == YES) {
      pos += 2;
      bogus();
      state = State.COMMENT;
    } else if (doctype == YES) {
      pos += 7;
      bogus();
      state = State.DOCTYPE;
    } else if (cdata == YES && context.cdataAllowed() && input[pos + 1] == 'C' && Arrays.equals(input, pos, pos + 7, CDATA_OPEN, 0, 7)) {
      pos += 7;
      state = State.CDATA;
      return emit(Lexeme.MARKUP, pos);
    } else {
      bogus();
    }
    return null;
  }

  private static final byte[] CDATA_OPEN = {'[', 'C', 'D', 'A', 'T', 'A', '['};

  private Lexeme declaration() {
    return switch (state) {
      case COMMENT -> comment();
      case DOCTYPE -> untilGreaterThan(Lexeme.DOCTYPE);
      default -> untilGreaterThan(Lexeme.COMMENT);
    };
  }

  private Lexeme untilGreaterThan(Lexeme lexeme) {
    pos = scanned;
    boolean found = scanFor((byte) '>');
    scanned = pos;
    if (!found && !last) {
      return unclosed();
    }
    textEnd = pos;
    state = State.DATA;
    if (found) {
      pos++;
    }
    return emit(lexeme, pos);
  }

  /// A comment ends at the first `-->` or `--!>`; `<!-->` and `<!--->` are whole.
  private Lexeme comment() {
    if (scanned == textStart && limit > textStart && input[textStart] == '>') {
      return commentEnds(textStart, textStart + 1);
    }
    if (scanned == textStart && limit > textStart + 1 && input[textStart] == '-' && input[textStart + 1] == '>') {
      return commentEnds(textStart, textStart + 2);
    }
    int at = scanned;
    for (; at + 2 < limit; at++) {
      if (input[at] == '-' && input[at + 1] == '-') {
        if (input[at + 2] == '>') {
          return commentEnds(at, at + 3);
        }
        if (input[at + 2] == '!') {
          if (at + 3 == limit) {
            break;
          }
          if (input[at + 3] == '>') {
            return commentEnds(at, at + 4);
          }
        }
      }
    }
    scanned = at;
    return last ? commentEnds(endOfUnclosed(), limit) : unclosed();
  }

  /// What nobody wants to see as a whole goes on at once.
  private Lexeme unclosed() {
    return unheard && scanned - lexemeStart > UNHEARD_BYTES ? emit(Lexeme.MARKUP, scanned) : Lexeme.MORE;
  }

  private int endOfUnclosed() {
    int at = limit;
    int textStart = Math.max(this.textStart, lexemeStart);
    if (at - 3 >= textStart && input[at - 1] == '!' && input[at - 2] == '-' && input[at - 3] == '-') {
      return at - 3;
    }
    for (int dashes = 0; dashes < 2 && at > textStart && input[at - 1] == '-'; dashes++) {
      at--;
    }
    return at;
  }

  private Lexeme commentEnds(int ofText, int ofLexeme) {
    textEnd = ofText;
    pos = ofLexeme;
    state = State.DATA;
    return emit(Lexeme.COMMENT, pos);
  }

  @Override
  void beginTag(boolean closing) {
    isEndTag = closing;
    tag.begin();
    partStart = pos;
    state = State.TAG_NAME;
  }

  private Lexeme tagPart() throws RewritingException {
    byte[] bytes = input;
    while (pos < limit) {
      int c = bytes[pos];
      switch (state) {
        case TAG_NAME -> {
          if (isBlank(c) || c == '>' || c == '/') {
            tag.name(partStart, pos);
            state = State.BEFORE_ATTRIBUTE;
            continue;
          }
        }
        case BEFORE_ATTRIBUTE -> {
          if (c == '/') {
            state = State.SELF_CLOSING;
          } else if (c == '>') {
            return tagEnds(false);
          } else if (!isBlank(c)) {
            partStart = pos;
            state = State.ATTRIBUTE_NAME;
          }
        }
        case ATTRIBUTE_NAME -> {
          if (isBlank(c) || c == '=' || c == '/' || c == '>') {
            tag.attribute(partStart, pos);
            state = State.AFTER_ATTRIBUTE_NAME;
            continue;
          }
        }
        case AFTER_ATTRIBUTE_NAME -> {
          if (c == '=') {
            state = State.BEFORE_VALUE;
          } else if (!isBlank(c)) {
            state = State.BEFORE_ATTRIBUTE;
            continue;
          }
        }
        case BEFORE_VALUE -> {
          if (c == '>') {
            return tagEnds(false);
          }
          if (!isBlank(c)) {
            boolean quoted = c == '"' || c == '\'';
            state = c == '"' ? State.DOUBLE_QUOTED : quoted ? State.SINGLE_QUOTED : State.UNQUOTED;
            partStart = quoted ? pos + 1 : pos;
          }
        }
        case DOUBLE_QUOTED, SINGLE_QUOTED -> {
          if (!scanFor((byte) (state == State.DOUBLE_QUOTED ? '"' : '\''))) {
            continue;
          }
          tag.value(partStart, pos, pos + 1);
          state = State.BEFORE_ATTRIBUTE;
        }
        case UNQUOTED -> {
          if (isBlank(c) || c == '>') {
            tag.value(partStart, pos, pos);
            state = State.BEFORE_ATTRIBUTE;
            continue;
          }
        }
        default -> {
          if (c == '>') {
            return tagEnds(true);
          }
          state = State.BEFORE_ATTRIBUTE;
          continue;
        }
      }
      pos++;
    }
    return wait(Lexeme.MARKUP);
  }

  private Lexeme tagEnds(boolean selfClosing) throws RewritingException {
    pos++;
    String name = names.of(input, tag.nameStart(), tag.nameEnd());
    tag.complete(name, selfClosing);
    TextMode mode;
    if (isEndTag) {
      context.endTag(name);
      mode = TextMode.DATA;
    } else {
      mode = context.startTag(tag, input);
      lastStartTag = name;
    }
    textState = switch (mode) {
      case DATA -> State.DATA;
      case RAW, SCRIPT -> State.RAW;
      case PLAIN -> State.PLAIN;
    };
    scripted = mode == TextMode.SCRIPT;
    state = textState;
    return emit(isEndTag ? Lexeme.END_TAG : Lexeme.START_TAG, pos);
  }
}
