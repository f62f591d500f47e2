package dev.tenon.worker.html;

/// The states of text that only its element's end tag ends: `<style>`, `<title>`, `<script>` and the like.
/// <https://html.spec.whatwg.org/multipage/parsing.html#rawtext-state> and those after it.
abstract class RawText extends Cursor {

  final TagNames names;
  State textState = State.DATA;
  String lastStartTag = "";

  /// Whether the text is a script, which may have `<!-- … -->` in it.
  boolean scripted;

  RawText(TagNames names) {
    this.names = names;
  }

  /// An end tag has been found whose name is behind the cursor.
  abstract void beginTag(boolean closing);

  /// Text that only its element's end tag ends.
  final Lexeme raw() {
    switch (state) {
      case RAW -> {
        textState = State.RAW;
        if (!scanFor((byte) '<')) {
          return textAtEnd();
        }
        Lexeme text = text(State.RAW_LESS_THAN);
        pos++;
        return text;
      }
      case RAW_LESS_THAN -> {
        if (pos == limit) {
          return wait(Lexeme.TEXT);
        }
        if (input[pos] == '/') {
          pos++;
          state = State.RAW_END_OPEN;
          return null;
        }
        if (scripted && input[pos] == '!') {
          pos++;
          state = State.ESCAPE_START;
          return null;
        }
        return text(State.RAW);
      }
      case RAW_END_OPEN -> {
        if (pos == limit) {
          return wait(Lexeme.TEXT);
        }
        if (!isAlpha(input[pos])) {
          return text(textState);
        }
        partStart = pos;
        state = State.RAW_END_NAME;
        return null;
      }
      default -> {
        while (pos < limit && isAlpha(input[pos])) {
          pos++;
        }
        if (pos == limit) {
          return wait(Lexeme.TEXT);
        }
        int c = input[pos];
        if ((isBlank(c) || c == '/' || c == '>') && names.is(lastStartTag, input, partStart, pos)) {
          int nameStart = partStart;
          beginTag(true);
          partStart = nameStart;
          return null;
        }
        return text(textState);
      }
    }
  }

  /// A script inside of `<!-- … -->`.
  final Lexeme escaped() {
    switch (state) {
      case ESCAPE_START -> {
        int dashes = next("--");
        if (dashes == PERHAPS) {
          return Lexeme.MORE;
        }
        if (dashes == NO) {
          return text(State.RAW);
        }
        pos += 2;
        state = State.ESCAPED_DASHES;
        return null;
      }
      case ESCAPED, DOUBLE -> {
        return insideEscape();
      }
      case ESCAPED_DASHES, DOUBLE_DASHES -> {
        return afterDashes();
      }
      case ESCAPED_LESS_THAN -> {
        int script = next("SCRIPT");
        if (script == PERHAPS || pos == limit) {
          return wait(Lexeme.TEXT);
        }
        if (script == YES) {
          pos += 6;
          state = State.DOUBLE_START;
        } else if (input[pos] == '/') {
          pos++;
          textState = State.ESCAPED;
          state = State.RAW_END_OPEN;
        } else {
          return text(State.ESCAPED);
        }
        return null;
      }
      case DOUBLE_LESS_THAN -> {
        if (pos == limit) {
          return wait(Lexeme.TEXT);
        }
        boolean slash = input[pos] == '/';
        pos += slash ? 1 : 0;
        state = slash ? State.DOUBLE_END_NAME : State.DOUBLE;
        return null;
      }
      case DOUBLE_END_NAME -> {
        int script = next("SCRIPT");
        if (script == PERHAPS) {
          return Lexeme.MORE;
        }
        pos += script == YES ? 6 : 0;
        state = script == YES ? State.DOUBLE_END : State.DOUBLE;
        return null;
      }
      default -> {
        if (pos == limit) {
          return wait(Lexeme.TEXT);
        }
        int c = input[pos];
        boolean whole = isBlank(c) || c == '/' || c == '>';
        pos += whole ? 1 : 0;
        state = (state == State.DOUBLE_START) == whole ? State.DOUBLE : State.ESCAPED;
        return null;
      }
    }
  }

  private Lexeme insideEscape() {
    boolean twice = state == State.DOUBLE;
    for (; pos < limit; pos++) {
      int c = input[pos];
      if (c == '<') {
        Lexeme text = text(twice ? State.DOUBLE_LESS_THAN : State.ESCAPED_LESS_THAN);
        pos++;
        return text;
      }
      if (c == '-') {
        int dashes = next("--");
        if (dashes == PERHAPS) {
          return Lexeme.MORE;
        }
        if (dashes == YES) {
          pos += 2;
          state = twice ? State.DOUBLE_DASHES : State.ESCAPED_DASHES;
          return null;
        }
      }
    }
    return textAtEnd();
  }

  private Lexeme afterDashes() {
    boolean twice = state == State.DOUBLE_DASHES;
    while (pos < limit && input[pos] == '-') {
      pos++;
    }
    if (pos == limit) {
      return textAtEnd();
    }
    int c = input[pos];
    if (c == '>') {
      return text(State.RAW);
    }
    if (c == '<') {
      Lexeme text = twice ? null : text();
      state = twice ? State.DOUBLE_LESS_THAN : State.ESCAPED_LESS_THAN;
      pos++;
      return text;
    }
    pos++;
    state = twice ? State.DOUBLE : State.ESCAPED;
    return null;
  }
}
