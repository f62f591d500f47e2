package dev.tenon.contract.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JSON values whose `equals` is JSON's: numbers by value, members in any order.
final class Canonical {

  private static final class Mapper {
    static final ObjectMapper JSON = new ObjectMapper();
  }

  private Canonical() {}

  static Object of(Object value) {
    return switch (value) {
      case null -> null;
      case Number number -> exact(number).stripTrailingZeros();
      case List<?> list -> {
        List<Object> items = new ArrayList<>(list.size());
        list.forEach(item -> items.add(of(item)));
        yield items;
      }
      case Map<?, ?> map -> {
        Map<Object, Object> members = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((name, member) -> members.put(name, of(member)));
        yield members;
      }
      default -> value;
    };
  }

  static BigDecimal exact(Number number) {
    return switch (number) {
      case Long whole -> BigDecimal.valueOf(whole);
      case Integer whole -> BigDecimal.valueOf(whole);
      case BigInteger whole -> new BigDecimal(whole);
      case BigDecimal decimal -> decimal;
      case Number decimal -> BigDecimal.valueOf(decimal.doubleValue());
    };
  }

  /// A number as the reader of JSON gives it.
  static Number plain(BigDecimal number) {
    if (number.stripTrailingZeros().scale() > 0) {
      return number;
    }
    BigInteger whole = number.toBigInteger();
    return whole.bitLength() < 64 ? (Number) whole.longValue() : whole;
  }

  /// The value as JSON, cut where it gets long.
  static String json(Object value) {
    try {
      return Mapper.JSON.writeValueAsString(plainNumbers(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object plainNumbers(Object value) {
    return switch (value) {
      case BigDecimal number -> number.precision() - number.scale() > 40 ? number : plain(number);
      case List<?> list -> {
        List<Object> items = new ArrayList<>(list.size());
        list.forEach(item -> items.add(plainNumbers(item)));
        yield items;
      }
      case Map<?, ?> map -> {
        Map<Object, Object> members = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((name, member) -> members.put(name, plainNumbers(member)));
        yield members;
      }
      case null, default -> value;
    };
  }
}
