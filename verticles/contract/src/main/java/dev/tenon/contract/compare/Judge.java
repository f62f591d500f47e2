package dev.tenon.contract.compare;

import dev.tenon.contract.Location;
import dev.tenon.contract.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes findings of what differs between schemas: which operations feel a change, and whether a value shows that it breaks them.
final class Judge {

  private static final int TRIES_MAX = 4;
  private static final int SEARCHES_MAX = 600;

  /// Changes of the same kind at the same places are one cause.
  private record Cause(String rule, Side side, Location before, Location after, String what) {}

  /// A pair as it is reached from a root.
  ///
  /// @param from empty for the root's own pair
  /// @param depth how many steps it is away from the root
  private record Visit(SchemaPair pair, Optional<Visit> from, Optional<Step> step, int depth) {

    String path() {
      return from.map(Visit::path).orElse("") + step.map(Step::word).orElse("");
    }

    List<Trail> trail() {
      List<Trail> trail = new ArrayList<>();
      for (Visit here = this; here.from().isPresent(); here = here.from().get()) {
        trail.add(new Trail(here.from().get().pair(), here.step().orElseThrow()));
      }
      return trail;
    }
  }

  /// One step of the way from a root to a change, from the change's end.
  record Trail(SchemaPair parent, Step step) {}

  private record Occurrence(Root root, Visit visit, Change change) {}

  private final SchemaDiff diff;
  private final Witnesses witnesses = new Witnesses();
  private int searches;

  Judge(SchemaDiff diff) {
    this.diff = diff;
  }

  List<Draft> drafts(List<Root> roots) {
    diff.touch();
    Map<Change, Map<Side, List<Occurrence>>> found = new IdentityHashMap<>();
    List<Map<Side, List<Occurrence>>> inOrder = new ArrayList<>();
    for (int i = 0; i < roots.size(); i++) {
      if (roots.get(i).pair().isTouched()) {
        visit(roots.get(i), i + 1, found, inOrder);
      }
    }
    Map<Cause, List<Occurrence>> causes = new LinkedHashMap<>();
    inOrder.forEach(bySide -> bySide.forEach((side, occurrences) -> {
      Change change = occurrences.getFirst().change();
      causes.computeIfAbsent(new Cause(change.rule().id(), side, change.before().at(), change.after().at(), change.what()), _ -> new ArrayList<>()).addAll(occurrences);
    }));
    List<Draft> drafts = new ArrayList<>();
    causes.values().forEach(occurrences -> drafts.add(draft(occurrences)));
    return drafts;
  }

  private static void visit(Root root, int number, Map<Change, Map<Side, List<Occurrence>>> found, List<Map<Side, List<Occurrence>>> inOrder) {
    Deque<Visit> left = new ArrayDeque<>();
    root.pair().enter(number);
    left.add(new Visit(root.pair(), Optional.empty(), Optional.empty(), 0));
    while (!left.isEmpty()) {
      Visit visit = left.poll();
      for (Change change : visit.pair().changes()) {
        Map<Side, List<Occurrence>> bySide = found.get(change);
        if (bySide == null) {
          bySide = new EnumMap<>(Side.class);
          found.put(change, bySide);
          inOrder.add(bySide);
        }
        Side side = change.rule().side() == Side.DOCUMENT ? Side.DOCUMENT : root.side();
        bySide.computeIfAbsent(side, _ -> new ArrayList<>()).add(new Occurrence(root, visit, change));
      }
      for (SchemaPair.Edge edge : visit.pair().edges()) {
        if (edge.to().isTouched() && edge.to().enter(number)) {
          left.add(new Visit(edge.to(), Optional.of(visit), Optional.of(edge.step()), visit.depth() + 1));
        }
      }
    }
  }

  private Draft draft(List<Occurrence> occurrences) {
    Occurrence first = occurrences.getFirst();
    Change change = first.change();
    Optional<Witness> witness = Optional.empty();
    Severity severity = change.settled().orElse(Severity.COMPATIBLE);
    String message = change.what();
    if (change.harmful()) {
      // The shorter the way, the less stands in it that a value has to suit too.
      for (Occurrence occurrence : occurrences.stream().sorted(Comparator.comparingInt(each -> each.visit().depth())).limit(TRIES_MAX).toList()) {
        if (witness.isEmpty() && searches++ < SEARCHES_MAX) {
          Optional<Witness> found = witnesses.find(occurrence.root(), occurrence.visit().pair(), occurrence.change(), occurrence.visit().trail());
          if (found.isPresent()) {
            witness = found;
            first = occurrence;
          }
        }
      }
      severity = witness.isPresent() ? Severity.BREAKING : Severity.RISKY;
    }
    Set<Effect> effects = new LinkedHashSet<>();
    effects.add(effect(first));
    occurrences.forEach(occurrence -> effects.add(effect(occurrence)));
    Side side = change.rule().side() == Side.DOCUMENT ? Side.DOCUMENT : first.root().side();
    return new Draft(change.rule(), severity, side, Optional.of(change.before()), Optional.of(change.after()),
        message(first, effects.size(), change, severity), bump(change.rule(), severity), List.copyOf(effects), witness);
  }

  static Bump bump(Rule rule, Severity severity) {
    return switch (severity) {
      case BREAKING -> Bump.MAJOR;
      case RISKY -> rule.severity() == Severity.RISKY ? rule.bump() : Bump.MINOR;
      case COMPATIBLE -> rule.severity() == Severity.COMPATIBLE ? rule.bump() : Bump.MINOR;
    };
  }

  private static Effect effect(Occurrence occurrence) {
    String path = occurrence.visit().path();
    return new Effect(occurrence.root().operation(), path.isEmpty() ? occurrence.root().part() : occurrence.root().part() + " at " + path);
  }

  private static String message(Occurrence first, int effects, Change change, Severity severity) {
    boolean fromConsumer = change.rule().side() == Side.REQUEST;
    String consequence = switch (severity) {
      case BREAKING -> fromConsumer ? "; consumers that send what was valid are refused" : "; consumers get what they were told they would not";
      case RISKY -> !change.harmful() ? ""
          : fromConsumer ? "; whether that refuses anything that was valid could not be decided" : "; whether consumers then get anything that they were told they would not could not be decided";
      case COMPATIBLE -> "";
    };
    String more = effects > 1 ? " (and in " + (effects - 1) + (effects == 2 ? " more place)" : " more places)") : "";
    return effect(first) + more + ": " + change.what() + consequence;
  }
}
