package dev.tenon.bus.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Reads one JSON value. At each moment it stands on the first token of a value; every method that reads consumes exactly that value.
///
/// Not thread-safe. Every method throws a [JsonException] for what is not JSON, or not what the method is for.
public final class JsonReader {

  /// Reads a value of one type; a method reference, mostly.
  @FunctionalInterface
  public interface Reader<T> {
    T read(JsonReader in);
  }

  /// What a value is, seen from outside.
  enum Kind { OBJECT, ARRAY, TEXT, NUMBER, BOOLEAN, NULL }

  /// What an object holds, without its values read: the names of its members, and the text of those that are strings, numbers or booleans.
  record Outline(Map<String, Optional<String>> members) {}

  private static final JsonFactory JSON = new JsonFactory();
  /// A number with more digits before its end than this is no number anybody means, and too large to write out.
  private static final int EXPONENT_MAX = 400;

  private final byte[] bytes;
  private final int start;
  private final String prefix;
  private final JsonParser parser;

  private JsonReader(byte[] bytes, int start, int end, String prefix) throws IOException {
    this.bytes = bytes;
    this.start = start;
    this.prefix = prefix;
    this.parser = JSON.createParser(bytes, start, end - start);
    parser.nextToken();
  }

  /// Reads bytes that hold one value and nothing after it.
  public static <T> T read(Buffer buffer, Reader<T> reader) {
    return read(buffer.getBytes(), reader);
  }

