package dev.tenon.contract.compare;

import static dev.tenon.contract.compare.Facet.Movement.CHANGED;
import static dev.tenon.contract.compare.Facet.Movement.NARROWED;
import static dev.tenon.contract.compare.Facet.Movement.WIDENED;

import dev.tenon.contract.Node;
import dev.tenon.contract.compare.Facet.Movement;
import dev.tenon.contract.compare.Part.Opaque;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Compares the types and parts of one pair of shapes.
final class PartDiff {

  private static final int LISTED_MAX = 8;
  private static final int SHORT_MAX = 80;
  private static final Set<String> SCALARS = Set.of("integer", "number", "boolean");

  private final SchemaDiff diff;
  private final SchemaPair pair;
  private final List<Change> found;

  PartDiff(SchemaDiff diff, SchemaPair pair, List<Change> found) {
    this.diff = diff;
    this.pair = pair;
    this.found = found;
  }

  void compare() {
    types();
    booleans();
    pairs(pair.before().numbers(), pair.after().numbers(), this::numbers);
    pairs(pair.before().texts(), pair.after().texts(), this::texts);
    pairs(pair.before().arrays(), pair.after().arrays(), (old, now) -> new ArrayDiff(this, old, now).compare());
    pairs(pair.before().objects(), pair.after().objects(), (old, now) -> new ObjectDiff(this, old, now).compare());
  }

  private void types() {
    Set<String> old = new TreeSet<>(pair.before().types());
    Set<String> now = new TreeSet<>(pair.after().types());
    boolean onlyNull = pair.before().nulls() != pair.after().nulls() && (old.isEmpty() || now.isEmpty());
    if (onlyNull) {
      (pair.before().nulls() ? old : now).add("null");
    }
    if (!old.equals(now)) {
      Set<String> gone = new TreeSet<>(old);
      gone.removeAll(now);
      Set<String> fresh = new TreeSet<>(now);
      fresh.removeAll(old);
      if (now.contains("number")) {
        gone.remove("integer");
      }
      boolean toWhole = gone.contains("number") && fresh.remove("integer");
      if (pair.text()) {
        // As text every scalar is a string.
        if (now.contains("string")) {
          gone.removeAll(SCALARS);
        }
        if (old.contains("string")) {
          fresh.removeAll(SCALARS);
        }
      }
      Movement movement = gone.isEmpty() ? WIDENED : fresh.isEmpty() ? NARROWED : CHANGED;
      Set<String> shown = pair.direction() == Direction.REQUEST ? gone : fresh;
      Node oldAt = place(pair.before(), "type");
      Node newAt = place(pair.after(), "type");
      add(Facet.TYPE, movement, "the type is " + named(now, pair.after()) + " instead of " + named(old, pair.before()), oldAt, newAt,
          value -> shown.isEmpty() || shown.contains(typeOf(value)) || toWhole && value instanceof Number || fresh.contains("number") && value instanceof Number);
    }
    boolean sameOtherwise = !pair.before().isAnything() && !pair.after().isAnything();
    if (pair.before().nulls() != pair.after().nulls() && sameOtherwise && !onlyNull) {
      add(Facet.NULL, pair.after().nulls() ? WIDENED : NARROWED, pair.after().nulls() ? "it may be null" : "it may no longer be null",
          place(pair.before(), "nullable", "type"), place(pair.after(), "nullable", "type"), value -> value == null);
    }
  }

  private static String named(Set<String> types, Shape shape) {
    Set<String> all = new TreeSet<>(types);
    if (shape.nulls()) {
      all.add("null");
    }
    return shape.isAnything() ? "any" : all.isEmpty() ? "none" : String.join(" or ", all);
  }

  private static String typeOf(Object value) {
    return switch (value) {
      case null -> "null";
      case Boolean bool -> "boolean";
      case String text -> "string";
      case Map<?, ?> map -> "object";
      case List<?> list -> "array";
      default -> Canonical.exact((Number) value).stripTrailingZeros().scale() <= 0 ? "integer" : "number";
    };
  }

