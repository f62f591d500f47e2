package dev.tenon.contract.sample;

import dev.tenon.contract.Node;
import dev.tenon.contract.schema.Dialect;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Ways of breaking a schema one by one: the typical value of each alternative with one thing wrong.
final class Faults {

  private static final int TEXTS_MAX = 60;

  private final Maker maker;
  private final List<Gap> gaps;

  Faults(Maker maker, List<Gap> gaps) {
    this.maker = maker;
    this.gaps = gaps;
  }

  List<Fault> of(List<Node> demand, Trail trail) {
    List<Fault> all = new ArrayList<>();
    List<Facts> alternatives = maker.alternatives().of(demand);
    for (Facts facts : alternatives) {
      List<Fault> here = new ArrayList<>();
      types(facts, here);
      for (Kind kind : facts.kinds()) {
        boolean coveredByNumbers = kind == Kind.INTEGER && facts.kinds().contains(Kind.NUMBER) && facts.values().isEmpty();
        if ((facts.types().isPresent() || facts.values().isPresent() || kind == facts.kinds().getFirst()) && !coveredByNumbers) {
          of(facts, kind, trail, here);
        }
      }
      here.forEach(fault -> all.add(fault.labelled(facts.label())));
      if (maker.isSpent()) {
        return all;
      }
    }
    combinations(alternatives, trail, all);
    return all;
  }

  private void of(Facts facts, Kind kind, Trail trail, List<Fault> all) {
    if (facts.values().isPresent()) {
      values(facts, kind, all);
      return;
    }
    switch (kind) {
      case STRING -> texts(facts, trail, all);
      case INTEGER, NUMBER -> numbers(facts, kind, all);
      case ARRAY -> items(facts, trail, all);
      case OBJECT -> members(facts, trail, all);
      case BOOLEAN, NULL -> { }
    }
  }

  private static void types(Facts facts, List<Fault> all) {
    Optional<Set<Kind>> types = facts.types();
    if (types.isEmpty()) {
      return;
    }
    for (Kind kind : nearest(types.get())) {
      if (!types.get().contains(kind)) {
        all.add(new Fault("", "type", "type: " + kind.words(), sample(kind)));
      }
    }
  }

  /// The types most easily taken for those that are allowed, and null.
  private static Set<Kind> nearest(Set<Kind> types) {
    Set<Kind> kinds = new LinkedHashSet<>(List.of(Kind.NULL));
    for (Kind type : types) {
      kinds.addAll(switch (type) {
        case STRING -> List.of(Kind.INTEGER, Kind.ARRAY);
        case INTEGER -> List.of(Kind.NUMBER, Kind.STRING);
        case NUMBER, BOOLEAN -> List.of(Kind.STRING, Kind.OBJECT);
        case OBJECT -> List.of(Kind.ARRAY, Kind.STRING);
        case ARRAY -> List.of(Kind.OBJECT, Kind.STRING);
        case NULL -> List.of(Kind.BOOLEAN);
      });
    }
    return kinds;
  }

  private static List<Object> sample(Kind kind) {
    return switch (kind) {
      case STRING -> List.of("1", "true", "tenon");
      case INTEGER -> List.of(1L, 12_345L);
      case NUMBER -> List.of(1.5);
      case BOOLEAN -> List.of(true, false);
      case ARRAY -> List.of(List.of(), List.of("tenon"));
      case OBJECT -> List.of(Map.of(), Map.of("tenon", 1L));
      case NULL -> Arrays.asList((Object) null);
    };
  }

