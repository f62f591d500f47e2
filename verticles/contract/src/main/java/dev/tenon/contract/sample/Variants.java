package dev.tenon.contract.sample;

import dev.tenon.contract.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Valid values: the typical one with one thing changed to a bound, for each thing and bound, in each alternative.
final class Variants {

  private static final int OPEN_TEXT_CHARACTERS = 10_000;
  private static final int PATTERN_TEXTS = 3;
  private static final String UNUSUAL = "\"'\\/<&>\u0000\t\n\u202e e\u0301\u4e2d\ud83d\ude00%00{}$";

  private final Maker maker;
  private final Hints hints;
  private final List<Gap> gaps;

  Variants(Maker maker, Hints hints, List<Gap> gaps) {
    this.maker = maker;
    this.hints = hints;
    this.gaps = gaps;
  }

  /// Values that fit the schemas, the typical one first.
  List<Variant> of(List<Node> demand, Trail trail) {
    List<Variant> all = new ArrayList<>();
    List<Facts> alternatives = maker.alternatives().of(demand);
    if (alternatives.isEmpty()) {
      gap(trail, "false", "allows nothing");
    }
    for (Facts facts : alternatives) {
      int before = all.size();
      boolean meant = true;
      for (Kind kind : facts.kinds()) {
        List<Variant> here = new ArrayList<>();
        maker.make(facts, kind, Style.TYPICAL, trail)
            .or(() -> maker.make(facts, kind, Style.RANDOM, trail))
            .ifPresent(made -> here.add(new Variant("", "typical", made.value())));
        if (meant || facts.types().isPresent()) {
          of(facts, kind, trail, here);
        }
        here.stream().filter(variant -> !maker.isSpent() && maker.accepts(demand, variant.value())).map(variant -> named(variant, facts, kind, before == all.size())).forEach(all::add);
        meant = false;
      }
      if (before == all.size()) {
        again(demand, facts, trail).ifPresentOrElse(all::add, () -> gap(trail, facts.label().isEmpty() ? "schema" : facts.label(), "no value was found that fits"));
      }
    }
    return all;
  }

  /// Chance finds what meets conditions that nothing was built for.
  private Optional<Variant> again(List<Node> demand, Facts facts, Trail trail) {
    for (int i = 0; i < 100 && !maker.isSpent(); i++) {
      for (Kind kind : facts.kinds()) {
        Optional<Made> made = maker.make(facts, kind, Style.RANDOM, trail).filter(found -> maker.accepts(demand, found.value()));
        if (made.isPresent()) {
          return made.map(found -> named(new Variant("", "typical", found.value()), facts, kind, true));
        }
      }
    }
    return Optional.empty();
  }

  private static Variant named(Variant variant, Facts facts, Kind kind, boolean first) {
    String what = variant.what().equals("typical") && !first ? kind.words() : variant.what();
    return new Variant(variant.pointer(), facts.label().isEmpty() ? what : what + " (" + facts.label() + ")", variant.value());
  }

  private void of(Facts facts, Kind kind, Trail trail, List<Variant> all) {
    if (maker.isSpent()) {
      return;
    }
    Optional<List<Object>> values = facts.values();
    if (values.isPresent()) {
      String keyword = facts.has("const") ? "const" : "enum";
      for (int i = 0; i < values.get().size(); i++) {
        if (Kind.of(values.get().get(i)) == kind) {
          all.add(new Variant("", keyword + " " + (i + 1), values.get().get(i)));
        }
      }
      return;
    }
    hints.values().forEach(value -> all.add(new Variant("", "hint", value)));
    switch (kind) {
      case STRING -> texts(facts, trail, all);
      case INTEGER, NUMBER -> numbers(facts, kind, all);
      case BOOLEAN -> {
        all.add(new Variant("", "true", Boolean.TRUE));
        all.add(new Variant("", "false", Boolean.FALSE));
      }
      case NULL -> all.add(new Variant("", "null", null));
      case ARRAY -> items(facts, trail, all);
      case OBJECT -> members(facts, trail, all);
    }
  }

