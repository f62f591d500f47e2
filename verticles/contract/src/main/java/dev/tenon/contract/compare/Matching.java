package dev.tenon.contract.compare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which part of an old shape stands for which part of a new one.
///
/// @param gone old parts that nothing stands for
/// @param fresh new parts that stand for nothing
record Matching<P extends Part>(List<Match<P>> pairs, List<P> gone, List<P> fresh) {

  record Match<P extends Part>(P before, P after) {}

  private static final double LIKENESS_MIN = 0.3;

  static <P extends Part> Matching<P> of(List<P> olds, List<P> news) {
    List<Match<P>> pairs = new ArrayList<>();
    if (olds.size() == 1 && news.size() == 1) {
      return new Matching<>(List.of(new Match<>(olds.getFirst(), news.getFirst())), List.of(), List.of());
    }
    List<P> gone = new ArrayList<>(olds);
    List<P> fresh = new ArrayList<>(news);
    while (!gone.isEmpty() && !fresh.isEmpty()) {
      Match<P> best = null;
      double bestLikeness = LIKENESS_MIN;
      for (P old : gone) {
        for (P now : fresh) {
          double likeness = likeness(old, now);
          if (likeness > bestLikeness) {
            bestLikeness = likeness;
            best = new Match<>(old, now);
          }
        }
      }
      if (best == null) {
        break;
      }
      pairs.add(best);
      gone.remove(best.before());
      fresh.remove(best.after());
    }
    return new Matching<>(pairs, gone, fresh);
  }

  /// From 0, nothing in common, to 1.
  private static double likeness(Part old, Part now) {
    if (old.common().values().isPresent() != now.common().values().isPresent()) {
      return 0;
    }
    if (old.common().values().isPresent()) {
      return 0.5 + shared(old.common().values().get(), now.common().values().get()) / 2;
    }
    return switch (old) {
      case Part.Objects before when now instanceof Part.Objects after -> objects(before, after);
      case Part.Numbers before when now instanceof Part.Numbers after -> 0.5 + (before.whole() == after.whole() ? 0.2 : 0) + (before.min().equals(after.min()) ? 0.15 : 0)
          + (before.max().equals(after.max()) ? 0.15 : 0);
      case Part.Texts before when now instanceof Part.Texts after -> 0.5 + (before.formats().equals(after.formats()) ? 0.2 : 0) + (before.patterns().equals(after.patterns()) ? 0.2 : 0)
          + (before.lengthMax() == after.lengthMax() && before.lengthMin() == after.lengthMin() ? 0.1 : 0);
      case Part.Arrays before when now instanceof Part.Arrays after -> 0.5 + shared(before.rest().types(), after.rest().types()) / 2;
      case Part.Objects before -> 0;
      case Part.Numbers before -> 0;
      case Part.Texts before -> 0;
      case Part.Arrays before -> 0;
    };
  }

  /// Alternatives that name themselves by a constant are told apart by it alone.
  private static double objects(Part.Objects old, Part.Objects now) {
    Set<String> tags = new HashSet<>(old.declared());
    tags.retainAll(now.declared());
    boolean same = false;
    for (String name : tags) {
      Optional<Set<Object>> before = tag(old, name);
      Optional<Set<Object>> after = tag(now, name);
      if (before.isPresent() && after.isPresent()) {
        if (Collections.disjoint(before.get(), after.get())) {
          return 0;
        }
        same |= before.get().size() == 1;
      }
    }
    double likeness = (shared(old.declared(), now.declared()) * 2 + shared(old.required(), now.required())) / 3;
    return same ? 0.7 + likeness * 0.3 : likeness;
  }

  private static Optional<Set<Object>> tag(Part.Objects part, String name) {
    Shape member = part.member(name);
    return member.texts().size() == 1 && member.types().size() == 1 ? member.texts().getFirst().common().values() : Optional.empty();
  }

  private static double shared(Collection<?> one, Collection<?> other) {
    Set<Object> all = new LinkedHashSet<>(one);
    all.addAll(other);
    Set<Object> both = new HashSet<>(one);
    both.retainAll(other);
    return all.isEmpty() ? 1 : (double) both.size() / all.size();
  }
}