  private static void values(Facts facts, Kind kind, List<Fault> all) {
    List<Object> candidates = new ArrayList<>();
    for (Object value : facts.values().orElseThrow()) {
      if (Kind.of(value) == kind && candidates.size() < TEXTS_MAX) {
        switch (value) {
          case String text -> candidates.addAll(List.of(text + "x", text.toUpperCase(Locale.ROOT), text.isEmpty() ? "x" : text.substring(1), ""));
          case Number number -> candidates.addAll(List.of(
              Decimals.read(Decimals.exact(number).add(BigDecimal.ONE)), Decimals.read(Decimals.exact(number).subtract(BigDecimal.ONE)), 987_654_321L));
          case Boolean bool -> candidates.add(!bool);
          case null -> candidates.add("null");
          case List<?> array -> candidates.add(Variant.with(array, array.size(), "x"));
          case Map<?, ?> object -> candidates.add(Variant.with(object, "x", "x"));
          default -> { }
        }
      }
    }
    String keyword = facts.has("const") && facts.dialect() != Dialect.OPENAPI_3_0 ? "const" : "enum";
    all.add(new Fault("", keyword, keyword, candidates));
  }

  private void texts(Facts facts, Trail trail, List<Fault> all) {
    Texts texts = maker.texts();
    Optional<String> typical = maker.make(facts, Kind.STRING, Style.TYPICAL, trail).map(made -> (String) made.value());
    long min = texts.lengthMin(facts);
    long max = texts.lengthMax(facts);
    if (min > 0) {
      all.add(new Fault("", "minLength", "minLength", lengths(facts, (int) Math.min(min - 1, maker.options().charactersMax()))));
    }
    if (max < maker.options().charactersMax()) {
      all.add(new Fault("", "maxLength", "maxLength", lengths(facts, (int) max + 1)));
    } else if (max < Long.MAX_VALUE) {
      gaps.add(new Gap(trail.pointer(), "maxLength", "allows " + max + " characters, and at most " + maker.options().charactersMax() + " are made"));
    }
    for (String format : facts.texts("format")) {
      if (FormatTexts.isKnown(format)) {
        List<Object> candidates = new ArrayList<>(FormatTexts.invalid(format));
        typical.ifPresent(text -> candidates.addAll(Texts.nearly(text, maker.random())));
        all.add(new Fault("", "format", "format " + format, candidates));
      }
    }
    for (String pattern : facts.texts("pattern")) {
      List<Object> candidates = new ArrayList<>();
      typical.ifPresent(text -> candidates.addAll(Texts.nearly(text, maker.random())));
      candidates.addAll(List.of("", "!", " ", "tenon", "0", "\n"));
      all.add(new Fault("", "pattern", "pattern " + pattern, candidates));
    }
  }

  private List<Object> lengths(Facts facts, int characters) {
    List<Object> candidates = new ArrayList<>();
    Texts texts = maker.texts();
    texts.ofLength(facts, characters, Style.TYPICAL, maker.random()).ifPresent(candidates::add);
    texts.ofLength(facts, characters, Style.RANDOM, maker.random()).ifPresent(candidates::add);
    candidates.add(Texts.words(characters));
    candidates.add(Texts.letters(characters, maker.random()));
    candidates.add("0".repeat(characters));
    return candidates;
  }

  private void numbers(Facts facts, Kind kind, List<Fault> all) {
    facts.lower().ifPresent(bound -> all.add(new Fault("", bound.keyword(), bound.keyword(), List.of(NumberValues.beyond(facts, kind, bound, -1)))));
    facts.upper().ifPresent(bound -> all.add(new Fault("", bound.keyword(), bound.keyword(), List.of(NumberValues.beyond(facts, kind, bound, 1)))));
    if (facts.has("multipleOf")) {
      List<Object> candidates = new ArrayList<>();
      for (Style style : List.of(Style.TYPICAL, Style.MINIMAL, Style.MAXIMAL)) {
        candidates.addAll(NumberValues.offGrid((Number) NumberValues.make(facts, kind, style, maker.random()).value(), facts));
      }
      all.add(new Fault("", "multipleOf", "multipleOf", candidates));
    }
  }