  private void texts(Facts facts, Trail trail, List<Variant> all) {
    Texts texts = maker.texts();
    long min = texts.lengthMin(facts);
    long max = texts.lengthMax(facts);
    ofLength(facts, min, min == 0 ? "empty" : "minLength", trail, min > 0, all);
    if (max < Long.MAX_VALUE) {
      ofLength(facts, max, "maxLength", trail, true, all);
      if (max <= maker.options().charactersMax()) {
        texts.wide(facts, (int) max).ifPresent(text -> all.add(new Variant("", "maxLength in wide characters", text)));
      }
    } else {
      ofLength(facts, Math.max(min, Math.min(OPEN_TEXT_CHARACTERS, maker.options().charactersMax())), "long", trail, false, all);
    }
    for (long size : hints.sizes()) {
      if (size >= min && size <= Math.min(max, maker.options().charactersMax())) {
        texts.ofLength(facts, (int) size, Style.TYPICAL, maker.random()).ifPresent(text -> all.add(new Variant("", "hint of " + size, text)));
      }
    }
    List<String> formats = facts.texts("format").stream().filter(FormatTexts::isKnown).toList();
    for (String format : formats) {
      int number = 1;
      for (String text : FormatTexts.valid(format)) {
        all.add(new Variant("", "format " + format + " " + number++, text));
      }
    }
    patterns(facts, trail, min, Math.min(max, maker.options().charactersMax()), all);
    if (formats.isEmpty() && !facts.has("pattern") && max > 0) {
      String unusual = Texts.characters(UNUSUAL) > max ? UNUSUAL.substring(0, UNUSUAL.offsetByCodePoints(0, (int) max)) : UNUSUAL;
      all.add(new Variant("", "unusual characters", unusual + "x".repeat(Math.clamp(min - Texts.characters(unusual), 0, OPEN_TEXT_CHARACTERS))));
    }
  }

  private void patterns(Facts facts, Trail trail, long min, long max, List<Variant> all) {
    for (String pattern : facts.texts("pattern")) {
      Optional<PatternTexts> texts = maker.texts().pattern(pattern);
      if (texts.isEmpty()) {
        gap(trail, "pattern", "\"" + pattern + "\" has parts that no text is made for");
        continue;
      }
      long shortest = Math.clamp(texts.get().charactersMin(), min, Math.max(min, max));
      long longest = Math.max(shortest, Math.min(max, texts.get().charactersMax() >= Piece.ENDLESS ? shortest + 20 : texts.get().charactersMax()));
      for (int i = 0; i < PATTERN_TEXTS; i++) {
        int number = i + 1;
        maker.texts().ofLength(facts, (int) (i == 0 ? shortest : i == 1 ? longest : (shortest + longest) / 2), Style.RANDOM, maker.random())
            .ifPresent(text -> all.add(new Variant("", "pattern " + number, text)));
      }
    }
  }

  private void ofLength(Facts facts, long characters, String what, Trail trail, boolean wanted, List<Variant> all) {
    if (characters > maker.options().charactersMax()) {
      gap(trail, what, "allows " + characters + " characters, and at most " + maker.options().charactersMax() + " are made");
      return;
    }
    Optional<String> text = maker.texts().ofLength(facts, (int) characters, Style.TYPICAL, maker.random());
    if (text.isPresent()) {
      all.add(new Variant("", what, text.get()));
    } else if (wanted) {
      gap(trail, what, "no string of " + characters + " characters was found that fits the pattern and format too");
    }
  }

  private static void numbers(Facts facts, Kind kind, List<Variant> all) {
    NumberValues.least(facts, kind).ifPresent(number -> all.add(new Variant("", facts.lower().orElseThrow().keyword(), number)));
    NumberValues.greatest(facts, kind).ifPresent(number -> all.add(new Variant("", facts.upper().orElseThrow().keyword(), number)));
    NumberValues.notable(facts, kind).forEach(number -> all.add(new Variant("", number.toString(), number)));
  }

  private void items(Facts facts, Trail trail, List<Variant> all) {
    ArrayMaker arrays = maker.arrays();
    long min = arrays.itemsMin(facts);
    long max = arrays.itemsMax(facts);
    ofCount(facts, min, min == 0 ? "no items" : "minItems", trail, all);
    maker.make(facts, Kind.ARRAY, Style.MAXIMAL, trail).ifPresent(made -> all.add(new Variant("", "maximal", made.value())));
    if (max < Long.MAX_VALUE) {
      ofCount(facts, max, "maxItems", trail, all);
    }
    hints.sizes().stream().filter(size -> size >= min && size <= max).forEach(size -> ofCount(facts, size, "hint of " + size, trail, all));
    int places = (int) Math.min(max, Places.prefixes(facts) + 1L);
    for (int i = 0; i < places; i++) {
      int index = i;
      Optional<List<Node>> demand = Places.item(facts, i);
      Trail here = demand.map(found -> trail.into(index, found)).orElse(trail);
      if (demand.isPresent() && here.repeats() == 0) {
        Optional<List<?>> base = arrays.ofCount(facts, (int) Math.max(min, i), Style.TYPICAL, trail).map(made -> (List<?>) made.value());
        base.ifPresent(array -> of(demand.get(), here).forEach(variant -> all.add(variant.inside(array, index))));
      }
    }
  }

