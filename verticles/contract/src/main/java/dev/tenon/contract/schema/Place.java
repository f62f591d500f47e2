package dev.tenon.contract.schema;

/// The way from a value to one inside it. Made only while a refused value is explained.
record Place(Place parent, String segment) {

  static final Place ROOT = new Place(null, "");

  Place member(String name) {
    return new Place(this, name);
  }

  Place item(int index) {
    return new Place(this, Integer.toString(index));
  }

  /// The way as a JSON pointer.
  String pointer() {
    StringBuilder text = new StringBuilder();
    append(text);
    return text.toString();
  }

  private void append(StringBuilder text) {
    if (parent != null) {
      parent.append(text);
      text.append('/').append(segment.replace("~", "~0").replace("/", "~1"));
    }
  }
}