  private void booleans() {
    Set<Boolean> old = pair.before().booleans();
    Set<Boolean> now = pair.after().booleans();
    if (!old.equals(now) && !old.isEmpty() && !now.isEmpty()) {
      values(new HashSet<>(old), new HashSet<>(now), place(pair.before(), "enum", "const"), place(pair.after(), "enum", "const"));
    }
  }

  @FunctionalInterface
  private interface Comparing<P extends Part> {
    void compare(P before, P after);
  }

  /// Compares the parts that stand for each other; those that stand alone are alternatives that are gone or new.
  private <P extends Part> void pairs(List<P> olds, List<P> news, Comparing<P> comparing) {
    if (olds.isEmpty() || news.isEmpty()) {
      return;
    }
    Matching<P> matching = Matching.of(olds, news);
    matching.pairs().forEach(match -> {
      common(match.before(), match.after());
      comparing.compare(match.before(), match.after());
    });
    Node oldAt = place(pair.before(), "oneOf", "anyOf");
    Node newAt = place(pair.after(), "oneOf", "anyOf");
    for (P gone : matching.gone()) {
      add(Facet.ALTERNATIVE, NARROWED, "an alternative is gone: " + describe(gone), own(gone, pair.before()).orElse(oldAt), newAt, value -> fits(value, gone));
    }
    for (P fresh : matching.fresh()) {
      add(Facet.ALTERNATIVE, WIDENED, "there is another alternative: " + describe(fresh), oldAt, own(fresh, pair.after()).orElse(newAt), value -> fits(value, fresh));
    }
  }

  private static boolean fits(Object value, Part part) {
    return part.common().values().map(values -> values.contains(Canonical.of(value)))
        .orElseGet(() -> switch (part) {
          case Part.Numbers numbers -> value instanceof Number;
          case Part.Texts texts -> value instanceof String;
          case Part.Arrays arrays -> value instanceof List<?>;
          case Part.Objects objects -> value instanceof Map<?, ?> map && map.keySet().containsAll(objects.required());
        });
  }

  /// The schema that is an alternative's own: one that not all alternatives have.
  private static Optional<Node> own(Part part, Shape whole) {
    return part.common().schemas().stream()
        .filter(schema -> whole.parts().stream().anyMatch(other -> other != part && other.common().schemas().stream().noneMatch(each -> each == schema)))
        .map(Node.class::cast).findFirst();
  }

  private static String describe(Part part) {
    return part.common().values().map(values -> "one of " + list(values)).orElseGet(() -> switch (part) {
      case Part.Numbers numbers -> numbers.whole() ? "a whole number" : "a number";
      case Part.Texts texts -> "a text";
      case Part.Arrays arrays -> "an array";
      case Part.Objects objects -> "an object" + (objects.required().isEmpty() ? "" : " with " + list(objects.required()));
    });
  }

  private void common(Part old, Part now) {
    Optional<Set<Object>> oldValues = old.common().values();
    Optional<Set<Object>> newValues = now.common().values();
    Node oldAt = old.common().place("enum", "const");
    Node newAt = now.common().place("enum", "const");
    if (oldValues.isPresent() && newValues.isPresent()) {
      values(oldValues.get(), newValues.get(), oldAt, newAt);
    } else if (newValues.isPresent()) {
      add(Facet.ENUM, NARROWED, "it must be one of " + list(newValues.get()), oldAt, newAt, value -> !newValues.get().contains(Canonical.of(value)));
    } else if (oldValues.isPresent()) {
      add(Facet.ENUM, WIDENED, "it need not be one of " + list(oldValues.get()) + " any more", oldAt, newAt, value -> !oldValues.get().contains(Canonical.of(value)));
    }
    opaque(old, now);
  }

