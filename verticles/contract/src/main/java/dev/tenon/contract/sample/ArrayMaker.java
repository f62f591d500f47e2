package dev.tenon.contract.sample;

import dev.tenon.contract.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes arrays.
final class ArrayMaker {

  private static final int MAXIMAL_ITEMS = 20;
  private static final int DISTINCT_TRIES = 30;
  /// So many items are made one by one where they need not differ; the others are the same again.
  private static final int DIFFERENT_ITEMS = 8;

  private final Maker maker;

  ArrayMaker(Maker maker) {
    this.maker = maker;
  }

  long itemsMin(Facts facts) {
    return Math.max(facts.largest("minItems").orElse(0L), contained(facts));
  }

  /// The most items; [Long#MAX_VALUE] where nothing bounds them.
  long itemsMax(Facts facts) {
    long max = facts.smallest("maxItems").orElse(Long.MAX_VALUE);
    int prefixes = Places.prefixes(facts);
    for (int i = 0; i <= prefixes && i < max; i++) {
      if (Places.item(facts, i).isEmpty()) {
        return i;
      }
    }
    return max;
  }

  private static long contained(Facts facts) {
    long contained = 0;
    for (Node.Obj part : facts.parts()) {
      if (part.has("contains")) {
        contained = Math.max(contained, part.wholeNumber("minContains").orElse(1L));
      }
    }
    return contained;
  }

  Optional<Made> make(Facts facts, Style style, Trail trail) {
    long min = itemsMin(facts);
    long max = Math.min(itemsMax(facts), maker.options().itemsMax());
    if (min > max) {
      return Optional.empty();
    }
    int prefixes = Places.prefixes(facts);
    int repeats = Places.item(facts, prefixes).map(demand -> trail.into(0, demand).repeats()).orElse(0);
    long count = switch (style) {
      case MINIMAL -> min;
      case TYPICAL -> repeats > 0 ? min : Math.clamp(Math.max(prefixes, 1), min, max);
      case MAXIMAL -> repeats > 1 ? min : Math.max(min, Math.min(max, itemsMax(facts) == Long.MAX_VALUE ? prefixes + 3L : MAXIMAL_ITEMS));
      case RANDOM -> repeats > 1 ? min : min + maker.random().nextLong(Math.min(max - min, 4) + 1);
    };
    return ofCount(facts, (int) count, style, trail);
  }

  /// An array of that many items; empty where one of them cannot be made.
  Optional<Made> ofCount(Facts facts, int count, Style style, Trail trail) {
    boolean unique = facts.isTrue("uniqueItems");
    List<Object> items = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < count; i++) {
      Optional<Made> item = !unique && i >= DIFFERENT_ITEMS + Places.prefixes(facts) ? Optional.of(new Made(items.get(i - 1))) : item(facts, i, count, style, trail, unique ? seen : new HashSet<>());
      if (item.isEmpty()) {
        return Optional.empty();
      }
      items.add(item.get().value());
      seen.add(item.get().value());
    }
    return Optional.of(new Made(items));
  }

  private Optional<Made> item(Facts facts, int index, int count, Style style, Trail trail, Set<Object> taken) {
    Optional<List<Node>> place = Places.item(facts, index);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    List<Node> demand = new ArrayList<>(place.get());
    int first = Math.min(Places.prefixes(facts), Math.max(0, count - (int) contained(facts)));
    if (index >= first) {
      for (Node.Obj part : facts.parts()) {
        if (part.has("contains") && index - first < part.wholeNumber("minContains").orElse(1L)) {
          demand.add(part.members().get("contains"));
        }
      }
    }
    Trail here = trail.into(index, demand);
    for (int i = 0; i < DISTINCT_TRIES; i++) {
      Optional<Made> made = maker.make(demand, i == 0 ? style : Style.RANDOM, here);
      if (made.isEmpty() || !taken.contains(made.get().value())) {
        return made;
      }
    }
    return unused(demand, here, taken);
  }

  /// The first of the values that a schema lists which is not taken yet.
  private Optional<Made> unused(List<Node> demand, Trail trail, Set<Object> taken) {
    for (Facts facts : maker.alternatives().of(demand)) {
      for (Object value : facts.values().orElse(List.of())) {
        if (!taken.contains(value) && maker.accepts(trail.demand(), value)) {
          return Optional.of(new Made(value));
        }
      }
    }
    return Optional.empty();
  }
}
