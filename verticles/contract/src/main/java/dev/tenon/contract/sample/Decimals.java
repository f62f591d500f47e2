package dev.tenon.contract.sample;

import java.math.BigDecimal;
import java.math.BigInteger;

/// Numbers as JSON holds them.
final class Decimals {

  private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private Decimals() {}

  static BigDecimal exact(Number number) {
    return switch (number) {
      case Long whole -> BigDecimal.valueOf(whole);
      case Integer whole -> BigDecimal.valueOf(whole);
      case BigInteger whole -> new BigDecimal(whole);
      case BigDecimal decimal -> decimal;
      case Number decimal -> BigDecimal.valueOf(decimal.doubleValue());
    };
  }

  static boolean isWhole(Number number) {
    return !(number instanceof Double decimal && !Double.isFinite(decimal)) && exact(number).stripTrailingZeros().scale() <= 0;
  }

  /// The number as a reader of JSON gets it: a [Long] or [BigInteger] where it is whole, a [Double] otherwise.
  static Number read(BigDecimal decimal) {
    if (decimal.stripTrailingZeros().scale() <= 0 && decimal.precision() - decimal.scale() < 400) {
      BigInteger whole = decimal.toBigIntegerExact();
      return whole.compareTo(LONG_MIN) >= 0 && whole.compareTo(LONG_MAX) <= 0 ? (Number) whole.longValue() : whole;
    }
    return decimal.doubleValue();
  }
}
