package dev.tenon.bus.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Any JSON value. Immutable. Numbers are equal when they are the same number, however they are written.
public final class Json implements JsonWritable {

  /// JSON's null.
  public static final Json NULL = new Json(null);

  private final Object value;

  private Json(Object value) {
    this.value = value;
  }

  /// A value of the usual Java types.
  ///
  /// @param value null, [Boolean], [String], a [Number], a [JsonWritable], or an [Iterable] or a [Map] from strings of such
  /// @throws IllegalArgumentException for anything else
  public static Json of(Object value) {
    return value == null ? NULL : value instanceof Json json ? json : new Json(plain(value));
  }

  /// Reads a text.
  ///
  /// @throws JsonException when it is not JSON
  public static Json parse(String text) {
    return JsonReader.read(text.getBytes(StandardCharsets.UTF_8), JsonReader::any);
  }

  static Json ofPlain(Object plain) {
    return plain == null ? NULL : new Json(plain);
  }

  /// A map that keeps its order and cannot be changed.
  public static <V> Map<String, V> copyOf(Map<String, V> map) {
    Map<String, V> copy = new LinkedHashMap<>(map);
    if (copy.containsKey(null) || copy.containsValue(null)) {
      throw new NullPointerException("a map with a null in it – leave the entry out");
    }
    return Collections.unmodifiableMap(copy);
  }

  public boolean isNull() {
    return value == null;
  }

  public Optional<String> asString() {
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  public Optional<Boolean> asBoolean() {
    return value instanceof Boolean bool ? Optional.of(bool) : Optional.empty();
  }

  public Optional<BigDecimal> asNumber() {
    return value instanceof BigDecimal number ? Optional.of(number) : Optional.empty();
  }

  /// The items if it is an array.
  public Optional<List<Json>> asArray() {
    return value instanceof List<?> items ? Optional.of(items.stream().map(Json::ofPlain).toList()) : Optional.empty();
  }

  /// The members, in their order, if it is an object.
  public Optional<Map<String, Json>> asObject() {
    if (!(value instanceof Map<?, ?> members)) {
      return Optional.empty();
    }
    Map<String, Json> all = LinkedHashMap.newLinkedHashMap(members.size());
    members.forEach((name, member) -> all.put((String) name, ofPlain(member)));
    return Optional.of(Collections.unmodifiableMap(all));
  }

  /// The member of this name; empty where there is none, or where this is no object.
  public Optional<Json> get(String name) {
    return value instanceof Map<?, ?> members && members.containsKey(name) ? Optional.of(ofPlain(members.get(name))) : Optional.empty();
  }

  @Override
  public void write(JsonWriter out) {
    out.plain(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Json json && java.util.Objects.equals(value, json.value);
  }

  @Override
  public int hashCode() {
    return java.util.Objects.hashCode(value);
  }

  /// The value as JSON text.
  @Override
  public String toString() {
    return toJson().toString();
  }

  private static Object plain(Object given) {
    return switch (given) {
      case null -> null;
      case Json json -> json.value;
      case String text -> text;
      case Boolean bool -> bool;
      case BigDecimal number -> normal(number);
      case BigInteger number -> normal(new BigDecimal(number));
      case Number number -> normal(new BigDecimal(number.toString()));
      case JsonWritable writable -> JsonReader.read(writable.toJson(), JsonReader::any).value;
      case Iterable<?> items -> {
        List<Object> all = new ArrayList<>();
        items.forEach(item -> all.add(plain(item)));
        yield Collections.unmodifiableList(all);
      }
      case Map<?, ?> members -> {
        Map<String, Object> all = new LinkedHashMap<>();
        members.forEach((name, member) -> all.put((String) name, plain(member)));
        yield Collections.unmodifiableMap(all);
      }
      default -> throw new IllegalArgumentException("a " + given.getClass().getName() + " is no JSON value – give strings, numbers, booleans, lists and maps");
    };
  }

  /// One form for each number, so that 1, 1.0 and 1e0 are equal.
  static BigDecimal normal(BigDecimal number) {
    if (number.scale() == 0 && number.unscaledValue().testBit(0)) {
      return number;
    }
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 && stripped.scale() > -40 ? stripped.setScale(0) : stripped;
  }
}
