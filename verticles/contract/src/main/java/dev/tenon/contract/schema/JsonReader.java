package dev.tenon.contract.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads one JSON text (RFC 8259) from its bytes, looking at each once: syntax, UTF-8, nesting and names are checked on the way. Used once.
final class JsonReader {

  static final int NESTING_MAX = 250;
  static final int NUMBER_CHARACTERS_MAX = 1_000;

  private static final int MAGNITUDE_MAX = 400;
  /// The decimals that a double divides by without rounding twice.
  private static final double[] POWERS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

  /// Names that were read before, by a hash of their bytes. What is lost to a race or a collision is made anew.
  private static final Name[] NAMES = new Name[1024];
  private static final int NAME_BYTES_MAX = 40;

  private record Name(byte[] bytes, String text) {
    boolean is(byte[] in, int from, int length) {
      if (bytes.length != length) {
        return false;
      }
      for (int i = 0; i < length; i++) {
        if (bytes[i] != in[from + i]) {
          return false;
        }
      }
      return true;
    }
  }

  private final byte[] in;
  private int at;

  JsonReader(byte[] in) {
    this.in = in;
  }

  Object read() throws NotJsonException {
    if (!looksLikeUtf8()) {
      throw wrong(0, "the text is not UTF-8 without a byte order mark");
    }
    skipSpace();
    if (at == in.length) {
      throw wrong(0, "there is nothing");
    }
    Object value = value(0);
    skipSpace();
    if (at < in.length) {
      throw wrong(at, isLetter(in[at]) ? "a word that JSON does not know" : "there is more after the end of the value");
    }
    return value;
  }

  /// UTF-16 and UTF-32 have zero bytes or a byte order mark at the start; neither begins a JSON text in UTF-8.
  private boolean looksLikeUtf8() {
    for (int i = 0; i < in.length && i < 4; i++) {
      if (in[i] == 0) {
        return false;
      }
    }
    return in.length == 0 || (in[0] & 0xFF) != 0xFE && (in[0] & 0xFF) != 0xFF && (in[0] & 0xFF) != 0xEF;
  }

  private void skipSpace() {
    while (at < in.length && in[at] <= ' ' && (in[at] == ' ' || in[at] == '\n' || in[at] == '\r' || in[at] == '\t')) {
      at++;
    }
  }

  private static boolean isLetter(byte b) {
    return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
  }

  /// The next byte that is no space.
  private byte next(String expected) throws NotJsonException {
    skipSpace();
    if (at == in.length) {
      throw wrong(at, "it ends where " + expected + " is expected");
    }
    return in[at];
  }

  private Object value(int depth) throws NotJsonException {
    byte first = next("a value");
    return switch (first) {
      case '"' -> {
        at++;
        yield text();
      }
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case 't' -> word("true", Boolean.TRUE);
      case 'f' -> word("false", Boolean.FALSE);
      case 'n' -> word("null", null);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw wrong(at, isLetter(first) ? "a word that JSON does not know" : "a value is expected");
    };
  }

  private Object word(String word, Object value) throws NotJsonException {
    for (int i = 0; i < word.length(); i++) {
      if (at + i >= in.length || in[at + i] != word.charAt(i)) {
        throw wrong(at, "a word that JSON does not know");
      }
    }
    if (at + word.length() < in.length && (isLetter(in[at + word.length()]) || in[at + word.length()] >= '0' && in[at + word.length()] <= '9')) {
      throw wrong(at, "a word that JSON does not know");
    }
    at += word.length();
    return value;
  }

  private void enter(int depth) throws NotJsonException {
    at++;
    if (depth > NESTING_MAX) {
      skipSpace();
      throw wrong(at, "values are nested deeper than " + NESTING_MAX);
    }
  }

  private Map<String, Object> object(int depth) throws NotJsonException {
    enter(depth);
    Map<String, Object> members = new LinkedHashMap<>();
    if (next("a name or }") == '}') {
      at++;
      return members;
    }
    while (true) {
      if (next("a name") != '"') {
        throw wrong(at, "a name in quotation marks is expected");
      }
      int start = at++;
      String name = name();
      if (next(":") != ':') {
        throw wrong(at, "a colon is expected");
      }
      at++;
      int before = members.size();
      members.put(name, value(depth));
      if (members.size() == before) {
        throw wrong(start, "a name is there twice in one object");
      }
      byte end = next(", or }");
      at++;
      if (end == '}') {
        return members;
      }
      if (end != ',') {
        throw wrong(at - 1, "a comma or } is expected");
      }
    }
  }

  private List<Object> array(int depth) throws NotJsonException {
    enter(depth);
    List<Object> items = new ArrayList<>();
    if (next("a value or ]") == ']') {
      at++;
      return items;
    }
    while (true) {
      items.add(value(depth));
      byte end = next(", or ]");
      at++;
      if (end == ']') {
        return items;
      }
      if (end != ',') {
        throw wrong(at - 1, "a comma or ] is expected");
      }
    }
  }

  private String name() throws NotJsonException {
    int start = at;
    int hash = 0;
    int i = start;
    while (i < in.length && in[i] != '"' && in[i] != '\\' && in[i] >= ' ') {
      hash = hash * 31 + in[i++];
    }
    int length = i - start;
    if (i == in.length || in[i] != '"' || length > NAME_BYTES_MAX) {
      return text();
    }
    at = i + 1;
    int slot = (hash ^ hash >>> 10) & NAMES.length - 1;
    Name known = NAMES[slot];
    if (known != null && known.is(in, start, length)) {
      return known.text();
    }
    byte[] bytes = new byte[length];
    System.arraycopy(in, start, bytes, 0, length);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    NAMES[slot] = new Name(bytes, text);
    return text;
  }

