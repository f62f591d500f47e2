package dev.tenon.worker.html;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Who listens to what. A handler object of JavaScript is a number, in the order of registration, those of selectors before those of the document; it listens to
/// text and comments as long as elements are open that it is for.
final class Registrations {

  private final List<Integer> textUses = new ArrayList<>();
  private final List<Integer> commentUses = new ArrayList<>();
  private final BitSet elements = new BitSet();
  private final BitSet texts = new BitSet();
  private final BitSet comments = new BitSet();
  private final BitSet doctypes = new BitSet();
  private final BitSet ends = new BitSet();
  private int activeTexts;
  private int activeComments;

  int add(boolean element, boolean comment, boolean text) {
    int handler = textUses.size();
    textUses.add(0);
    commentUses.add(0);
    elements.set(handler, element);
    comments.set(handler, comment);
    texts.set(handler, text);
    return handler;
  }

  void addForDocument(boolean doctype, boolean comment, boolean text, boolean end) {
    int handler = add(false, comment, text);
    doctypes.set(handler, doctype);
    ends.set(handler, end);
    BitSet itself = new BitSet();
    itself.set(handler);
    use(itself, 1);
  }

  /// An element with content that the handlers are for has begun (1) or ended (-1).
  void use(BitSet handlers, int change) {
    for (int handler = handlers.nextSetBit(0); handler >= 0; handler = handlers.nextSetBit(handler + 1)) {
      if (texts.get(handler)) {
        textUses.set(handler, textUses.get(handler) + change);
        activeTexts += change;
      }
      if (comments.get(handler)) {
        commentUses.set(handler, commentUses.get(handler) + change);
        activeComments += change;
      }
    }
  }

  boolean listenToText() {
    return activeTexts > 0;
  }

  boolean listenToComments() {
    return activeComments > 0;
  }

  BitSet text() {
    return used(textUses);
  }

  BitSet comments() {
    return used(commentUses);
  }

  BitSet doctypes() {
    return doctypes;
  }

  BitSet ends() {
    return ends;
  }

  /// Those of `matched` that want the element itself.
  BitSet elements(BitSet matched) {
    BitSet wanting = (BitSet) matched.clone();
    wanting.and(elements);
    return wanting;
  }

  private static BitSet used(List<Integer> uses) {
    BitSet used = new BitSet();
    for (int handler = 0; handler < uses.size(); handler++) {
      used.set(handler, uses.get(handler) > 0);
    }
    return used;
  }
}