  private void ofCount(Facts facts, long count, String what, Trail trail, List<Variant> all) {
    if (count > maker.options().itemsMax()) {
      gap(trail, what, "allows " + count + " items, and at most " + maker.options().itemsMax() + " are made");
      return;
    }
    Optional<Made> made = maker.arrays().ofCount(facts, (int) count, Style.TYPICAL, trail)
        .or(() -> maker.arrays().ofCount(facts, (int) count, Style.RANDOM, trail));
    made.ifPresentOrElse(array -> all.add(new Variant("", what, array.value())), () -> gap(trail, what, "no array of " + count + " items was found that fits"));
  }

  private void members(Facts facts, Trail trail, List<Variant> all) {
    Optional<Made> minimal = maker.make(facts, Kind.OBJECT, Style.MINIMAL, trail);
    minimal.ifPresent(made -> all.add(new Variant("", "minimal", made.value())));
    maker.make(facts, Kind.OBJECT, Style.MAXIMAL, trail).ifPresent(made -> all.add(new Variant("", "maximal", made.value())));
    Set<String> needed = Places.withDependents(facts, Places.required(facts));
    Map<?, ?> base = (Map<?, ?>) maker.make(facts, Kind.OBJECT, Style.TYPICAL, trail).or(() -> minimal).map(Made::value).orElse(Map.of());
    for (String name : Places.known(facts)) {
      if (!needed.contains(name)) {
        presence(facts, name, base, minimal, needed, trail, all);
      }
    }
    Set<String> present = new LinkedHashSet<>();
    base.keySet().forEach(name -> present.add((String) name));
    Set<String> places = new LinkedHashSet<>(Places.known(facts));
    places.addAll(needed);
    maker.objects().extraName(facts, present).ifPresent(name -> {
      maker.objects().member(facts, name, Style.TYPICAL, trail).ifPresent(made -> all.add(new Variant("", "additional property", Variant.with(base, name, made.value()))));
      if (Places.isOpenMap(facts)) {
        places.add(name);
      }
    });
    for (String name : hints.names()) {
      Places.member(facts, name).ifPresent(demand -> hinted(facts, name, base, trail, all));
    }
    for (String name : places) {
      Optional<List<Node>> demand = Places.member(facts, name);
      if (demand.isPresent() && !facts.fixed().containsKey(name)) {
        Trail here = trail.into(name, demand.get());
        if (here.repeats() == 0) {
          of(demand.get(), here).forEach(variant -> all.add(variant.inside(base, name)));
        }
      }
    }
  }

  private void presence(Facts facts, String name, Map<?, ?> base, Optional<Made> minimal, Set<String> needed, Trail trail, List<Variant> all) {
    if (base.containsKey(name)) {
      all.add(new Variant("", "without " + name, Variant.without(base, name)));
    }
    Set<String> names = new LinkedHashSet<>(needed);
    names.add(name);
    if (minimal.isPresent()) {
      maker.objects().of(facts, Places.withDependents(facts, names), needed, Style.TYPICAL, trail)
          .ifPresent(made -> all.add(new Variant("", "only " + name, made.value())));
    }
  }

  /// Another schema's member with values of each type.
  private void hinted(Facts facts, String name, Map<?, ?> base, Trail trail, List<Variant> all) {
    all.add(new Variant("", "hint without " + name, Variant.without(base, name)));
    maker.objects().member(facts, name, Style.TYPICAL, trail).ifPresent(made -> all.add(new Variant("", "hint with " + name, Variant.with(base, name, made.value()))));
    for (Object value : new Object[] {"text", 1L, 0.5, true, null, List.of(), Map.of()}) {
      all.add(new Variant("", "hint with " + name, Variant.with(base, name, value)));
    }
  }

  private void gap(Trail trail, String keyword, String reason) {
    Gap gap = new Gap(trail.pointer(), keyword, reason);
    if (!gaps.contains(gap)) {
      gaps.add(gap);
    }
  }
}