  /// A string behind its opening quotation mark.
  private String text() throws NotJsonException {
    int start = at;
    int i = start;
    while (i < in.length && in[i] != '"' && in[i] != '\\' && in[i] >= ' ') {
      i++;
    }
    if (i < in.length && in[i] == '"') {
      at = i + 1;
      return new String(in, start, i - start, StandardCharsets.ISO_8859_1);
    }
    boolean escaped = false;
    while (i < in.length && in[i] != '"') {
      byte b = in[i];
      if (b == '\\') {
        escaped = true;
        i += escapeLength(i);
      } else if (b >= ' ') {
        i++;
      } else if (b < 0) {
        int length = UnicodeCheck.length(in, i);
        if (length == 0) {
          throw wrong(i, "the bytes are not valid UTF-8");
        }
        i += length;
      } else {
        throw wrong(i, "a control character in a string is not escaped");
      }
    }
    if (i >= in.length) {
      throw wrong(in.length, "it ends inside a string");
    }
    at = i + 1;
    String raw = new String(in, start, i - start, StandardCharsets.UTF_8);
    return escaped ? unescaped(raw) : raw;
  }

  private int escapeLength(int place) throws NotJsonException {
    if (place + 1 >= in.length) {
      throw wrong(in.length, "it ends inside a string");
    }
    if (in[place + 1] != 'u') {
      if ("\"\\/bfnrt".indexOf(in[place + 1]) < 0) {
        throw wrong(place, "an escape that JSON does not know");
      }
      return 2;
    }
    int unit = UnicodeCheck.unit(in, place);
    if (unit < 0) {
      throw wrong(place, "an escape has fewer than four hexadecimal digits");
    }
    if (unit < Character.MIN_SURROGATE || unit > Character.MAX_SURROGATE) {
      return 6;
    }
    int second = UnicodeCheck.unit(in, place + 6);
    if (!Character.isHighSurrogate((char) unit) || second < 0 || !Character.isLowSurrogate((char) second)) {
      throw wrong(place, "an escape is one half of a surrogate pair without the other");
    }
    return 12;
  }

  private static String unescaped(String raw) {
    StringBuilder text = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      c = raw.charAt(++i);
      switch (c) {
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        case 'u' -> {
          text.append((char) Integer.parseInt(raw, i + 1, i + 5, 16));
          i += 4;
        }
        default -> text.append(c);
      }
    }
    return text.toString();
  }

  private Number number() throws NotJsonException {
    int start = at;
    boolean negative = in[at] == '-';
    int i = negative ? at + 1 : at;
    int digits = i;
    long mantissa = 0;
    while (i < in.length && in[i] >= '0' && in[i] <= '9') {
      mantissa = mantissa * 10 + in[i++] - '0';
    }
    int whole = i - digits;
    if (whole == 0 || whole > 1 && in[digits] == '0') {
      throw wrong(start, whole == 0 ? "a digit is expected behind a minus sign" : "a number begins with a zero that means nothing");
    }
    int decimals = 0;
    boolean plain = true;
    if (i < in.length && in[i] == '.') {
      int point = i++;
      while (i < in.length && in[i] >= '0' && in[i] <= '9') {
        mantissa = mantissa * 10 + in[i++] - '0';
      }
      decimals = i - point - 1;
      if (decimals == 0) {
        throw wrong(point, "a digit is expected behind a decimal point");
      }
      plain = false;
    }
    boolean exponent = i < in.length && (in[i] == 'e' || in[i] == 'E');
    if (exponent) {
      int e = i++;
      if (i < in.length && (in[i] == '+' || in[i] == '-')) {
        i++;
      }
      int first = i;
      while (i < in.length && in[i] >= '0' && in[i] <= '9') {
        i++;
      }
      if (i == first) {
        throw wrong(e, "a digit is expected in an exponent");
      }
    }
    if (i < in.length && (isLetter(in[i]) || in[i] == '.')) {
      throw wrong(start, "a word that JSON does not know");
    }
    if (i - start > NUMBER_CHARACTERS_MAX) {
      throw wrong(start, "a number is too long");
    }
    at = i;
    if (plain && !exponent && whole <= 18) {
      return negative ? -mantissa : mantissa;
    }
    if (!exponent && whole + decimals <= 15) {
      double value = mantissa / POWERS[decimals];
      return negative ? -value : value;
    }
    return exact(new String(in, start, i - start, StandardCharsets.ISO_8859_1), start, plain && !exponent);
  }

  private Number exact(String text, int start, boolean whole) throws NotJsonException {
    if (whole) {
      BigInteger number = new BigInteger(text);
      return number.bitLength() < 64 ? (Number) number.longValue() : number;
    }
    BigDecimal number;
    try {
      number = new BigDecimal(text);
    } catch (NumberFormatException beyond) {
      throw wrong(start, text.matches("[^e]*[eE]-.*") ? "a number is too close to 0" : "a number is too large");
    }
    if (number.signum() == 0) {
      return 0L;
    }
    long magnitude = (long) number.precision() - number.scale();
    if (magnitude > MAGNITUDE_MAX || Double.isInfinite(number.doubleValue())) {
      throw wrong(start, "a number is too large");
    }
    if (magnitude < -MAGNITUDE_MAX) {
      throw wrong(start, "a number is too close to 0");
    }
    return Numbers.quick(number);
  }

  /// Lines and columns count from 1, columns in bytes. The text itself is not quoted: it may be a secret without its quotes.
  private NotJsonException wrong(int place, String message) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < place && i < in.length; i++) {
      if (in[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new NotJsonException(line, place - lineStart + 1, message);
  }
}
