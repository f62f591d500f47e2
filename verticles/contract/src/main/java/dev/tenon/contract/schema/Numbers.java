package dev.tenon.contract.schema;

import java.math.BigDecimal;
import java.math.BigInteger;

/// Numbers as JSON means them: by value, whatever Java type holds them. A [Double] stands for the decimal that it is written as, of at most 15 digits.
final class Numbers {

  /// Whole numbers below this are exact as doubles, and so is their order among decimals of 15 digits.
  private static final long EXACT_MAX = 1_000_000_000_000_000L;

  private Numbers() {}

  static boolean isWhole(Number number) {
    return switch (number) {
      case Long whole -> true;
      case Integer whole -> true;
      case BigInteger whole -> true;
      case Double decimal -> decimal == Math.rint(decimal) && !Double.isInfinite(decimal);
      case Number decimal -> exact(decimal).stripTrailingZeros().scale() <= 0;
    };
  }

  static int compare(Number left, Number right) {
    if (left instanceof Long a && right instanceof Long b) {
      return Long.compare(a, b);
    }
    if (left instanceof Double a && right instanceof Double b) {
      return a < b ? -1 : a > b ? 1 : 0;
    }
    if (left instanceof Double a && right instanceof Long b && b < EXACT_MAX && b > -EXACT_MAX) {
      return a < b ? -1 : a > b ? 1 : 0;
    }
    return exact(left).compareTo(exact(right));
  }

  static boolean isMultiple(Number value, Number of) {
    if (value instanceof Long a && of instanceof Long b) {
      return a % b == 0;
    }
    return exact(value).remainder(exact(of)).signum() == 0;
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

  /// A decimal in the type that is quickest to compare: a double where it has at most 15 digits and is neither huge nor tiny.
  static Number quick(BigDecimal decimal) {
    long magnitude = (long) decimal.precision() - decimal.scale();
    return decimal.precision() <= 15 && magnitude < 300 && magnitude > -290 ? (Number) decimal.doubleValue() : decimal;
  }
}
