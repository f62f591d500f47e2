package dev.tenon.contract.compare;

import dev.tenon.contract.Node;
import dev.tenon.contract.compare.Flat.Choice;
import dev.tenon.contract.compare.Part.Opaque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Makes one [Shape] of schemas that must hold together. Every combination of their alternatives is merged by itself, as long as there are not too many.
final class Merging {

  private static final int ALTERNATIVES_MAX = 128;

  /// One combination of alternatives.
  ///
  /// @param chosen which alternative of which choice
  /// @param kept choices that are not taken apart
  private record Alternative(Flat flat, Map<Choice, Integer> chosen, List<Choice> kept) {}

  private final Shapes shapes;
  private final Flat flat;
  private final List<Alternative> alternatives;

  private boolean nulls;
  private final Set<Boolean> booleans = new TreeSet<>();
  private final List<Part.Numbers> numbers = new ArrayList<>();
  private final List<Part.Texts> texts = new ArrayList<>();
  private final List<Part.Arrays> arrays = new ArrayList<>();
  private final List<Part.Objects> objects = new ArrayList<>();
  private final Map<Part, Alternative> origins = new IdentityHashMap<>();

  Merging(Shapes shapes, List<Node> schemas) {
    this.shapes = shapes;
    this.flat = Flat.of(schemas, shapes);
    this.alternatives = alternatives(new Alternative(flat, new IdentityHashMap<>(), List.of()));
  }

  Shape.Content content() {
    alternatives.forEach(this::add);
    return new Shape.Content(nulls, booleans, joined(numbers), joined(texts), joined(arrays), joined(objects), notes());
  }

  private Notes notes() {
    List<Node.Obj> spoken = new ArrayList<>(flat.schemas());
    // The notes of an only alternative are those of the whole.
    if (alternatives.size() == 1) {
      alternatives.getFirst().flat().schemas().stream().filter(schema -> spoken.stream().noneMatch(known -> known == schema)).forEach(spoken::add);
    }
    return Notes.of(spoken, PartMerging.CHECKED_FORMATS);
  }

  private List<Alternative> alternatives(Alternative whole) {
    List<Alternative> open = new ArrayList<>(List.of(whole));
    List<Alternative> done = new ArrayList<>();
    while (!open.isEmpty()) {
      Alternative next = open.removeLast();
      if (next.flat().nothing()) {
        continue;
      }
      if (next.flat().choices().isEmpty()) {
        done.add(next);
        continue;
      }
      Choice choice = next.flat().choices().getFirst();
      Flat rest = next.flat().without(choice);
      int ways = choice.alternatives().size();
      if (open.size() + done.size() + ways > ALTERNATIVES_MAX) {
        List<Choice> kept = new ArrayList<>(next.kept());
        kept.add(choice);
        open.add(new Alternative(rest, next.chosen(), kept));
      } else {
        for (int i = ways - 1; i >= 0; i--) {
          Map<Choice, Integer> chosen = new IdentityHashMap<>(next.chosen());
          chosen.put(choice, i);
          open.add(new Alternative(rest.and(List.of(choice.alternatives().get(i)), shapes), chosen, next.kept()));
        }
      }
    }
    return done;
  }

  private void add(Alternative alternative) {
    PartMerging merging = new PartMerging(shapes, alternative.flat(), alternative.kept());
    nulls |= merging.nulls();
    booleans.addAll(merging.booleans());
    merging.numbers().ifPresent(part -> add(part, numbers, alternative));
    merging.texts().ifPresent(part -> add(part, texts, alternative));
    merging.arrays().ifPresent(part -> add(part, arrays, alternative));
    merging.objects().ifPresent(part -> add(part, objects, alternative));
  }

  private <P extends Part> void add(P part, List<P> parts, Alternative alternative) {
    parts.add(part);
    origins.put(part, alternative);
  }

  /// The parts without repetitions; alternatives of a `oneOf` that do not exclude each other carry it along.
  @SuppressWarnings("unchecked")
  private <P extends Part> List<P> joined(List<P> parts) {
    if (parts.size() < 2) {
      return List.copyOf(parts);
    }
    Set<Choice> overlapping = overlapping(parts);
    Map<Object, P> distinct = new LinkedHashMap<>();
    for (P part : parts) {
      P whole = part;
      for (Choice choice : overlapping) {
        if (origins.get(part).chosen().containsKey(choice) && part.common().values().isEmpty()) {
          whole = (P) PartMerging.with(whole, new Opaque("oneOf", choice.owner(), choice.alternatives().stream().map(shapes::of).toList(), ""));
        }
      }
      distinct.putIfAbsent(whole.key(), whole);
    }
    List<P> all = new ArrayList<>(distinct.values());
    Optional<P> everything = all.stream().filter(Part::isOpen).findFirst();
    return everything.isPresent() ? List.of(everything.get()) : withValuesJoined(all);
  }

  /// All parts that are lists of values as one.
  @SuppressWarnings("unchecked")
  private static <P extends Part> List<P> withValuesJoined(List<P> parts) {
    List<P> listed = parts.stream().filter(part -> part.common().values().isPresent()).toList();
    if (listed.size() < 2) {
      return parts;
    }
    Set<Object> values = new LinkedHashSet<>();
    List<Node.Obj> schemas = new ArrayList<>();
    listed.forEach(part -> {
      values.addAll(part.common().values().orElseThrow());
      schemas.addAll(part.common().schemas());
    });
    List<P> others = new ArrayList<>(parts.stream().filter(part -> part.common().values().isEmpty()).toList());
    others.add((P) PartMerging.with(listed.getFirst(), new Part.Common(schemas, Optional.of(values), List.of())));
    return others;
  }

  private Set<Choice> overlapping(List<? extends Part> parts) {
    Set<Choice> overlapping = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < parts.size(); i++) {
      Map<Choice, Integer> one = origins.get(parts.get(i)).chosen();
      for (int j = i + 1; j < parts.size(); j++) {
        Map<Choice, Integer> other = origins.get(parts.get(j)).chosen();
        for (Map.Entry<Choice, Integer> chosen : one.entrySet()) {
          Choice choice = chosen.getKey();
          boolean apart = other.containsKey(choice) && !other.get(choice).equals(chosen.getValue());
          if (choice.exclusive() && apart && !overlapping.contains(choice) && !Disjoint.parts(parts.get(i), parts.get(j), 2)) {
            overlapping.add(choice);
          }
        }
      }
    }
    return overlapping;
  }
}
