package dev.tenon.contract.sample;

import dev.tenon.contract.Contract;
import dev.tenon.contract.Node;
import dev.tenon.contract.schema.Dialect;
import dev.tenon.contract.schema.Schema;
import dev.tenon.contract.schema.SchemaCompiler;
import dev.tenon.contract.schema.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Makes values for the schemas of one bundled document. The same options give the same values. Not thread-safe.
public final class Sampler {

  private final Node.Obj document;
  private final Dialect dialect;
  private final SampleOptions options;
  private SchemaCompiler compiler;

  public Sampler(Node.Obj document, Dialect dialect, SampleOptions options) {
    this.document = document;
    this.dialect = dialect;
    this.options = options;
  }

  public static Sampler of(Contract contract, SampleOptions options) {
    return new Sampler(contract.document(), contract.version().dialect(), options);
  }

  /// Valid values, invalid ones with a single fault each, and what neither was made for.
  ///
  /// @param schema a schema of the document
  public Samples samples(Node schema) {
    List<Gap> gaps = new ArrayList<>();
    List<ValidSample> valid = valid(schema, gaps);
    List<InvalidSample> invalid = invalid(schema, gaps);
    return new Samples(valid, invalid, gaps.stream().distinct().toList());
  }

  /// One value that is like what an author would write: the schema's own example where it has one; empty where none was found.
  public Optional<ValidSample> typical(Node schema) {
    List<Node> demand = List.of(schema);
    return maker(options).make(demand, Style.TYPICAL, Trail.start(demand)).map(made -> new ValidSample("typical", made.value()));
  }

  /// One value that is as small as can be; empty where none was found.
  public Optional<ValidSample> minimal(Node schema) {
    List<Node> demand = List.of(schema);
    return maker(options).make(demand, Style.MINIMAL, Trail.start(demand)).map(made -> new ValidSample("minimal", made.value()));
  }

  private List<ValidSample> valid(Node schema, List<Gap> gaps) {
    Maker maker = maker(options);
    List<Node> demand = List.of(schema);
    Map<Object, ValidSample> byValue = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (Variant variant : new Variants(maker, Hints.NONE, gaps).of(demand, Trail.start(demand))) {
      if (!byValue.containsKey(variant.value())) {
        byValue.put(variant.value(), new ValidSample(unique(variant.name(), names), variant.value()));
      }
    }
    spent(maker, gaps, byValue.size());
    return byValue.values().stream().limit(options.valuesMax()).toList();
  }

  private List<InvalidSample> invalid(Node schema, List<Gap> gaps) {
    Maker maker = maker(options);
    Schema compiled = compiler().compile(schema);
    List<Node> demand = List.of(schema);
    Map<Object, InvalidSample> byValue = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (Fault fault : new Faults(maker, gaps).of(demand, Trail.start(demand))) {
      Optional<InvalidSample> sample = best(fault, compiled);
      if (sample.isEmpty()) {
        gaps.add(new Gap(fault.pointer(), fault.keyword(), fault.candidates().isEmpty()
            ? "no value was made that breaks it (" + fault.what() + ")"
            : "what breaks it is allowed for another reason (" + fault.what() + ")"));
      } else if (!byValue.containsKey(sample.get().value())) {
        InvalidSample found = sample.get();
        byValue.put(found.value(), new InvalidSample(unique(found.name(), names), found.pointer(), found.keyword(), found.value(), found.violations()));
      }
    }
    spent(maker, gaps, byValue.size());
    return byValue.values().stream().limit(options.valuesMax()).toList();
  }

  private void spent(Maker maker, List<Gap> gaps, int found) {
    if (maker.isSpent()) {
      gaps.add(new Gap("", "schema", "is so large that making values for it was given up after " + options.stepsMax() + " steps"));
    } else if (found > options.valuesMax()) {
      gaps.add(new Gap("", "schema", "gives " + found + " values, of which the first " + options.valuesMax() + " were taken"));
    }
  }

  /// The first value in which nothing else is wrong; failing that, the first that is wrong at all.
  private static Optional<InvalidSample> best(Fault fault, Schema compiled) {
    InvalidSample best = null;
    int bestRank = 0;
    for (Object value : fault.candidates()) {
      List<Violation> violations = compiled.violations(value);
      int rank = rank(fault, violations);
      if (rank > bestRank) {
        best = new InvalidSample(fault.name(), fault.pointer(), fault.keyword(), value, violations);
        bestRank = rank;
      }
    }
    return Optional.ofNullable(best);
  }

  private static int rank(Fault fault, List<Violation> violations) {
    if (violations.isEmpty()) {
      return 0;
    }
    boolean meant = violations.stream().anyMatch(each -> each.keyword().equals(fault.keyword()) && each.pointer().equals(fault.pointer()));
    return (violations.size() == 1 ? 2 : 1) + (meant ? 2 : 0);
  }

  private static String unique(String name, Set<String> names) {
    String free = name;
    for (int i = 2; !names.add(free); i++) {
      free = name + " #" + i;
    }
    return free;
  }

  /// What a schema makes a difference of, for [#candidates] of another, which may be of another document.
  public Hints hints(Node schema) {
    return Hints.of(schema, new Alternatives(document, dialect));
  }

  /// Valid values in the order in which they are most likely to be treated differently by a schema that the hints were taken from: first the schema's own
  /// bounds and the hints at each place, then random ones, up to `valuesMax` of the options. Lazy after the first part. For a search for a value that one schema
  /// allows and another forbids.
  public Stream<Object> candidates(Node schema, Hints hints) {
    Maker maker = maker(options);
    List<Node> demand = List.of(schema);
    Trail start = Trail.start(demand);
    Stream<Object> made = new Variants(maker, hints, new ArrayList<>()).of(demand, start).stream().map(Variant::value);
    Stream<Object> random = Stream.generate(() -> maker.make(demand, Style.RANDOM, start))
        .limit(options.valuesMax())
        .takeWhile(found -> !maker.isSpent())
        .flatMap(Optional::stream)
        .map(Made::value);
    return Stream.concat(made, random).limit(options.valuesMax());
  }

  private Maker maker(SampleOptions with) {
    return new Maker(new Alternatives(document, dialect), compiler(), with);
  }

  /// One for all schemas: looking the document over costs more than most of them.
  private SchemaCompiler compiler() {
    if (compiler == null) {
      compiler = new SchemaCompiler(document, dialect);
    }
    return compiler;
  }
}
