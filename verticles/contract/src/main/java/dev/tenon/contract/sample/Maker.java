package dev.tenon.contract.sample;

import dev.tenon.contract.Node;
import dev.tenon.contract.schema.SchemaCompiler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Makes a value that fits some schemas all at once: from one alternative, then checked against the compiled schemas, and again until it fits.
final class Maker {

  private static final int DEPTH_MAX = 24;
  private static final int REPEATS_MAX = 3;
  private static final int TRIES = 12;
  private static final int TRIES_INSIDE_ITSELF = 3;

  private final Alternatives alternatives;
  private final SchemaCompiler compiler;
  private final SampleOptions options;
  private final Random random;
  private final Texts texts;
  private final ObjectMaker objects;
  private final ArrayMaker arrays;
  private final Set<Node> hopeless = Collections.newSetFromMap(new IdentityHashMap<>());
  private int steps;

  Maker(Alternatives alternatives, SchemaCompiler compiler, SampleOptions options) {
    this.alternatives = alternatives;
    this.compiler = compiler;
    this.options = options;
    this.random = new Random(options.seed());
    this.texts = new Texts(options);
    this.objects = new ObjectMaker(this);
    this.arrays = new ArrayMaker(this);
  }

  SampleOptions options() {
    return options;
  }

  Random random() {
    return random;
  }

  Texts texts() {
    return texts;
  }

  ObjectMaker objects() {
    return objects;
  }

  ArrayMaker arrays() {
    return arrays;
  }

  Alternatives alternatives() {
    return alternatives;
  }

  /// Whether everything that may be tried was tried.
  boolean isSpent() {
    return steps >= options.stepsMax();
  }

  boolean accepts(List<Node> demand, Object value) {
    steps++;
    for (Node schema : demand) {
      if (!compiler.compile(schema).accepts(value)) {
        return false;
      }
    }
    return true;
  }

  Optional<Made> make(List<Node> demand, Style style, Trail trail) {
    int repeats = trail.repeats();
    if (isSpent() || trail.depth() > DEPTH_MAX || repeats > REPEATS_MAX || demand.size() == 1 && hopeless.contains(demand.getFirst())) {
      return Optional.empty();
    }
    List<Facts> all = alternatives.of(demand);
    for (int i = 0; i < (repeats == 0 ? TRIES : TRIES_INSIDE_ITSELF) && !isSpent(); i++) {
      Style now = i == 0 ? style : i == 1 && style == Style.MAXIMAL ? Style.TYPICAL : Style.RANDOM;
      for (Facts facts : now == Style.RANDOM ? one(all) : all) {
        List<Kind> kinds = facts.kinds();
        for (Kind kind : now == Style.RANDOM ? one(kinds) : kinds) {
          Optional<Made> made = make(facts, kind, now, trail).filter(found -> accepts(demand, found.value()));
          if (made.isPresent()) {
            return made;
          }
        }
      }
    }
    if (repeats == 0 && demand.size() == 1 && !isSpent()) {
      hopeless.add(demand.getFirst());
    }
    return Optional.empty();
  }

  /// One of a list, most often one of the first.
  private <T> List<T> one(List<T> all) {
    return all.isEmpty() ? all : List.of(all.get(Math.min(random.nextInt(all.size()), random.nextInt(all.size()))));
  }

  /// A value of one alternative and type, which may still not fit.
  Optional<Made> make(Facts facts, Kind kind, Style style, Trail trail) {
    steps++;
    if (isSpent() || trail.depth() > DEPTH_MAX) {
      return Optional.empty();
    }
    Optional<List<Object>> values = facts.values();
    if (values.isPresent()) {
      return one(values.get(), kind, style, trail);
    }
    if (style == Style.TYPICAL) {
      for (Object example : facts.examples()) {
        if (Kind.of(example) == kind && fits(facts, example) && accepts(trail.demand(), example)) {
          return Optional.of(new Made(example));
        }
      }
    }
    return switch (kind) {
      case OBJECT -> objects.make(facts, style, trail);
      case ARRAY -> arrays.make(facts, style, trail);
      case STRING -> texts.make(facts, style, random);
      case INTEGER, NUMBER -> Optional.of(NumberValues.make(facts, kind, style, random));
      case BOOLEAN -> Optional.of(new Made(style == Style.MINIMAL || style == Style.RANDOM && random.nextBoolean() ? Boolean.FALSE : Boolean.TRUE));
      case NULL -> Optional.of(new Made(null));
    };
  }

  /// Whether a value given from outside has what this alternative is about.
  private static boolean fits(Facts facts, Object value) {
    return !(value instanceof Map<?, ?> object)
        || object.keySet().containsAll(Places.required(facts)) && facts.forbidden().stream().noneMatch(object::containsKey)
        && facts.fixed().entrySet().stream().allMatch(entry -> entry.getValue().equals(object.get(entry.getKey())));
  }

  private Optional<Made> one(List<Object> values, Kind kind, Style style, Trail trail) {
    List<Object> fitting = new ArrayList<>();
    for (Object value : values) {
      if (Kind.of(value) == kind && accepts(trail.demand(), value)) {
        fitting.add(value);
      }
    }
    if (fitting.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Made(switch (style) {
      case TYPICAL, MINIMAL -> fitting.getFirst();
      case MAXIMAL -> fitting.getLast();
      case RANDOM -> fitting.get(random.nextInt(fitting.size()));
    }));
  }
}
