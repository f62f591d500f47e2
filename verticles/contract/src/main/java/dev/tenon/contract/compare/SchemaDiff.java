package dev.tenon.contract.compare;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds what differs between schemas, pair by pair, without saying yet whom it breaks. Not thread-safe.
final class SchemaDiff {

  private static final int PAIRS_MAX = 300_000;

  private record Key(Shape before, Shape after, Direction direction, boolean text) {}

  private final Containment containment;
  private final Map<Key, SchemaPair> pairs = new HashMap<>();
  private final Deque<SchemaPair> open = new ArrayDeque<>();

  private final Map<Direction, Unchanged> unchanged;

  SchemaDiff(Containment containment, Map<Direction, Unchanged> unchanged) {
    this.containment = containment;
    this.unchanged = unchanged;
  }

  Containment containment() {
    return containment;
  }

  /// The pair with everything that can be reached from it compared.
  SchemaPair compare(Shape before, Shape after, Direction direction, boolean text) {
    SchemaPair pair = pair(before, after, direction, text);
    while (!open.isEmpty()) {
      fill(open.pop());
    }
    return pair;
  }

  SchemaPair pair(Shape before, Shape after, Direction direction, boolean text) {
    Key key = new Key(before, after, direction, text);
    SchemaPair known = pairs.get(key);
    if (known == null) {
      if (pairs.size() >= PAIRS_MAX) {
        throw new TooComplex();
      }
      known = new SchemaPair(before, after, direction, text);
      pairs.put(key, known);
      open.push(known);
    }
    return known;
  }

  private void fill(SchemaPair pair) {
    if (pair.before().schemas().isEmpty() && pair.after().schemas().isEmpty()) {
      return;
    }
    if (pair.before().schemas().size() == 1 && pair.after().schemas().size() == 1
        && unchanged.get(pair.direction()).is(pair.before().schemas().getFirst(), pair.after().schemas().getFirst())) {
      return;
    }
    NoteDiff.compare(pair, containment);
    if (Views.changesSides(pair)) {
      return;
    }
    boolean narrower = containment.proves(pair.after(), pair.before(), pair.text());
    boolean wider = containment.proves(pair.before(), pair.after(), pair.text());
    boolean fits = pair.direction() == Direction.REQUEST ? wider : narrower;
    List<Change> found = new ArrayList<>();
    new PartDiff(this, pair, found).compare();
    if (narrower && wider) {
      return;
    }
    if (fits) {
      found.stream().map(change -> change.harmful() && change.settled().isEmpty() ? harmless(pair, change) : change).forEach(pair.changes()::add);
      return;
    }
    pair.changes().addAll(found);
    if (found.stream().noneMatch(Change::harmful) && !containment.provesApartFromChildren(pair.sub(), pair.sup(), pair.text()) && !isPolicy(found)) {
      pair.changes().add(new Change(Facet.MEANING.rule(pair.direction(), Facet.Movement.CHANGED), true, Optional.empty(),
          "the schema is written in another way, which may " + (pair.direction() == Direction.REQUEST ? "refuse what was valid" : "allow what was not valid"),
          pair.before().at(pair.after()), pair.after().at(pair.before()), _ -> true));
    }
  }

  private static boolean isPolicy(List<Change> found) {
    return found.stream().anyMatch(change -> change.settled().isPresent());
  }

  /// A change that the rest of the schema makes harmless.
  private static Change harmless(SchemaPair pair, Change change) {
    Rule rule = change.rule();
    return new Change(rule, false, Optional.of(Severity.COMPATIBLE), change.what() + ", which the rest of the schema makes no difference of", change.before(), change.after(), _ -> false);
  }

  /// Marks the pairs from which some change can be reached.
  void touch() {
    Map<SchemaPair, List<SchemaPair>> parents = new IdentityHashMap<>();
    Deque<SchemaPair> left = new ArrayDeque<>();
    for (SchemaPair pair : pairs.values()) {
      pair.edges().forEach(edge -> parents.computeIfAbsent(edge.to(), _ -> new ArrayList<>()).add(pair));
      if (!pair.changes().isEmpty()) {
        pair.touch();
        left.push(pair);
      }
    }
    while (!left.isEmpty()) {
      for (SchemaPair parent : parents.getOrDefault(left.pop(), List.of())) {
        if (!parent.isTouched()) {
          parent.touch();
          left.push(parent);
        }
      }
    }
  }
}
