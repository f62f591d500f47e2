package dev.tenon.contract.compare;

import dev.tenon.contract.ContractException;
import dev.tenon.contract.Node;
import dev.tenon.contract.sample.Hints;
import dev.tenon.contract.sample.ValidSample;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Looks for values that one schema takes and another refuses, and puts them into a whole request, response or event. The compiled validator has the last word on both.
final class Witnesses {

  private static final int VALUES_MAX = 400;
  private static final int BASES_MAX = 24;
  /// How many values are kept for a change: the first may not fit into the whole.
  private static final int ENOUGH = 4;
  private static final int MEMBERS_MAX = 200;

  /// A JSON value, which may be null.
  private record Value(Object json) {}

  private final Map<SchemaPair, List<Object>> refused = new IdentityHashMap<>();
  private final Map<Shape, List<Object>> bases = new IdentityHashMap<>();
  private final Map<Shape, List<Object>> moreBases = new IdentityHashMap<>();

  /// @param trail the way from the pair to the root
  Optional<Witness> find(Root root, SchemaPair pair, Change change, List<Judge.Trail> trail) {
    for (Object value : refused.computeIfAbsent(pair, this::search)) {
      if (change.shows().test(value)) {
        Optional<Value> whole = raised(value, trail);
        if (whole.isPresent() && root.pair().sub().accepts(whole.get().json()) && !accepts(root.pair(), whole.get().json())) {
          return Optional.of(new Witness(root.subject(), Canonical.json(whole.get().json())));
        }
      }
    }
    return Optional.empty();
  }

  /// Values that the pair's one shape takes and its other one refuses: some for every change that may hurt.
  private List<Object> search(SchemaPair pair) {
    List<Object> found = new ArrayList<>();
    Map<Change, Integer> shown = new IdentityHashMap<>();
    pair.changes().stream().filter(Change::harmful).forEach(change -> shown.put(change, 0));
    try {
      Hints hints = pair.sup().owner().sampler().hints(pair.sup().asSchema());
      Stream<Object> made = pair.sub().owner().sampler().candidates(pair.sub().asSchema(), hints).limit(VALUES_MAX);
      Stream.concat(made, Stream.of(pair).flatMap(each -> withMembers(each).stream()))
          .filter(value -> !(pair.text() && value == null) && pair.sub().accepts(value) && !accepts(pair, value))
          .takeWhile(_ -> shown.values().stream().anyMatch(count -> count < ENOUGH))
          .forEach(value -> {
            shown.replaceAll((change, count) -> change.shows().test(value) ? count + 1 : count);
            found.add(value);
          });
    } catch (StackOverflowError | ContractException broken) {
      return found;
    }
    return found;
  }

  /// Objects with members that nothing describes by name: those that patterns and limits of the other shape are about.
  private List<Object> withMembers(SchemaPair pair) {
    if (pair.sub().objects().isEmpty() || pair.sup().objects().isEmpty()) {
      return List.of();
    }
    Set<String> names = new LinkedHashSet<>(List.of("extra", "Extra name!", "0", "x-" + "long".repeat(40), ""));
    long most = 0;
    for (Part.Objects part : pair.sup().objects()) {
      part.patterns().forEach(pattern -> name(pair.sup(), pattern, Map.of()).ifPresent(names::add));
      most = Math.max(most, part.membersMax() < MEMBERS_MAX ? part.membersMax() : 0);
    }
    List<Object> all = new ArrayList<>();
    for (Object base : bases.computeIfAbsent(pair.sub(), Witnesses::few)) {
      if (base instanceof Map<?, ?> map) {
        for (Object value : Arrays.asList(1L, "a", true, null, List.of(), Map.of())) {
          names.forEach(name -> all.add(with(map, name, value)));
          Map<Object, Object> many = new LinkedHashMap<>(map);
          for (int i = 0; many.size() <= most && most > 0; i++) {
            many.put("extra" + i, value);
          }
          all.add(many);
        }
      }
    }
    return all;
  }

  private static boolean accepts(SchemaPair pair, Object value) {
    return pair.sup().accepts(value) || pair.text() && acceptsText(pair.sup(), value);
  }

  /// Whether the shape takes the value when it is written as a parameter is.
  private static boolean acceptsText(Shape shape, Object value) {
    return switch (value) {
      case List<?> list -> shape.arrays().stream().anyMatch(part -> {
        List<Object> read = new ArrayList<>();
        list.forEach(item -> read.add(reread(part.element(read.size()), item)));
        return shape.accepts(read);
      });
      case Map<?, ?> map -> shape.objects().stream().anyMatch(part -> {
        Map<Object, Object> read = new LinkedHashMap<>();
        map.forEach((name, member) -> read.put(name, reread(part.member((String) name), member)));
        return shape.accepts(read);
      });
      case null -> false;
      default -> shape.accepts(reread(shape, value));
    };
  }