  private void values(Set<?> old, Set<?> now, Node oldAt, Node newAt) {
    Set<Object> gone = new HashSet<>(old);
    gone.removeAll(now);
    Set<Object> fresh = new HashSet<>(now);
    fresh.removeAll(old);
    if (!gone.isEmpty() && !fresh.isEmpty()) {
      Set<Object> shown = pair.direction() == Direction.REQUEST ? gone : fresh;
      add(Facet.ENUM_VALUE, CHANGED, "it may be " + list(fresh) + " and no longer " + list(gone), oldAt, newAt, value -> shown.contains(Canonical.of(value)));
    } else if (!gone.isEmpty()) {
      add(Facet.ENUM_VALUE, NARROWED, "it may no longer be " + list(gone), oldAt, newAt, value -> gone.contains(Canonical.of(value)));
    } else if (!fresh.isEmpty()) {
      add(Facet.ENUM_VALUE, WIDENED, "it may be " + list(fresh) + " too", oldAt, newAt, value -> fresh.contains(Canonical.of(value)));
    }
  }

  private void opaque(Part old, Part now) {
    List<Opaque> gone = new ArrayList<>(old.common().opaque());
    List<Opaque> fresh = new ArrayList<>(now.common().opaque());
    for (Opaque one : List.copyOf(gone)) {
      fresh.stream().filter(other -> same(one, other)).findFirst().ifPresent(other -> {
        gone.remove(one);
        fresh.remove(other);
      });
    }
    for (Facet facet : List.of(Facet.NOT, Facet.CONDITION, Facet.EXCLUSIVE, Facet.ALTERNATIVE, Facet.UNEVALUATED)) {
      Optional<Opaque> one = gone.stream().filter(each -> facet(each) == facet).findFirst();
      Optional<Opaque> other = fresh.stream().filter(each -> facet(each) == facet).findFirst();
      if (one.isEmpty() && other.isEmpty()) {
        continue;
      }
      Movement movement = one.isEmpty() ? NARROWED : other.isEmpty() ? WIDENED : CHANGED;
      String keyword = one.or(() -> other).orElseThrow().keyword();
      add(facet, movement, words(facet, keyword, movement), one.map(Opaque::at).orElse(old.common().place()), other.map(Opaque::at).orElse(now.common().place()), _ -> true);
    }
  }

  private static String words(Facet facet, String keyword, Movement movement) {
    String subject = switch (facet) {
      case CONDITION -> "what is asked under a condition (if)";
      case EXCLUSIVE -> "that only one of several alternatives may hold (oneOf)";
      default -> "\"" + keyword + "\"";
    };
    return subject + switch (movement) {
      case NARROWED -> " is new";
      case WIDENED -> " is gone";
      case CHANGED -> " is another";
    };
  }

  private static Facet facet(Opaque opaque) {
    return switch (opaque.keyword()) {
      case "not" -> Facet.NOT;
      case "if" -> Facet.CONDITION;
      case "oneOf" -> Facet.EXCLUSIVE;
      case "anyOf" -> Facet.ALTERNATIVE;
      default -> Facet.UNEVALUATED;
    };
  }

  private boolean same(Opaque one, Opaque other) {
    // Which alternatives there are is compared one by one; here it matters only that they exclude each other.
    if (one.keyword().equals("oneOf") && other.keyword().equals("oneOf") && one.shapes().size() <= 128) {
      return true;
    }
    return one.keyword().equals(other.keyword()) && one.detail().equals(other.detail()) && one.shapes().size() == other.shapes().size()
        && sameShapes(one.shapes(), other.shapes(), one.keyword().equals("anyOf") || one.keyword().equals("oneOf"));
  }

  private boolean sameShapes(List<Shape> ones, List<Shape> others, boolean anyOrder) {
    List<Shape> left = new ArrayList<>(others);
    for (Shape one : ones) {
      Optional<Shape> match = (anyOrder ? left.stream() : left.stream().limit(1)).filter(other -> same(one, other)).findFirst();
      if (match.isEmpty()) {
        return false;
      }
      left.remove(match.get());
    }
    return true;
  }

