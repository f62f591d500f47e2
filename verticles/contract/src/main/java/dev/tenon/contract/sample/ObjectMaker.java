package dev.tenon.contract.sample;

import dev.tenon.contract.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Makes objects.
final class ObjectMaker {

  private static final int OPTIONAL_DEPTH_MAX = 6;
  private static final int NAMES_MAX = 200;

  private final Maker maker;

  ObjectMaker(Maker maker) {
    this.maker = maker;
  }

  Optional<Made> make(Facts facts, Style style, Trail trail) {
    Set<String> needed = Places.withDependents(facts, Places.required(facts));
    Set<String> names = new LinkedHashSet<>();
    for (String name : Places.known(facts)) {
      if (needed.contains(name) || wanted(facts, name, style, trail)) {
        names.add(name);
      }
    }
    names.addAll(needed);
    if (style == Style.MAXIMAL && Places.isOpenMap(facts) && trail.depth() < OPTIONAL_DEPTH_MAX) {
      extraName(facts, names).ifPresent(names::add);
    }
    return of(facts, counted(facts, Places.withDependents(facts, names), needed), needed, style, trail);
  }

  private boolean wanted(Facts facts, String name, Style style, Trail trail) {
    Optional<List<Node>> demand = Places.member(facts, name);
    if (style == Style.MINIMAL || facts.avoided().contains(name) && style != Style.RANDOM || demand.isEmpty() || trail.depth() > OPTIONAL_DEPTH_MAX) {
      return false;
    }
    int repeats = trail.into(name, demand.get()).repeats();
    return switch (style) {
      case MAXIMAL -> repeats <= 1;
      case RANDOM -> repeats <= 1 && maker.random().nextInt(3) > 0;
      case TYPICAL, MINIMAL -> repeats == 0;
    };
  }

  /// The names, so many more or fewer that `minProperties` and `maxProperties` hold.
  private Set<String> counted(Facts facts, Set<String> names, Set<String> needed) {
    long min = Math.min(facts.largest("minProperties").orElse(0L), NAMES_MAX);
    long max = facts.smallest("maxProperties").orElse(Long.MAX_VALUE);
    Set<String> all = new LinkedHashSet<>(names);
    for (String name : List.copyOf(names).reversed()) {
      if (all.size() > max && !needed.contains(name)) {
        all.remove(name);
      }
    }
    for (String name : Places.known(facts)) {
      if (all.size() < min && Places.member(facts, name).isPresent()) {
        all.add(name);
      }
    }
    for (Optional<String> extra = Optional.of(""); all.size() < min && extra.isPresent(); ) {
      extra = extraName(facts, all);
      extra.ifPresent(all::add);
    }
    return all;
  }

  /// An object with these members; empty where one of those that are needed cannot be made.
  Optional<Made> of(Facts facts, Set<String> names, Set<String> needed, Style style, Trail trail) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (String name : names) {
      Optional<Made> value = member(facts, name, style, trail);
      if (value.isPresent()) {
        object.put(name, value.get().value());
      } else if (needed.contains(name)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Made(object));
  }

  Optional<Made> member(Facts facts, String name, Style style, Trail trail) {
    if (facts.fixed().containsKey(name)) {
      return Optional.of(new Made(facts.fixed().get(name)));
    }
    return Places.member(facts, name).flatMap(demand -> maker.make(demand, style, trail.into(name, demand)));
  }

  /// A name that the schemas do not name and that is not there yet; empty where none may be.
  Optional<String> extraName(Facts facts, Set<String> present) {
    List<String> tries = new ArrayList<>();
    for (String pattern : Places.patterns(facts).keySet()) {
      for (int length : new int[] {8, 1, 3}) {
        maker.texts().pattern(pattern).flatMap(texts -> texts.text(length, maker.random())).ifPresent(tries::add);
      }
    }
    facts.all("propertyNames").forEach(node -> {
      Trail trail = Trail.start(List.of(node));
      for (Facts names : maker.alternatives().of(List.of(node))) {
        for (Style style : List.of(Style.TYPICAL, Style.RANDOM, Style.RANDOM, Style.RANDOM)) {
          maker.make(names, Kind.STRING, style, trail).ifPresent(made -> tries.add((String) made.value()));
        }
      }
    });
    tries.add("additional");
    for (int i = 2; i < NAMES_MAX + 2; i++) {
      tries.add("additional" + i);
    }
    Set<String> known = Places.known(facts);
    List<Node> names = facts.all("propertyNames");
    return tries.stream().filter(name -> !present.contains(name) && !known.contains(name)
        && Places.member(facts, name).isPresent() && maker.accepts(names, name)).findFirst();
  }

  /// A name that no schema here knows, whether it may be there or not.
  static String unknownName(Facts facts) {
    Set<String> known = Places.known(facts);
    for (int i = 1; ; i++) {
      String name = i == 1 ? "unexpected" : "unexpected" + i;
      if (!known.contains(name) && Places.patterns(facts).keySet().stream().noneMatch(pattern -> Pattern.compile(pattern).matcher(name).find()) || i > NAMES_MAX) {
        return name;
      }
    }
  }
}
