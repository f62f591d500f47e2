package dev.tenon.worker.html;

/// A document that cannot be rewritten on.
final class RewritingException extends Exception {

  private static final long serialVersionUID = 1;

  private RewritingException(String message) {
    super(message, null, false, false);
  }

  static RewritingException memory() {
    return new RewritingException("The memory limit has been exceeded.");
  }

  /// @param tag one after which text is read in another way
  static RewritingException ambiguity(String tag) {
    return new RewritingException(
        "The parser has encountered a text content tag (`<" + tag + ">`) where a browser may ignore it (in a `<select>`, or after a `<frameset>`), so that it is "
            + "ambiguous what follows: text or markup – close the `<select>` first, or move the tag");
  }
}
