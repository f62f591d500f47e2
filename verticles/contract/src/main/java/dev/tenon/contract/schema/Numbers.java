package dev.tenon.contract.schema;

import java.math.BigDecimal;
import java.math.BigInteger;

/// Numbers as JSON means them: by value, whatever Java type holds them.
final class Numbers {

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
}
