package dev.tenon.contract.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
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
  void charactersAreReadInEveryForm() throws NotJsonException {
    assertEquals("[ü€😀\uFFFF\u0080\u07ff\u0800\uD7FF\uE000]", JsonValue.read("[\"ü€😀\uFFFF\u0080\u07ff\u0800\uD7FF\uE000\"]".getBytes(StandardCharsets.UTF_8)).toString());
    assertEquals("[😀 \\ud800 ü]", JsonValue.read("[\"\\ud83d\\uDE00 \\\\ud800 \\u00fc\"]".getBytes(StandardCharsets.UTF_8)).toString());
  }

  @Test
  void whatIsNoCharacterIsRefused() {
    for (String bytes : new String[] {"80", "bf", "c080", "c1bf", "c3", "c328", "e08080", "e09fbf", "e282", "eda080", "edbfbf", "f08fbfbf", "f0908d", "f4908080", "f5808080", "fe", "ff"}) {
      byte[] wrong = HexFormat.of().parseHex("5b0a2261" + bytes + "225d");
      refused(wrong, 2, 3, "the bytes are not valid UTF-8");
    }
    refused(HexFormat.of().parseHex("22e282"), 1, 2, "the bytes are not valid UTF-8");
    String half = "an escape is one half of a surrogate pair without the other";
    for (String escape : new String[] {"\\ud800", "\\uDFFF", "\\ude00\\ud83d", "\\ud83d\\ud83d\\ude00", "\\ud83dx", "\\ud83d\\n", "\\ud83d\\u0041"}) {
      refused("{\"a\":\"" + escape + "\"}", 1, 7, half);
      refused("{\"" + escape + "\":1}", 1, 3, half);
    }
    refused("\"\\u12\"", 1, 6, "Unexpected character ('\"' (code 34)): expected a hex-digit for character escape sequence");
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