  /// Whether two shapes are proved to take the same values.
  boolean same(Shape one, Shape other) {
    return diff.containment().proves(one, other, false) && diff.containment().proves(other, one, false);
  }

  private void numbers(Part.Numbers old, Part.Numbers now) {
    if (old.common().values().isPresent() || now.common().values().isPresent()) {
      return;
    }
    bound(Facet.MINIMUM, "smallest", new String[] {"minimum", "exclusiveMinimum", "format"}, old, now, old.min(), old.minExcluded(), now.min(), now.minExcluded(), 1);
    bound(Facet.MAXIMUM, "largest", new String[] {"maximum", "exclusiveMaximum", "format"}, old, now, old.max(), old.maxExcluded(), now.max(), now.maxExcluded(), -1);
    if (!old.multiplesOf().equals(now.multiplesOf())) {
      boolean narrower = divides(old.multiplesOf(), now.multiplesOf(), now.whole());
      boolean wider = divides(now.multiplesOf(), old.multiplesOf(), old.whole());
      Set<BigDecimal> asked = pair.direction() == Direction.REQUEST ? now.multiplesOf() : old.multiplesOf();
      add(Facet.MULTIPLE_OF, narrower ? NARROWED : wider ? WIDENED : CHANGED, "it must be a multiple of " + orNothing(now.multiplesOf()) + " instead of " + orNothing(old.multiplesOf()),
          old.common().place("multipleOf"), now.common().place("multipleOf"),
          value -> value instanceof Number number && asked.stream().anyMatch(factor -> Canonical.exact(number).remainder(factor).signum() != 0));
    }
  }

  private static String orNothing(Set<BigDecimal> factors) {
    return factors.isEmpty() ? "anything" : factors.stream().map(BigDecimal::toPlainString).collect(Collectors.joining(" and "));
  }

  /// Whether every multiple of these factors is a multiple of those.
  private static boolean divides(Set<BigDecimal> those, Set<BigDecimal> these, boolean whole) {
    return those.stream().allMatch(factor -> these.stream().anyMatch(own -> own.remainder(factor).signum() == 0) || whole && BigDecimal.ONE.remainder(factor).signum() == 0);
  }

  /// @param sign 1 for lower bounds, of which a larger one takes less; -1 for upper ones
  private void bound(Facet facet, String word, String[] keywords, Part.Numbers old, Part.Numbers now, Optional<BigDecimal> was, boolean wasExcluded, Optional<BigDecimal> is,
      boolean isExcluded, int sign) {
    int order = was.isEmpty() ? (is.isEmpty() ? 0 : 1) : is.isEmpty() ? -1 : is.get().compareTo(was.get()) * sign;
    int strict = order != 0 ? order : Boolean.compare(isExcluded, wasExcluded);
    if (strict == 0) {
      return;
    }
    Movement movement = strict > 0 ? NARROWED : WIDENED;
    Optional<BigDecimal> limit = pair.direction() == Direction.REQUEST ? is : was;
    boolean excluded = pair.direction() == Direction.REQUEST ? isExcluded : wasExcluded;
    add(facet, movement, "the " + word + " number is " + limit(is, isExcluded, sign) + " instead of " + limit(was, wasExcluded, sign), old.common().place(keywords), now.common().place(keywords),
        value -> value instanceof Number number && limit.isPresent() && (Canonical.exact(number).compareTo(limit.get()) * sign < 0
            || excluded && Canonical.exact(number).compareTo(limit.get()) == 0));
  }

  private static String limit(Optional<BigDecimal> at, boolean excluded, int sign) {
    return at.map(limit -> (excluded ? (sign > 0 ? "above " : "below ") : "") + limit.toPlainString()).orElse("unlimited");
  }