  private void items(Facts facts, Trail trail, List<Fault> all) {
    ArrayMaker arrays = maker.arrays();
    long min = facts.largest("minItems").orElse(0L);
    long max = arrays.itemsMax(facts);
    if (min > 0) {
      all.add(new Fault("", "minItems", "minItems", made(arrays.ofCount(facts, (int) Math.min(min - 1, maker.options().itemsMax()), Style.TYPICAL, trail))));
    }
    Optional<Long> bound = facts.smallest("maxItems");
    if (bound.isPresent() && bound.get() <= max) {
      if (max < maker.options().itemsMax()) {
        List<Object> candidates = made(arrays.ofCount(facts, (int) max + 1, Style.TYPICAL, trail));
        arrays.ofCount(facts, (int) max, Style.TYPICAL, trail).map(made -> (List<?>) made.value()).filter(full -> !full.isEmpty())
            .ifPresent(full -> candidates.add(Variant.with(full, full.size(), full.getFirst())));
        all.add(new Fault("", "maxItems", "maxItems", candidates));
      } else {
        gaps.add(new Gap(trail.pointer(), "maxItems", "allows " + max + " items, and at most " + maker.options().itemsMax() + " are made"));
      }
    }
    Optional<List<?>> typical = maker.make(facts, Kind.ARRAY, Style.TYPICAL, trail).map(made -> (List<?>) made.value());
    Optional<List<?>> base = typical.filter(array -> !array.isEmpty()).or(() -> max == 0 ? Optional.empty() : arrays.ofCount(facts, 1, Style.TYPICAL, trail).map(made -> (List<?>) made.value()));
    base.ifPresent(array -> {
      if (facts.isTrue("uniqueItems")) {
        List<Object> twice = new ArrayList<>();
        twice.add(Variant.with(array, array.size(), array.getFirst()));
        if (array.size() > 1) {
          twice.add(Variant.with(array, array.size() - 1, array.getFirst()));
        }
        all.add(new Fault("/" + Math.max(1, twice.size() > 1 ? array.size() - 1 : array.size()), "uniqueItems", "uniqueItems", twice));
      }
      if (bound.isEmpty() && max < Long.MAX_VALUE || bound.isPresent() && max < bound.get()) {
        arrays.ofCount(facts, (int) max, Style.TYPICAL, trail)
            .ifPresent(full -> all.add(new Fault("/" + max, "false", "one item more", List.of(Variant.with((List<?>) full.value(), (int) max, "x")))));
      }
    });
    contained(facts, trail, all);
    int places = (int) Math.min(max, Places.prefixes(facts) + 1L);
    for (int i = 0; i < places; i++) {
      int index = i;
      Optional<List<Node>> demand = Places.item(facts, i);
      Trail here = demand.map(found -> trail.into(index, found)).orElse(trail);
      if (demand.isPresent() && here.repeats() == 0 && !maker.isSpent()) {
        arrays.ofCount(facts, (int) Math.max(Math.max(min, i), arrays.itemsMin(facts)), Style.TYPICAL, trail)
            .ifPresent(made -> of(demand.get(), here).forEach(fault -> all.add(fault.inside((List<?>) made.value(), index))));
      }
    }
  }

  private void contained(Facts facts, Trail trail, List<Fault> all) {
    for (Node.Obj part : facts.parts()) {
      if (part.has("contains")) {
        List<Object> candidates = new ArrayList<>(List.of(List.of()));
        for (Object value : new Object[] {"tenon", 1L, true, null, Map.of(), List.of()}) {
          List<Object> array = new ArrayList<>();
          array.add(value);
          candidates.add(array);
        }
        all.add(new Fault("", "contains", "contains", candidates));
        part.wholeNumber("maxContains").filter(max -> max < maker.options().itemsMax()).ifPresent(max -> {
          List<Object> many = new ArrayList<>();
          List<Node> demand = new ArrayList<>(Places.item(facts, Places.prefixes(facts)).orElse(List.of()));
          demand.add(part.members().get("contains"));
          for (long i = 0; i <= max; i++) {
            maker.make(demand, i == 0 ? Style.TYPICAL : Style.RANDOM, trail.into((int) i, demand)).ifPresent(made -> many.add(made.value()));
          }
          all.add(new Fault("", "maxContains", "maxContains", List.of(many)));
        });
      }
    }
  }

