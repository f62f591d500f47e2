package dev.tenon.worker.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/// What a tree would tell the tokenizer, guessed without one: how the text after a tag is read, the namespace of a tag, whether CDATA sections are.
///
/// Where the guess could be wrong, so that markup would pass as text or text as markup, [RewritingException] ends the rewriting.
final class Context {

  private static final Set<String> RAW_TEXT =
      Set.of("textarea", "title", "style", "iframe", "xmp", "noembed", "noframes", "noscript");

  private static final Set<String> LEAVE_FOREIGN_CONTENT = Set.of(
      "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "h1", "h2", "h3", "h4", "h5", "h6", "head", "hr", "i",
      "img", "li", "listing", "menu", "meta", "nobr", "ol", "p", "pre", "ruby", "s", "small", "span", "strong", "strike", "sub", "sup", "table", "tt", "u",
      "ul", "var");

  private static final Set<String> TEXT_IN_MATHML = Set.of("mi", "mo", "mn", "ms", "mtext");
  private static final Set<String> HTML_IN_SVG = Set.of("desc", "title", "foreignobject");
  private static final byte[] ENCODING = Ascii.bytes("encoding");
  private static final int NAMESPACES_MAX = 1 << 16;

  private final Deque<Namespace> outer = new ArrayDeque<>();
  private Namespace current = Namespace.HTML;
  private Where where = Where.ANYWHERE;
  private int templates;

  private enum Where { ANYWHERE, SELECT, TEMPLATE_IN_SELECT, FRAMESET }

  boolean cdataAllowed() {
    return current != Namespace.HTML;
  }

  /// Takes notice of a start tag and gives it its namespace.
  Tokenizer.TextMode startTag(Tag tag, byte[] input) throws RewritingException {
    String name = tag.name();
    Tokenizer.TextMode mode = textModeAfter(name);
    boolean changesMode = mode != Tokenizer.TextMode.DATA;
    guard(name, changesMode);
    if (name.equals("svg")) {
      enter(Namespace.SVG);
      mode = Tokenizer.TextMode.DATA;
    } else if (name.equals("math")) {
      enter(Namespace.MATHML);
      mode = Tokenizer.TextMode.DATA;
    } else if (current != Namespace.HTML) {
      inForeignContent(tag, input);
      return Tokenizer.TextMode.DATA;
    }
    tag.in(current);
    return mode;
  }

  void endTag(String name) {
    if (where == Where.SELECT && name.equals("select")) {
      where = Where.ANYWHERE;
    } else if (where == Where.TEMPLATE_IN_SELECT && name.equals("template") && --templates == 0) {
      where = Where.SELECT;
    }
    switch (current) {
      case HTML -> leaveIntegrationPoint(name);
      case SVG -> leaveAt(name, "svg");
      case MATHML -> leaveAt(name, "math");
    }
  }

  private static Tokenizer.TextMode textModeAfter(String name) {
    if (RAW_TEXT.contains(name)) {
      return Tokenizer.TextMode.RAW;
    }
    return switch (name) {
      case "script" -> Tokenizer.TextMode.SCRIPT;
      case "plaintext" -> Tokenizer.TextMode.PLAIN;
      default -> Tokenizer.TextMode.DATA;
    };
  }

  /// Browsers ignore most tags in a `<select>` and after a `<frameset>`, by rules that need a tree.
  private void guard(String name, boolean changesMode) throws RewritingException {
    switch (where) {
      case ANYWHERE -> {
        if (name.equals("select")) {
          where = Where.SELECT;
        } else if (name.equals("frameset")) {
          where = Where.FRAMESET;
        }
      }
      case SELECT -> {
        switch (name) {
          case "select", "textarea", "input", "keygen" -> where = Where.ANYWHERE;
          case "template" -> {
            where = Where.TEMPLATE_IN_SELECT;
            templates = 1;
          }
          case "script" -> { }
          default -> refuse(name, changesMode);
        }
      }
      case TEMPLATE_IN_SELECT -> {
        if (name.equals("template")) {
          templates++;
        } else {
          refuse(name, changesMode);
        }
      }
      case FRAMESET -> refuse(name, changesMode && !name.equals("noframes"));
    }
  }

  private static void refuse(String name, boolean ambiguous) throws RewritingException {
    if (ambiguous) {
      throw RewritingException.ambiguity(name);
    }
  }

  private void inForeignContent(Tag tag, byte[] input) throws RewritingException {
    String name = tag.name();
    if (LEAVE_FOREIGN_CONTENT.contains(name) || name.equals("font") && isStyledFont(tag, input)) {
      leaveForeignContent();
      tag.in(current);
    } else {
      tag.in(current);
      if (!tag.selfClosing() && isIntegrationPoint(tag, input)) {
        enter(Namespace.HTML);
      }
    }
  }

  private static boolean isStyledFont(Tag tag, byte[] input) {
    for (String attribute : new String[] {"color", "size", "face"}) {
      if (tag.find(input, Ascii.bytes(attribute)) >= 0) {
        return true;
      }
    }
    return false;
  }

  private boolean isIntegrationPoint(Tag tag, byte[] input) {
    if (current == Namespace.SVG) {
      return HTML_IN_SVG.contains(tag.name());
    }
    if (TEXT_IN_MATHML.contains(tag.name())) {
      return true;
    }
    int encoding = tag.name().equals("annotation-xml") ? tag.find(input, ENCODING) : -1;
    return encoding >= 0 && (isValue(tag, encoding, input, "text/html") || isValue(tag, encoding, input, "application/xhtml+xml"));
  }

  private static boolean isValue(Tag tag, int attribute, byte[] input, String value) {
    return Ascii.equalsIgnoringCase(input, tag.valueStart(attribute), tag.valueEnd(attribute), Ascii.bytes(value));
  }

  private void leaveIntegrationPoint(String name) {
    if (outer.isEmpty()) {
      return;
    }
    boolean leaves = switch (outer.getLast()) {
      case SVG -> HTML_IN_SVG.contains(name);
      case MATHML -> TEXT_IN_MATHML.contains(name) || name.equals("annotation-xml");
      case HTML -> false;
    };
    if (leaves) {
      leave();
    }
  }

  private void enter(Namespace namespace) throws RewritingException {
    if (outer.size() == NAMESPACES_MAX) {
      throw RewritingException.memory();
    }
    outer.addLast(current);
    current = namespace;
  }

  private void leaveAt(String name, String root) {
    if (name.equals(root)) {
      leave();
    } else if (name.equals("p") || name.equals("br")) {
      leaveForeignContent();
    }
  }

  private void leaveForeignContent() {
    while (current != Namespace.HTML) {
      leave();
    }
  }

  private void leave() {
    current = outer.isEmpty() ? Namespace.HTML : outer.removeLast();
  }
}
