package dev.tenon.worker.html;

import java.util.Arrays;

/// Where the parts of the tag just read lie in the tokenizer's input. Overwritten by the next one.
final class Tag {

  private static final int FIELDS = 5;

  private int nameStart;
  private int nameEnd;
  private String name = "";
  private boolean selfClosing;
  private Namespace namespace = Namespace.HTML;
  private int count;
  private int[] attributes = new int[8 * FIELDS];

  void begin() {
    count = 0;
    selfClosing = false;
    namespace = Namespace.HTML;
  }

  void name(int start, int end) {
    nameStart = start;
    nameEnd = end;
  }

  /// An attribute without a value, as yet.
  void attribute(int start, int end) {
    int at = count++ * FIELDS;
    if (at == attributes.length) {
      attributes = Arrays.copyOf(attributes, 2 * at);
    }
    attributes[at] = start;
    attributes[at + 1] = end;
    attributes[at + 2] = end;
    attributes[at + 3] = end;
    attributes[at + 4] = end;
  }

  /// The last attribute's value. @param rawEnd after the closing quote
  void value(int start, int end, int rawEnd) {
    int at = (count - 1) * FIELDS;
    attributes[at + 2] = start;
    attributes[at + 3] = end;
    attributes[at + 4] = rawEnd;
  }

  void complete(String itsName, boolean closesItself) {
    name = itsName;
    selfClosing = closesItself;
  }

  void in(Namespace where) {
    namespace = where;
  }

  /// The input has been moved towards its beginning.
  void shift(int by) {
    nameStart -= by;
    nameEnd -= by;
    for (int i = 0; i < count * FIELDS; i++) {
      attributes[i] -= by;
    }
  }

  int nameStart() {
    return nameStart;
  }

  int nameEnd() {
    return nameEnd;
  }

  /// In lower case.
  String name() {
    return name;
  }

  boolean selfClosing() {
    return selfClosing;
  }

  Namespace namespace() {
    return namespace;
  }

  int attributes() {
    return count;
  }

  int attributeStart(int index) {
    return attributes[index * FIELDS];
  }

  int attributeNameEnd(int index) {
    return attributes[index * FIELDS + 1];
  }

  int valueStart(int index) {
    return attributes[index * FIELDS + 2];
  }

  int valueEnd(int index) {
    return attributes[index * FIELDS + 3];
  }

  int attributeEnd(int index) {
    return attributes[index * FIELDS + 4];
  }

  /// The first attribute of a name in lower case; -1 for none.
  int find(byte[] input, byte[] lowerCaseName) {
    for (int i = 0; i < count; i++) {
      if (Ascii.equalsIgnoringCase(input, attributeStart(i), attributeNameEnd(i), lowerCaseName)) {
        return i;
      }
    }
    return -1;
  }
}
