package dev.tenon.contract.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
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
  void randomValuesAreReadAsAnotherReaderReadsThem() throws Exception {
    ObjectMapper other = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    Random random = new Random(8259);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder json = new StringBuilder();
      write(json, random, 4);
      byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
      assertTrue(Equality.equal(other.readValue(bytes, Object.class), JsonValue.read(bytes)), json::toString);
      int cut = random.nextInt(bytes.length);
      byte[] broken = bytes.clone();
      broken[cut] = (byte) "{}[]\",:0e-\\x\u0000\u00ff".charAt(random.nextInt(14));
      boolean theirs = true;
      try (JsonParser parser = other.getFactory().createParser(broken)) {
        while (parser.nextToken() != null) {
          theirs &= parser.currentToken() != null;
        }
      } catch (IOException e) {
        theirs = false;
      }
      try {
        JsonValue.read(broken);
        assertTrue(theirs, () -> new String(broken, StandardCharsets.ISO_8859_1));
      } catch (NotJsonException e) {
        assertTrue(e.line() == 1 && e.column() >= 1 && e.column() <= bytes.length + 1, e.getMessage());
      }
    }
  }

  private static void write(StringBuilder json, Random random, int depth) {
    switch (random.nextInt(depth == 0 ? 5 : 8)) {
      case 0 -> json.append(random.nextBoolean() ? "null" : random.nextBoolean());
      case 1 -> json.append(random.nextLong() >> random.nextInt(64));
      case 2 -> json.append(BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), random.nextInt(40) - 10));
      case 3, 4 -> text(json, random);
      case 5 -> {
        json.append('[');
        for (int i = random.nextInt(4); i >= 0; i--) {
          write(json, random, depth - 1);
          json.append(i == 0 ? "" : " , ");
        }
        json.append(']');
      }
      default -> {
        json.append("{ ");
        for (int i = random.nextInt(4); i >= 0; i--) {
          json.append('"').append(i).append("n\u00e9\",".substring(0, 1 + random.nextInt(2))).append("\" :");
          write(json, random, depth - 1);
          json.append(i == 0 ? "" : ",");
        }
        json.append('}');
      }
    }
  }

  private static void text(StringBuilder json, Random random) {
    json.append('"');
    for (int i = random.nextInt(8); i > 0; i--) {
      json.append(List.of("a", "é", "€", "😀", "\\n", "\\\\", "\\\"", "\\u00e9", "\\ud83d\\ude00", "/", "\\/").get(random.nextInt(11)));
    }
    json.append('"');
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
    refused("\"\\u12\"", 1, 2, "an escape has fewer than four hexadecimal digits");
  }

  @Test
  void whatTwoReadersCouldUnderstandDifferentlyIsRefused() {
    refused("{\"a\":1,\"a\":2}", 1, 8, "a name is there twice in one object");
    refused("1e999", 1, 1, "a number is too large");
    refused("{} x", 1, 4, "a word that JSON does not know");
    refused("[1,]", 1, 4, "a value is expected");
    refused("[1 2]", 1, 4, "a comma or ] is expected");
    refused("{\"a\" 1}", 1, 6, "a colon is expected");
    refused("{a:1}", 1, 2, "a name in quotation marks is expected");
    refused("{\"a\":1,}", 1, 8, "a name in quotation marks is expected");
    refused("[nul]", 1, 2, "a word that JSON does not know");
    refused("truex", 1, 1, "a word that JSON does not know");
    refused("NaN", 1, 1, "a word that JSON does not know");
    refused("01", 1, 1, "a number begins with a zero that means nothing");
    refused("-", 1, 1, "a digit is expected behind a minus sign");
    refused("+1", 1, 1, "a value is expected");
    refused("1.", 1, 2, "a digit is expected behind a decimal point");
    refused(".5", 1, 1, "a value is expected");
    refused("1e", 1, 2, "a digit is expected in an exponent");
    refused("1.5.2", 1, 1, "a word that JSON does not know");
    refused("\"a\nb\"", 1, 3, "a control character in a string is not escaped");
    refused("\"\\x\"", 1, 2, "an escape that JSON does not know");
    refused("\"a", 1, 3, "it ends inside a string");
    refused("\"a\\", 1, 4, "it ends inside a string");
    refused("[1", 1, 3, "it ends where , or ] is expected");
    refused("{\"a\":", 1, 6, "it ends where a value is expected");
    refused("1 /* a */", 1, 3, "there is more after the end of the value");
    refused("{}{}", 1, 3, "there is more after the end of the value");
    refused("", 1, 1, "there is nothing");
    refused("{\"a\":\n  }", 2, 3, "a value is expected");
    refused("[1".getBytes(StandardCharsets.UTF_16BE), 1, 1, "the text is not UTF-8 without a byte order mark");
    refused("\uFEFF{}", 1, 1, "the text is not UTF-8 without a byte order mark");
    refused("1".repeat(2000), 1, 1, "a number is too long");
    refused("[".repeat(300), 1, 252, "values are nested deeper than 250");
  }
}