  private void members(Facts facts, Trail trail, List<Fault> all) {
    Optional<Made> typical = maker.make(facts, Kind.OBJECT, Style.TYPICAL, trail).or(() -> maker.make(facts, Kind.OBJECT, Style.MINIMAL, trail));
    if (typical.isEmpty()) {
      return;
    }
    Map<?, ?> base = (Map<?, ?>) typical.get().value();
    for (String name : Places.required(facts)) {
      all.add(new Fault(Variant.prefixed(name, ""), "required", "required", List.of(Variant.without(base, name))));
    }
    String unknown = ObjectMaker.unknownName(facts);
    if (Places.member(facts, unknown).isEmpty() && facts.forbidden().stream().noneMatch(unknown::equals)) {
      boolean closed = facts.all("additionalProperties").stream().anyMatch(Places::isFalse);
      String keyword = closed ? "additionalProperties" : "unevaluatedProperties";
      all.add(new Fault(Variant.prefixed(unknown, ""), keyword, keyword, List.of(Variant.with(base, unknown, "x"), Variant.with(base, unknown, 1L))));
    }
    Places.known(facts).stream().filter(name -> facts.parts().stream().flatMap(part -> part.object("properties").stream()).flatMap(object -> object.get(name).stream()).anyMatch(Places::isFalse))
        .forEach(name -> all.add(new Fault(Variant.prefixed(name, ""), "false", "property that may not be there", List.of(Variant.with(base, name, "x")))));
    sizes(facts, base, trail, all);
    names(facts, base, all);
    Set<String> places = new LinkedHashSet<>(Places.known(facts));
    places.addAll(Places.required(facts));
    if (Places.isOpenMap(facts)) {
      Set<String> present = new LinkedHashSet<>();
      base.keySet().forEach(name -> present.add((String) name));
      maker.objects().extraName(facts, present).ifPresent(places::add);
    }
    for (String name : places) {
      Optional<List<Node>> demand = Places.member(facts, name);
      boolean ofAnotherBranch = facts.avoided().contains(name) && !base.containsKey(name);
      if (demand.isPresent() && !demand.get().isEmpty() && !ofAnotherBranch && !maker.isSpent()) {
        Trail here = trail.into(name, demand.get());
        if (here.repeats() == 0) {
          of(demand.get(), here).forEach(fault -> all.add(fault.inside(base, name)));
        }
      }
    }
  }

  private void sizes(Facts facts, Map<?, ?> base, Trail trail, List<Fault> all) {
    facts.largest("minProperties").filter(min -> min > 0).ifPresent(min -> {
      Map<?, ?> fewer = (Map<?, ?>) maker.make(facts, Kind.OBJECT, Style.MINIMAL, trail).map(Made::value).orElse(base);
      for (Object name : List.copyOf(fewer.keySet())) {
        fewer = fewer.size() >= min && !Places.required(facts).contains(name) ? Variant.without(fewer, (String) name) : fewer;
      }
      all.add(new Fault("", "minProperties", "minProperties", List.of(fewer, Map.of())));
    });
    facts.smallest("maxProperties").filter(max -> max < maker.options().itemsMax()).ifPresent(max -> {
      Map<?, ?> more = base;
      Set<String> names = new LinkedHashSet<>(Places.known(facts));
      for (int i = 0; more.size() <= max && i <= max; i++) {
        Set<String> present = new LinkedHashSet<>();
        more.keySet().forEach(name -> present.add((String) name));
        Optional<String> name = names.stream().filter(each -> !present.contains(each) && Places.member(facts, each).isPresent()).findFirst().or(() -> maker.objects().extraName(facts, present));
        Optional<Made> value = name.flatMap(each -> maker.objects().member(facts, each, Style.TYPICAL, trail));
        if (value.isPresent()) {
          more = Variant.with(more, name.get(), value.get().value());
        }
      }
      all.add(new Fault("", "maxProperties", "maxProperties", List.of(more)));
    });
  }