  /// The value as who reads its text with this shape in mind would read it.
  private static Object reread(Shape shape, Object value) {
    if (value == null || value instanceof List<?> || value instanceof Map<?, ?> || shape.accepts(value)) {
      return value;
    }
    String text = value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    if (shape.accepts(text)) {
      return text;
    }
    return number(text).filter(shape::accepts).orElseGet(() -> text.equals("true") || text.equals("false") ? Boolean.valueOf(text) : text);
  }

  private static Optional<Object> number(String text) {
    try {
      return text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?") ? Optional.of(Canonical.plain(new BigDecimal(text))) : Optional.empty();
    } catch (NumberFormatException never) {
      return Optional.empty();
    }
  }

  private Optional<Value> raised(Object value, List<Judge.Trail> trail) {
    Value here = new Value(value);
    for (Judge.Trail step : trail) {
      Optional<Value> around = around(step.parent(), step.step(), here);
      if (around.isEmpty()) {
        return Optional.empty();
      }
      here = around.get();
    }
    return Optional.of(here);
  }

  /// A value of the parent that has this one where the step leads; one that the other shape refuses, if there is one.
  private Optional<Value> around(SchemaPair parent, Step step, Value value) {
    Optional<Value> last = Optional.empty();
    for (Map<Shape, List<Object>> some : List.of(bases, moreBases)) {
      for (Object base : some.computeIfAbsent(parent.sub(), shape -> some == bases ? few(shape) : more(shape))) {
        Optional<Value> around = put(parent.sub(), base, step, value.json()).filter(whole -> parent.sub().accepts(whole.json()));
        if (around.isPresent() && !accepts(parent, around.get().json())) {
          return around;
        }
        if (around.isPresent()) {
          last = around;
        }
      }
    }
    return last;
  }

  private static List<Object> few(Shape shape) {
    List<Object> few = new ArrayList<>(List.of(Map.of(), List.of()));
    try {
      shape.owner().sampler().minimal(shape.asSchema()).ifPresent(sample -> few.add(sample.value()));
    } catch (StackOverflowError | ContractException broken) {
      return few;
    }
    return few;
  }

  private static List<Object> more(Shape shape) {
    List<Object> more = new ArrayList<>();
    try {
      shape.owner().sampler().typical(shape.asSchema()).ifPresent(sample -> more.add(sample.value()));
      shape.owner().sampler().candidates(shape.asSchema(), Hints.NONE).limit(BASES_MAX).forEach(more::add);
    } catch (StackOverflowError | ContractException broken) {
      return more;
    }
    return more;
  }

  private static Optional<Value> put(Shape shape, Object base, Step step, Object value) {
    return switch (step) {
      case Step.Member(String name) when base instanceof Map<?, ?> map -> Optional.of(new Value(with(map, name, value)));
      case Step.Other(String pattern) when base instanceof Map<?, ?> map -> name(shape, pattern, map).map(name -> new Value(with(map, name, value)));
      case Step.Element(int index) when base instanceof List<?> list -> Optional.of(new Value(with(shape, list, index, value)));
      case Step.Item(int from) when base instanceof List<?> list -> Optional.of(new Value(with(shape, list, from, value)));
      case Step.Member member -> Optional.empty();
      case Step.Other other -> Optional.empty();
      case Step.Element element -> Optional.empty();
      case Step.Item item -> Optional.empty();
    };
  }

  private static Object with(Map<?, ?> map, String name, Object value) {
    Map<Object, Object> copy = new LinkedHashMap<>(map);
    copy.put(name, value);
    return copy;
  }

  private static Optional<String> name(Shape shape, String pattern, Map<?, ?> map) {
    if (pattern.isEmpty()) {
      for (String name : List.of("extra", "another", "a", "0", "x-extra")) {
        if (!map.containsKey(name) && shape.objects().stream().noneMatch(part -> part.declares(name))) {
          return Optional.of(name);
        }
      }
      return Optional.empty();
    }
    Node at = shape.owner().document();
    Node schema = new Node.Obj(Map.of("type", new Node.Text("string", at.at()), "pattern", new Node.Text(pattern, at.at())), at.at());
    return shape.owner().sampler().typical(schema).map(sample -> String.valueOf(sample.value()));
  }

  private static Object with(Shape shape, List<?> list, int index, Object value) {
    List<Object> copy = new ArrayList<>(list);
    while (copy.size() <= index) {
      int place = copy.size();
      copy.add(place == index ? value : shape.arrays().stream().findFirst()
          .flatMap(part -> shape.owner().sampler().minimal(part.element(place).asSchema())).map(ValidSample::value).orElse(null));
    }
    copy.set(index, value);
    return copy;
  }
}