  private void texts(Part.Texts old, Part.Texts now) {
    if (old.common().values().isPresent() || now.common().values().isPresent()) {
      return;
    }
    boolean request = pair.direction() == Direction.REQUEST;
    least(Facet.MIN_LENGTH, "the shortest text has %s instead of %s", old.lengthMin(), now.lengthMin(), "characters", old, now, "minLength",
        value -> value instanceof String text && text.codePointCount(0, text.length()) < (request ? now : old).lengthMin());
    most(Facet.MAX_LENGTH, "the longest text has %s instead of %s", old.lengthMax(), now.lengthMax(), "characters", old, now, "maxLength",
        value -> value instanceof String text && text.codePointCount(0, text.length()) > (request ? now : old).lengthMax());
    named(Facet.PATTERN, "pattern", old.patterns(), now.patterns(), old, now);
    named(Facet.FORMAT, "format", old.formats(), now.formats(), old, now);
  }

  private void named(Facet facet, String keyword, Set<String> old, Set<String> now, Part oldPart, Part newPart) {
    if (old.equals(now)) {
      return;
    }
    Movement movement = now.containsAll(old) ? NARROWED : old.containsAll(now) ? WIDENED : CHANGED;
    add(facet, movement, "the " + keyword + " is " + (now.isEmpty() ? "not given" : shortened(String.join(" and ", now))) + " instead of "
        + (old.isEmpty() ? "not given" : shortened(String.join(" and ", old))), oldPart.common().place(keyword), newPart.common().place(keyword), String.class::isInstance);
  }

  /// A lower bound of a count.
  void least(Facet facet, String words, long was, long is, String unit, Part old, Part now, String keyword, Predicate<Object> shows) {
    if (was != is) {
      add(facet, is > was ? NARROWED : WIDENED, words.formatted(is + " " + unit, was), old.common().place(keyword), now.common().place(keyword), shows);
    }
  }

  /// An upper bound of a count.
  void most(Facet facet, String words, long was, long is, String unit, Part old, Part now, String keyword, Predicate<Object> shows) {
    if (was != is) {
      add(facet, is < was ? NARROWED : WIDENED, words.formatted(is == Long.MAX_VALUE ? "any number of " + unit : is + " " + unit, was == Long.MAX_VALUE ? "any number" : was),
          old.common().place(keyword), now.common().place(keyword), shows);
    }
  }

  void add(Facet facet, Movement movement, String what, Node before, Node after, Predicate<Object> shows) {
    found.add(new Change(facet.rule(pair.direction(), movement), pair.direction().harms(movement), Optional.empty(), what, before, after, shows));
  }

  /// A change that hurts whatever its rule usually does.
  void harm(Rule rule, String what, Node before, Node after, Predicate<Object> shows) {
    found.add(new Change(rule, true, Optional.empty(), what, before, after, shows));
  }

  /// A change whose severity is a matter of policy and not of values.
  void settle(Rule rule, Severity severity, String what, Node before, Node after) {
    found.add(new Change(rule, false, Optional.of(severity), what, before, after, _ -> false));
  }

  void edge(Step step, Shape before, Shape after, boolean text) {
    pair.edges().add(new SchemaPair.Edge(step, diff.pair(before, after, pair.direction(), text)));
  }

  SchemaPair pair() {
    return pair;
  }

  /// Where one of the keywords is written in a shape; failing that, where the shape is.
  Node place(Shape shape, String... keywords) {
    for (Part part : shape.parts()) {
      for (String keyword : keywords) {
        for (Node.Obj schema : part.common().schemas()) {
          if (schema.has(keyword)) {
            return schema.members().get(keyword);
          }
        }
      }
    }
    return shape.at(shape == pair.before() ? pair.after() : pair.before());
  }

  static String list(Collection<?> values) {
    String some = values.stream().limit(LISTED_MAX).map(value -> shortened(Canonical.json(value))).collect(Collectors.joining(", "));
    return values.size() > LISTED_MAX ? some + " and " + (values.size() - LISTED_MAX) + " more" : some;
  }

  static String shortened(String text) {
    return text.length() > SHORT_MAX ? text.substring(0, SHORT_MAX) + "…" : text;
  }
}
