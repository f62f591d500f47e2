package dev.tenon.contract.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonValueTest {

  private static void refused(byte[] bytes, int line, int column, String message) {
    NotJsonException e = assertThrows(NotJsonException.class, () -> JsonValue.read(bytes));
    assertEquals(line + ":" + column + " " + message, e.line() + ":" + e.column() + " " + e.getMessage());
  }

  private static void refused(String text, int line, int column, String message) {
    refused(text.getBytes(StandardCharsets.UTF_8), line, column, message);
  }

  @Test
  void valuesAreReadAsJavaValues() throws NotJsonException {
    assertEquals("{a=[1, 2.5, true, null, ü]}", JsonValue.read("{\"a\":[1,2.5,true,null,\"ü\"]}".getBytes(StandardCharsets.UTF_8)).toString());
    assertEquals("12345678901234567890", JsonValue.read("12345678901234567890".getBytes(StandardCharsets.UTF_8)).toString());
  }

  @Test
  void whatTwoReadersCouldUnderstandDifferentlyIsRefused() {
    refused("{\"a\":1,\"a\":2}", 1, 8, "a name is there twice in one object");
    refused("1e999", 1, 1, "a number is too large");
    refused("{} x", 1, 4, "a word that JSON does not know");
    refused("{}{}", 1, 3, "there is more after the end of the value");
    refused("", 1, 1, "there is nothing");
    refused("{\"a\":\n  }", 2, 3, "Unexpected character ('}' (code 125)): expected a value");
    refused("[1".getBytes(StandardCharsets.UTF_16BE), 1, 1, "the text is not UTF-8 without a byte order mark");
    refused("\uFEFF{}", 1, 1, "the text is not UTF-8 without a byte order mark");
    refused("1".repeat(2000), 1, 1, "a name, string or number is too long");
    refused("[".repeat(300), 1, 252, "values are nested deeper than 250");
  }
}
