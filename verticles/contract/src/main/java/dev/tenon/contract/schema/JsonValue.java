package dev.tenon.contract.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/// Reads JSON (RFC 8259) into the values that a [Schema] checks: [Map], [List], [String], [Long], [BigInteger], [Double]
/// (a decimal of at most 15 digits), [BigDecimal], [Boolean], null.
///
/// Stricter than most readers where two of them could understand different things: valid UTF-8 only, no escaped half of a surrogate pair, no name twice in an object, no number too large for a double.
public final class JsonValue {

  private JsonValue() {}

  /// @throws NotJsonException with the place and the reason
  public static Object read(byte[] utf8) throws NotJsonException {
    return new JsonReader(utf8).read();
  }
}