  static <T> T read(byte[] bytes, Reader<T> reader) {
    try {
      JsonReader in = new JsonReader(bytes, 0, bytes.length, "");
      if (in.parser.currentToken() == null) {
        throw new JsonException(JsonException.Kind.NOT_JSON, "", "is missing: there is nothing to read");
      }
      T value = reader.read(in);
      if (in.parser.nextToken() != null) {
        throw new JsonException(JsonException.Kind.NOT_JSON, "", "is followed by something else");
      }
      return value;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  // ---- objects and arrays ------------------------------------------------------------------------------------------

  /// Begins an object; its members follow with [#nextMember()].
  public void beginObject() {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw wrong("is " + found() + ", not an object");
    }
  }

  /// Goes to the value of the next member; false at the end of the object.
  public boolean nextMember() {
    if (next() == JsonToken.END_OBJECT) {
      return false;
    }
    next();
    return true;
  }

  /// The name of the member that it stands on.
  public String name() {
    try {
      return parser.currentName();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /// A member of the object just read that has to be there.
  public <T> T required(String name, T value) {
    if (value == null) {
      throw missing(name);
    }
    return value;
  }

  /// That a member of the object it stands on, or has just read, is not there.
  JsonException missing(String name) {
    return new JsonException(JsonException.Kind.NOT_AS_EXPECTED, pointer() + "/" + escaped(name), "is required and missing");
  }

  public <T> List<T> list(Reader<T> items) {
    beginArray();
    List<T> list = new ArrayList<>();
    while (nextItem()) {
      list.add(items.read(this));
    }
    return Collections.unmodifiableList(list);
  }

  /// An object whose members are all of one type, in their order.
  public <T> Map<String, T> map(Reader<T> values) {
    beginObject();
    Map<String, T> map = new LinkedHashMap<>();
    while (nextMember()) {
      String name = name();
      map.put(name, values.read(this));
    }
    return Collections.unmodifiableMap(map);
  }

  /// Begins an array; its items follow with [#nextItem()].
  public void beginArray() {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw wrong("is " + found() + ", not an array");
    }
  }

  /// Goes to the next item; false at the end of the array.
  public boolean nextItem() {
    return next() != JsonToken.END_ARRAY;
  }

  /// A value, or empty for null.
  public <T> Optional<T> nullable(Reader<T> reader) {
    return parser.currentToken() == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(reader.read(this));
  }

  /// The value of a member that is there.
  public <T> Field<T> field(Reader<T> reader) {
    return parser.currentToken() == JsonToken.VALUE_NULL ? Field.ofNull() : Field.of(reader.read(this));
  }

  /// Passes over a value of any kind.
  public void skip() {
    try {
      parser.skipChildren();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  // ---- values ------------------------------------------------------------------------------------------------------

  public String string() {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong("is " + found() + ", not a string");
    }
    return text();
  }

  public boolean bool() {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw wrong("is " + found() + ", not a boolean");
    };
  }

  public int int32() {
    long value = int64();
    if (value != (int) value) {
      throw wrong("is no 32-bit integer");
    }
    return (int) value;
  }

  public long int64() {
    try {
      if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
        return parser.getLongValue();
      }
      return integer().longValueExact();
    } catch (ArithmeticException tooLarge) {
      throw wrong("is no 64-bit integer");
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /// A whole number of any size that is written in at most 400 digits.
  public BigInteger integer() {
    try {
      if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
        return parser.getBigIntegerValue();
      }
      BigDecimal number = decimal();
      if (number.scale() < -EXPONENT_MAX) {
        throw wrong("is too large a number");
      }
      return number.toBigIntegerExact();
    } catch (ArithmeticException fraction) {
      throw wrong("is not a whole number");
    } catch (IOException e) {
      throw broken(e);
    }
  }

  public double number() {
    number(parser.currentToken());
    try {
      return parser.getDoubleValue();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  public BigDecimal decimal() {
    number(parser.currentToken());
    try {
      return parser.getDecimalValue();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /// A string in the format `date` (RFC 3339).
  public LocalDate date() {
    String text = string();
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException notOne) {
      throw wrong("is not a date like 2026-01-31");
    }
  }

  /// A string in the format `date-time` (RFC 3339).
  public OffsetDateTime dateTime() {
    String text = string();
    try {
      return OffsetDateTime.parse(text);
    } catch (DateTimeException notOne) {
      throw wrong("is not a date and time like 2026-01-31T12:00:00Z");
    }
  }

  public UUID uuid() {
    String text = string();
    try {
      if (text.length() == 36) {
        return UUID.fromString(text);
      }
    } catch (IllegalArgumentException notOne) {
      // said below
    }
    throw wrong("is not a UUID");
  }

  public URI uri() {
    String text = string();
    try {
      return new URI(text);
    } catch (URISyntaxException notOne) {
      throw wrong("is not a URI");
    }
  }

  /// A string of bytes in Base64, in its usual or in its URL-safe alphabet.
  public Buffer base64() {
    String text = string();
    try {
      boolean urlSafe = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
      return Buffer.buffer((urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text));
    } catch (IllegalArgumentException notOne) {
      throw wrong("is not in Base64");
    }
  }

  /// A string whose characters are bytes in UTF-8.
  public Buffer binary() {
    return Buffer.buffer(string());
  }

  /// A value that is always the same.
  public void constant(Object expected) {
    if (!any().equals(Json.of(expected))) {
      throw wrong("is not " + Json.of(expected));
    }
  }

  /// A value of any kind.
  public Json any() {
    return Json.ofPlain(plain());
  }

  // ---- telling apart -----------------------------------------------------------------------------------------------

  Kind kind() {
    return switch (parser.currentToken()) {
      case START_OBJECT -> Kind.OBJECT;
      case START_ARRAY -> Kind.ARRAY;
      case VALUE_STRING -> Kind.TEXT;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Kind.NUMBER;
      case VALUE_TRUE, VALUE_FALSE -> Kind.BOOLEAN;
      default -> Kind.NULL;
    };
  }

  /// The outline of the object that it stands on, which stays to be read.
  Outline outline() {
    Map<String, Optional<String>> members = new HashMap<>();
    JsonReader ahead = again();
    ahead.beginObject();
    while (ahead.nextMember()) {
      members.put(ahead.name(), ahead.parser.currentToken().isScalarValue() ? Optional.of(ahead.text()) : Optional.empty());
      ahead.skip();
    }
    return new Outline(members);
  }

  /// Another reader of the value that this one stands on.
  JsonReader again() {
    try {
      int from = start + (int) parser.currentTokenLocation().getByteOffset();
      // What comes after a number or a word is not read: by itself it would have to be the end.
      boolean isWord = kind() == Kind.NUMBER || kind() == Kind.BOOLEAN || kind() == Kind.NULL;
      return new JsonReader(bytes, from, isWord ? from + parser.getTextLength() : bytes.length, pointer());
    } catch (IOException e) {
      throw broken(e);
    }
  }

  // ---- failures ----------------------------------------------------------------------------------------------------

  /// Where it stands, as a JSON pointer (RFC 6901).
  public String pointer() {
    return prefix + parser.getParsingContext().pathAsPointer();
  }

  /// What is wrong with the value that it stands on.
  public JsonException wrong(String problem) {
    return new JsonException(JsonException.Kind.NOT_AS_EXPECTED, pointer(), problem);
  }

  /// What kind of value it is, for messages. The value itself may be a secret.
  String found() {
    return switch (kind()) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case NULL -> "null";
      case TEXT -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
    };
  }

  private void number(JsonToken token) {
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      throw wrong("is " + found() + ", not a number");
    }
  }

  private Object plain() {
    return switch (kind()) {
      case NULL -> null;
      case TEXT -> text();
      case BOOLEAN -> bool();
      case NUMBER -> Json.normal(decimal());
      case ARRAY -> {
        List<Object> items = new ArrayList<>();
        while (nextItem()) {
          items.add(plain());
        }
        yield Collections.unmodifiableList(items);
      }
      case OBJECT -> {
        Map<String, Object> members = new LinkedHashMap<>();
        while (nextMember()) {
          String name = name();
          members.put(name, plain());
        }
        yield Collections.unmodifiableMap(members);
      }
    };
  }

  private String text() {
    try {
      return parser.getText();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private JsonToken next() {
    try {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new JsonException(JsonException.Kind.NOT_JSON, "", "ends too early");
      }
      return token;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private static RuntimeException broken(IOException e) {
    return e instanceof JsonProcessingException syntax
        ? new JsonException(JsonException.Kind.NOT_JSON, "", "is not JSON: " + syntax.getOriginalMessage())
        : new UncheckedIOException(e);
  }
}
