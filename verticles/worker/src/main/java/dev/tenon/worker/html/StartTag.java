package dev.tenon.worker.html;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A start tag, with what handlers change in it. Lies in the tokenizer's input, so it is of use only until more input comes.
final class StartTag {

  private final TextCodec codec;
  private final Tag tag;
  private final byte[] input;
  private final int start;
  private final int end;
  private byte[] name;
  private boolean selfClosing;
  private boolean modified;
  private List<Attribute> attributes;

  /// @param written the attribute as it stands in the document; null where a handler has set it
  private record Attribute(byte[] name, byte[] value, byte[] written) {}

  StartTag(TextCodec codec, Tag tag, byte[] input, int start, int end) {
    this.codec = codec;
    this.tag = tag;
    this.input = input;
    this.start = start;
    this.end = end;
    this.selfClosing = tag.selfClosing();
  }

  String name() {
    return Ascii.lower(name == null ? codec.decode(input, tag.nameStart(), tag.nameEnd()) : codec.decode(name, 0, name.length));
  }

  void rename(byte[] other) {
    name = other;
    modified = true;
  }

  /// Content follows: the tag does not close itself, if it is written anew.
  void opens() {
    selfClosing = false;
  }

  int attributes() {
    return attributes == null ? tag.attributes() : attributes.size();
  }

  String attributeName(int index) {
    if (attributes == null) {
      return Ascii.lower(codec.decode(input, tag.attributeStart(index), tag.attributeNameEnd(index)));
    }
    byte[] bytes = attributes.get(index).name();
    return Ascii.lower(codec.decode(bytes, 0, bytes.length));
  }

  String attributeValue(int index) {
    if (attributes == null) {
      return codec.decode(input, tag.valueStart(index), tag.valueEnd(index));
    }
    byte[] bytes = attributes.get(index).value();
    return codec.decode(bytes, 0, bytes.length);
  }

  /// The first attribute of a name; -1 for none.
  int find(String attributeName) {
    Optional<byte[]> wanted = codec.encodeExactly(Ascii.lower(attributeName));
    if (wanted.isEmpty()) {
      return -1;
    }
    if (attributes == null) {
      return tag.find(input, wanted.get());
    }
    for (int i = 0; i < attributes.size(); i++) {
      byte[] candidate = attributes.get(i).name();
      if (Ascii.equalsIgnoringCase(candidate, 0, candidate.length, wanted.get())) {
        return i;
      }
    }
    return -1;
  }

  /// @return what is wrong with the name; null for nothing
  String set(String attributeName, String value) {
    if (attributeName.isEmpty()) {
      return "Attribute name can't be empty.";
    }
    for (int i = 0; i < attributeName.length(); i++) {
      char c = attributeName.charAt(i);
      if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '/' || c == '>' || c == '=') {
        return "`" + c + "` character is forbidden in the attribute name";
      }
    }
    Optional<byte[]> bytes = codec.encodeExactly(Ascii.lower(attributeName));
    if (bytes.isEmpty()) {
      return "The attribute name contains a character that can't be represented in the document's character encoding.";
    }
    List<Attribute> list = list();
    int index = find(attributeName);
    if (index < 0) {
      list.add(new Attribute(bytes.get(), codec.encode(value), null));
    } else {
      list.set(index, new Attribute(list.get(index).name(), codec.encode(value), null));
    }
    modified = true;
    return null;
  }

  void remove(String attributeName) {
    Optional<byte[]> bytes = codec.encodeExactly(Ascii.lower(attributeName));
    if (bytes.isPresent()
        && list().removeIf(attribute -> Ascii.equalsIgnoringCase(attribute.name(), 0, attribute.name().length, bytes.get()))) {
      modified = true;
    }
  }

  private List<Attribute> list() {
    if (attributes == null) {
      attributes = new ArrayList<>();
      for (int i = 0; i < tag.attributes(); i++) {
        attributes.add(new Attribute(
            copy(tag.attributeStart(i), tag.attributeNameEnd(i)), copy(tag.valueStart(i), tag.valueEnd(i)),
            copy(tag.attributeStart(i), tag.attributeEnd(i))));
      }
    }
    return attributes;
  }

  private byte[] copy(int from, int to) {
    return Arrays.copyOfRange(input, from, to);
  }

  /// Byte for byte as it was where nothing has been changed.
  void write(Output output) {
    if (!modified) {
      output.append(input, start, end);
      return;
    }
    output.append('<');
    if (name == null) {
      output.append(input, tag.nameStart(), tag.nameEnd());
    } else {
      output.append(name);
    }
    for (Attribute attribute : list()) {
      output.append(' ');
      write(attribute, output);
    }
    // An unquoted value would take the slash for its own.
    output.append(!selfClosing ? ">" : attributes.isEmpty() ? "/>" : " />");
  }

  private static void write(Attribute attribute, Output output) {
    if (attribute.written() != null) {
      output.append(attribute.written());
      return;
    }
    output.append(attribute.name());
    output.append("=\"");
    byte[] value = attribute.value();
    int from = 0;
    for (int i = 0; i < value.length; i++) {
      if (value[i] == '"') {
        output.append(value, from, i);
        output.append("&quot;");
        from = i + 1;
      }
    }
    output.append(value, from, value.length);
    output.append('"');
  }
}
