package dev.tenon.worker.html;

/// The parts of a doctype, as places in the input; a start of -1 for what is missing. <https://html.spec.whatwg.org/multipage/parsing.html#doctype-state>
final class Doctype {

  final int[] name = {-1, -1};
  final int[] publicId = {-1, -1};
  final int[] systemId = {-1, -1};

  private final byte[] input;
  private final int end;
  private int at;

  /// @param start after `<!DOCTYPE`; @param end where its `>` is
  Doctype(byte[] input, int start, int end) {
    this.input = input;
    this.at = start;
    this.end = end;
    read();
  }

  private void read() {
    skipBlanks();
    if (at == end) {
      return;
    }
    name[0] = at;
    while (at < end && !Ascii.blank(input[at])) {
      at++;
    }
    name[1] = at;
    skipBlanks();
    if (keyword("public")) {
      skipBlanks();
      if (quoted(publicId)) {
        skipBlanks();
        quoted(systemId);
      }
    } else if (keyword("system")) {
      skipBlanks();
      quoted(systemId);
    }
  }

  private void skipBlanks() {
    while (at < end && Ascii.blank(input[at])) {
      at++;
    }
  }

  private boolean keyword(String word) {
    boolean there = at + word.length() <= end && Ascii.equalsIgnoringCase(input, at, at + word.length(), Ascii.bytes(word));
    at += there ? word.length() : 0;
    return there;
  }

  private boolean quoted(int[] part) {
    if (at == end || input[at] != '"' && input[at] != '\'') {
      return false;
    }
    byte quote = input[at++];
    part[0] = at;
    while (at < end && input[at] != quote) {
      at++;
    }
    part[1] = at;
    at += at < end ? 1 : 0;
    return true;
  }
}