  private void names(Facts facts, Map<?, ?> base, List<Fault> all) {
    if (facts.dialect() == Dialect.OPENAPI_3_0) {
      return;
    }
    for (Node schema : facts.all("propertyNames")) {
      for (String name : List.of("unexpected", "Unexpected", "!", "", "0", Texts.words(300))) {
        if (!maker.accepts(List.of(schema), name)) {
          all.add(new Fault(Variant.prefixed(name, ""), "propertyNames", "propertyNames", List.of(Variant.with(base, name, "x"), Variant.with(base, name, 1L), Variant.with(base, name, true))));
          break;
        }
      }
    }
    for (Node.Obj part : facts.parts()) {
      part.object("dependentRequired").ifPresent(needs -> needs.members().forEach((name, others) -> {
        if (others instanceof Node.Arr array) {
          for (Node other : array.items()) {
            String missing = Texts.value(other).orElse("");
            Optional<Made> value = base.containsKey(name) ? Optional.of(new Made(base.get(name))) : Places.member(facts, name).flatMap(demand -> maker.make(demand, Style.TYPICAL, Trail.start(demand)));
            value.ifPresent(made -> all.add(new Fault(Variant.prefixed(missing, ""), "dependentRequired", "dependentRequired of " + name,
                List.of(Variant.without(Variant.with(base, name, made.value()), missing)))));
          }
        }
      }));
    }
  }

  /// Values that are what `not` forbids, and values that fit two branches of a `oneOf`.
  private void combinations(List<Facts> alternatives, Trail trail, List<Fault> all) {
    for (Facts facts : alternatives) {
      for (Node not : facts.all("not")) {
        List<Object> candidates = new ArrayList<>();
        for (Facts both : maker.alternatives().join(facts, not)) {
          for (Style style : List.of(Style.TYPICAL, Style.MINIMAL, Style.MAXIMAL, Style.RANDOM)) {
            both.kinds().forEach(kind -> candidates.addAll(made(maker.make(both, kind, style, Trail.start(List.of())))));
          }
        }
        all.add(new Fault("", "not", "not", candidates).labelled(facts.label()));
      }
    }
    if (alternatives.isEmpty()) {
      return;
    }
    for (Node.Obj part : alternatives.getFirst().parts()) {
      List<Node> branches = part.items("oneOf");
      if (branches.size() > 1) {
        List<Object> candidates = new ArrayList<>();
        for (int i = 0; i + 1 < branches.size() && candidates.size() < TEXTS_MAX; i++) {
          for (int j = i + 1; j < branches.size() && candidates.size() < TEXTS_MAX; j++) {
            two(part, branches.get(i), branches.get(j), candidates);
          }
        }
        if (!candidates.isEmpty()) {   // most branches exclude each other
          all.add(new Fault("", "oneOf", "oneOf: two alternatives at once", candidates));
        }
      }
    }
  }

  private void two(Node.Obj part, Node one, Node other, List<Object> candidates) {
    Facts own = Facts.none(maker.alternatives().dialect()).with(part);
    for (Facts first : maker.alternatives().join(own, one)) {
      for (Facts both : maker.alternatives().join(first, other)) {
        both.kinds().stream().limit(2).forEach(kind -> {
          candidates.addAll(made(maker.make(both, kind, Style.MINIMAL, Trail.start(List.of()))));
          candidates.addAll(made(maker.make(both, kind, Style.TYPICAL, Trail.start(List.of()))));
        });
      }
    }
  }

  private static List<Object> made(Optional<Made> made) {
    List<Object> values = new ArrayList<>();
    made.ifPresent(found -> values.add(found.value()));
    return values;
  }
}
