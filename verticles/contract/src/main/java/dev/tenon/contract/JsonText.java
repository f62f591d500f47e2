package dev.tenon.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/// A [Node] written as JSON, members in the order they were read.
final class JsonText {

  private static final JsonFactory JSON = new JsonFactory();

  private JsonText() {}

  static String of(Node node) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      write(node, generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(Node node, JsonGenerator out) throws IOException {
    switch (node) {
      case Node.Obj object -> {
        out.writeStartObject();
        for (Map.Entry<String, Node> member : object.members().entrySet()) {
          out.writeFieldName(member.getKey());
          write(member.getValue(), out);
        }
        out.writeEndObject();
      }
      case Node.Arr array -> {
        out.writeStartArray();
        for (Node item : array.items()) {
          write(item, out);
        }
        out.writeEndArray();
      }
      case Node.Text text -> out.writeString(text.value());
      case Node.Num number -> {
        switch (number.value()) {
          case Long whole -> out.writeNumber(whole);
          case BigInteger whole -> out.writeNumber(whole);
          case Number decimal -> out.writeNumber((BigDecimal) decimal);
        }
      }
      case Node.Bool bool -> out.writeBoolean(bool.value());
      case Node.Null nothing -> out.writeNull();
    }
  }
}
