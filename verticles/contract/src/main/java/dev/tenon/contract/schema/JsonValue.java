package dev.tenon.contract.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads JSON (RFC 8259) into the values that a [Schema] checks: [Map], [List], [String], [Long], [BigInteger], [Double]
/// (a decimal of at most 15 digits), [BigDecimal], [Boolean], null.
///
/// Stricter than most readers where two of them could understand different things: valid UTF-8 only, no escaped half of a surrogate pair, no name twice in an object, no number too large for a double.
public final class JsonValue {

  static final int NESTING_MAX = 250;
  private static final int MAGNITUDE_MAX = 400;

  private static final JsonFactory JSON = JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(64 * 1024 * 1024).build())
      .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
      .build();

  private JsonValue() {}

  /// @throws NotJsonException with the place and the reason
  public static Object read(byte[] utf8) throws NotJsonException {
    if (!looksLikeUtf8(utf8)) {
      throw new NotJsonException(1, 1, "the text is not UTF-8 without a byte order mark");
    }
    UnicodeCheck.check(utf8);
    try (JsonParser parser = JSON.createParser(utf8)) {
      if (parser.nextToken() == null) {
        throw new NotJsonException(1, 1, "there is nothing");
      }
      Object value = value(parser, 0);
      if (parser.nextToken() != null) {
        throw at(parser.currentTokenLocation(), "there is more after the end of the value");
      }
      return value;
    } catch (StreamConstraintsException e) {
      throw new NotJsonException(1, 1, "a name, string or number is too long");
    } catch (JsonProcessingException e) {
      throw at(e.getLocation(), reason(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The parser's reason, without the words of the text that it quotes: they may be a secret without its quotes.
  private static String reason(String message) {
    return message.startsWith("Unrecognized token") ? "a word that JSON does not know" : message;
  }

  /// The parser guesses UTF-16 and UTF-32 from zero bytes and byte order marks; neither begins a JSON text in UTF-8.
  private static boolean looksLikeUtf8(byte[] bytes) {
    for (int i = 0; i < bytes.length && i < 4; i++) {
      if (bytes[i] == 0) {
        return false;
      }
    }
    return bytes.length == 0 || (bytes[0] & 0xFF) != 0xFE && (bytes[0] & 0xFF) != 0xFF && (bytes[0] & 0xFF) != 0xEF;
  }

  private static Object value(JsonParser parser, int depth) throws IOException, NotJsonException {
    if (depth > NESTING_MAX) {
      throw at(parser.currentTokenLocation(), "values are nested deeper than " + NESTING_MAX);
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, depth + 1);
      case START_ARRAY -> array(parser, depth + 1);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> whole(parser);
      case VALUE_NUMBER_FLOAT -> decimal(parser);
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NULL -> null;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT -> throw at(parser.currentTokenLocation(), "no value begins here");
    };
  }

  private static Map<String, Object> object(JsonParser parser, int depth) throws IOException, NotJsonException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonLocation at = parser.currentTokenLocation();
      parser.nextToken();
      int before = members.size();
      members.put(name, value(parser, depth));
      if (members.size() == before) {
        throw at(at, "a name is there twice in one object");
      }
    }
    return members;
  }

  private static List<Object> array(JsonParser parser, int depth) throws IOException, NotJsonException {
    List<Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser, depth));
    }
    return items;
  }

  private static Number whole(JsonParser parser) throws IOException {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? parser.getBigIntegerValue() : (Number) parser.getLongValue();
  }

  private static Number decimal(JsonParser parser) throws IOException, NotJsonException {
    BigDecimal exact = parser.getDecimalValue();
    long magnitude = (long) exact.precision() - exact.scale();
    if (exact.signum() == 0) {
      return 0L;
    }
    if (magnitude > MAGNITUDE_MAX || Double.isInfinite(exact.doubleValue())) {
      throw at(parser.currentTokenLocation(), "a number is too large");
    }
    if (magnitude < -MAGNITUDE_MAX) {
      throw at(parser.currentTokenLocation(), "a number is too close to 0");
    }
    return Numbers.quick(exact);
  }

  private static NotJsonException at(JsonLocation location, String message) {
    return location == null
        ? new NotJsonException(1, 1, message)
        : new NotJsonException(location.getLineNr(), location.getColumnNr(), message);
  }
}
