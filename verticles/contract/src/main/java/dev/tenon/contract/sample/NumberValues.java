package dev.tenon.contract.sample;

import dev.tenon.contract.Node;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Makes numbers: within bounds, multiples of something.
final class NumberValues {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private NumberValues() {}

  /// The distance between neighbours: the factor, one for whole numbers, and something small beside the bound for others.
  private static BigDecimal step(Facts facts, Kind kind, BigDecimal near) {
    Optional<BigDecimal> factor = factor(facts);
    if (factor.isPresent()) {
      return kind == Kind.INTEGER ? factor.get().max(BigDecimal.ONE).setScale(0, RoundingMode.CEILING) : factor.get();
    }
    if (kind == Kind.INTEGER) {
      return BigDecimal.ONE;
    }
    int digits = Math.max(3, near.scale() + 1);
    return BigDecimal.ONE.scaleByPowerOfTen(-Math.min(digits, Math.max(1, 14 - near.precision() + near.scale())));
  }

  private static Optional<BigDecimal> factor(Facts facts) {
    return facts.all("multipleOf").stream().filter(Node.Num.class::isInstance)
        .map(node -> Decimals.exact(((Node.Num) node).value())).filter(number -> number.signum() > 0).reduce(NumberValues::common);
  }

  /// A multiple of both, not always the least.
  private static BigDecimal common(BigDecimal left, BigDecimal right) {
    return left.remainder(right).signum() == 0 ? left : right.remainder(left).signum() == 0 ? right : left.multiply(right);
  }

  /// The smallest number that is allowed; empty where there is no bound.
  static Optional<Number> least(Facts facts, Kind kind) {
    return facts.lower().map(bound -> Decimals.read(inside(facts, kind, bound, RoundingMode.CEILING)));
  }

  /// The greatest number that is allowed; empty where there is no bound.
  static Optional<Number> greatest(Facts facts, Kind kind) {
    return facts.upper().map(bound -> Decimals.read(inside(facts, kind, bound, RoundingMode.FLOOR)));
  }

  private static BigDecimal inside(Facts facts, Kind kind, Facts.Bound bound, RoundingMode rounding) {
    BigDecimal value = onGrid(facts, kind, bound.value(), rounding);
    if (bound.excluded() && value.compareTo(bound.value()) == 0) {
      BigDecimal step = step(facts, kind, bound.value());
      value = rounding == RoundingMode.CEILING ? value.add(step) : value.subtract(step);
    }
    return value;
  }

  /// The nearest number that is a multiple, and whole where it has to be.
  private static BigDecimal onGrid(Facts facts, Kind kind, BigDecimal value, RoundingMode rounding) {
    Optional<BigDecimal> factor = factor(facts);
    BigDecimal unit = factor.isPresent() ? step(facts, kind, value) : BigDecimal.ONE;
    if (factor.isEmpty() && kind == Kind.NUMBER) {
      return value;
    }
    return value.divide(unit, 0, rounding).multiply(unit);
  }

  /// The number just beyond a bound.
  static Number beyond(Facts facts, Kind kind, Facts.Bound bound, int direction) {
    if (bound.excluded()) {
      return Decimals.read(onGrid(facts, kind, bound.value(), direction < 0 ? RoundingMode.FLOOR : RoundingMode.CEILING));
    }
    BigDecimal grid = onGrid(facts, kind, bound.value(), direction < 0 ? RoundingMode.FLOOR : RoundingMode.CEILING);
    BigDecimal step = step(facts, kind, bound.value()).multiply(BigDecimal.valueOf(direction));
    return Decimals.read(grid.compareTo(bound.value()) == 0 ? grid.add(step) : grid);
  }

  static Made make(Facts facts, Kind kind, Style style, Random random) {
    Optional<Number> least = least(facts, kind);
    Optional<Number> greatest = greatest(facts, kind);
    BigDecimal low = least.map(Decimals::exact).orElseGet(() -> greatest.map(Decimals::exact).filter(high -> high.signum() < 0).map(high -> high.subtract(HUNDRED)).orElse(BigDecimal.ZERO));
    BigDecimal high = greatest.map(Decimals::exact).orElse(low.max(BigDecimal.ZERO).add(HUNDRED));
    BigDecimal span = high.subtract(low);
    BigDecimal value = switch (style) {
      case MINIMAL -> low;
      case MAXIMAL -> high;
      case TYPICAL -> {
        BigDecimal third = low.add(span.min(HUNDRED).divide(BigDecimal.valueOf(3), MathContext.DECIMAL32));
        yield kind == Kind.INTEGER ? third : third.setScale(Math.max(2, low.scale()), RoundingMode.HALF_UP).max(low).min(high);
      }
      case RANDOM -> low.add(span.multiply(BigDecimal.valueOf(random.nextDouble()), MathContext.DECIMAL32));
    };
    BigDecimal onGrid = onGrid(facts, kind, value, RoundingMode.FLOOR);
    return new Made(Decimals.read(onGrid.compareTo(low) < 0 ? low : onGrid));
  }

  /// Numbers inside the bounds that are treated apart by many programs.
  static List<Number> notable(Facts facts, Kind kind) {
    List<Number> all = new ArrayList<>(List.of(0L, 1L, -1L));
    if (kind == Kind.NUMBER) {
      all.addAll(List.of(0.5, -0.5, 1.0e-7));
    }
    if (facts.upper().isEmpty() && kind == Kind.INTEGER) {
      all.add(2_147_483_648L);
      all.add(9_007_199_254_740_991L);
    }
    return all;
  }

  /// Numbers between the multiples.
  static List<Number> offGrid(Number valid, Facts facts) {
    List<Number> all = new ArrayList<>();
    BigDecimal value = Decimals.exact(valid);
    factor(facts).ifPresent(factor -> {
      all.add(Decimals.read(value.add(BigDecimal.ONE)));
      all.add(Decimals.read(value.subtract(BigDecimal.ONE)));
      all.add(Decimals.read(value.add(factor.divide(BigDecimal.TWO))));
      all.add(Decimals.read(value.subtract(factor.divide(BigDecimal.TWO))));
    });
    return all;
  }
}
