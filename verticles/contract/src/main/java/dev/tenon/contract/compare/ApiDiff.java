package dev.tenon.contract.compare;

import dev.tenon.contract.ContractDocument;
import dev.tenon.contract.Location;
import dev.tenon.contract.Node;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Compares two documents. Used once.
final class ApiDiff {

  private final Api before;
  private final Api after;
  private final LocalDate today;
  private final Map<Direction, Unchanged> unchanged = new EnumMap<>(Direction.class);
  private final SchemaDiff schemas = new SchemaDiff(new Containment(), unchanged);
  private final List<Root> roots = new ArrayList<>();
  private final List<Draft> drafts = new ArrayList<>();

  ApiDiff(ContractDocument before, ContractDocument after, LocalDate today) {
    this.before = new Api(before);
    this.after = new Api(after);
    this.today = today;
    for (Direction direction : Direction.values()) {
      unchanged.put(direction, new Unchanged(this.before.view(direction), this.after.view(direction), before.version() == after.version()));
    }
  }

  List<Finding> findings() {
    operations();
    events();
    document();
    drafts.addAll(new Judge(schemas).drafts(roots));
    return finished();
  }

  Api before() {
    return before;
  }

  Api after() {
    return after;
  }

  LocalDate today() {
    return today;
  }

  private void operations() {
    Map<String, Api.Op> olds = Api.operations(before.root());
    Map<String, Api.Op> news = Api.operations(after.root());
    Map<String, Api.Op> oldAsked = Api.operations(before.view(Direction.REQUEST));
    Map<String, Api.Op> newAsked = Api.operations(after.view(Direction.REQUEST));
    Map<String, Api.Op> oldAnswered = Api.operations(before.view(Direction.RESPONSE));
    Map<String, Api.Op> newAnswered = Api.operations(after.view(Direction.RESPONSE));
    olds.forEach((key, old) -> {
      if (news.containsKey(key)) {
        new OperationDiff(this, new OperationPair(oldAsked.get(key), newAsked.get(key), oldAnswered.get(key), newAnswered.get(key)), Exchange.CALL).compare();
      } else {
        removed(old);
      }
    });
    news.forEach((key, now) -> {
      if (!olds.containsKey(key)) {
        add(ApiRule.OPERATION_ADDED, now.label(), "", parent(before, "paths"), Optional.of(now.node()), now.label() + " is new");
      }
    });
  }

  private void removed(Api.Op old) {
    Optional<LocalDate> sunset = Sunset.of(old.node());
    if (old.node().isTrue("deprecated") && sunset.isPresent() && !today.isBefore(sunset.get())) {
      add(ApiRule.OPERATION_REMOVED_AFTER_SUNSET, old.label(), "", Optional.of(old.node()), parent(after, "paths"),
          old.label() + " is gone, as its sunset of " + sunset.get() + " announced; consumers that still call it get 404 or 405");
    } else {
      String told = sunset.isPresent() ? ", before its sunset of " + sunset.get() : "";
      breaking(ApiRule.OPERATION_REMOVED, old.label(), "", Optional.of(old.node()), parent(after, "paths"),
          old.label() + " is gone" + told + "; consumers that call it get 404 or 405", new Witness("the request " + old.label(), ""));
    }
  }

  private void events() {
    Map<String, Api.Op> olds = Api.events(before.root());
    Map<String, Api.Op> news = Api.events(after.root());
    Map<String, Api.Op> oldSent = Api.events(before.view(Direction.RESPONSE));
    Map<String, Api.Op> newSent = Api.events(after.view(Direction.RESPONSE));
    Map<String, Api.Op> oldAnswered = Api.events(before.view(Direction.REQUEST));
    Map<String, Api.Op> newAnswered = Api.events(after.view(Direction.REQUEST));
    olds.forEach((key, old) -> {
      if (!news.containsKey(key)) {
        breaking(ApiRule.EVENT_REMOVED, old.label(), "", Optional.of(old.node()), parent(after, "webhooks"),
            "the " + old.label() + " is no longer sent; consumers that wait for it wait in vain", new Witness("the " + old.label(), ""));
      } else {
        new OperationDiff(this, new OperationPair(oldSent.get(key), newSent.get(key), oldAnswered.get(key), newAnswered.get(key)), Exchange.EVENT).compare();
      }
    });
    news.forEach((key, now) -> {
      if (!olds.containsKey(key)) {
        add(ApiRule.EVENT_ADDED, now.label(), "", parent(before, "webhooks"), Optional.of(now.node()), "the " + now.label() + " is new");
      }
    });
  }

  private void document() {
    servers(before.root(), after.root(), "");
    Documents.compare(before.root(), after.root()).forEach(this::draft);
  }

  /// By address; descriptions are for readers.
  void servers(Node.Obj old, Node.Obj now, String operation) {
    Map<String, Node> olds = addresses(old);
    Map<String, Node> news = addresses(now);
    olds.forEach((url, node) -> {
      if (!news.containsKey(url)) {
        add(ApiRule.SERVER_REMOVED, operation, "the servers", Optional.of(node), Optional.of(now.get("servers").orElse(now)), "the server " + url + " is no longer named; consumers that use it may reach nothing");
      }
    });
    news.forEach((url, node) -> {
      if (!olds.containsKey(url)) {
        add(ApiRule.SERVER_ADDED, operation, "the servers", Optional.of(old.get("servers").orElse(old)), Optional.of(node), "there is another server, " + url);
      }
    });
  }

  private static Map<String, Node> addresses(Node.Obj owner) {
    Map<String, Node> addresses = new LinkedHashMap<>();
    owner.items("servers").forEach(server -> {
      if (server instanceof Node.Obj object) {
        object.text("url").ifPresent(url -> addresses.put(url, object));
      }
    });
    return addresses;
  }

  /// A schema on both sides of something that is sent.
  ///
  /// @param old a schema of the view of this direction; empty where nothing is said of the value
  void root(Optional<Node> old, Optional<Node> now, Direction direction, Side side, String operation, String part, String subject, boolean text) {
    if (old.isEmpty() && now.isEmpty() || old.isPresent() && now.isPresent() && unchanged.get(direction).is(old.get(), now.get())) {
      return;
    }
    Shapes olds = before.shapes(direction);
    Shapes news = after.shapes(direction);
    try {
      Shape was = old.map(olds::of).orElseGet(() -> olds.of(List.of()));
      Shape is = now.map(news::of).orElseGet(() -> news.of(List.of()));
      roots.add(new Root(schemas.compare(was, is, direction, text), side, operation, part, subject));
    } catch (TooComplex | StackOverflowError tooMuch) {
      Rule rule = Facet.MEANING.rule(direction, Facet.Movement.CHANGED);
      draft(new Draft(rule, Severity.RISKY, side, Optional.of(old.orElse(before.root())), Optional.of(now.orElse(after.root())),
          part + " of " + operation + ": the schemas are too complex to decide what differs between them", Bump.MINOR, List.of(new Effect(operation, part)), Optional.empty()));
    }
  }

  void add(ApiRule rule, String operation, String part, Optional<? extends Node> old, Optional<? extends Node> now, String message) {
    add(rule.rule().side(), rule, operation, part, old, now, message, Optional.empty());
  }

  void breaking(ApiRule rule, String operation, String part, Optional<? extends Node> old, Optional<? extends Node> now, String message, Witness witness) {
    add(rule.rule().side(), rule, operation, part, old, now, message, Optional.of(witness));
  }

  void add(Side side, ApiRule rule, String operation, String part, Optional<? extends Node> old, Optional<? extends Node> now, String message, Optional<Witness> witness) {
    Rule found = rule.rule();
    draft(new Draft(found, found.severity(), side, old.map(Node.class::cast), now.map(Node.class::cast), message, found.bump(), List.of(new Effect(operation, part)), witness));
  }

  void draft(Draft draft) {
    drafts.add(draft);
  }

  private static Optional<Node> parent(Api api, String member) {
    return Optional.of(api.root().get(member).orElse(api.root()));
  }

  /// One finding for each cause, with the pointers of the documents, the most severe first.
  private List<Finding> finished() {
    Map<Location, String> oldPointers = before.source().pointers(places(Draft::before));
    Map<Location, String> newPointers = after.source().pointers(places(Draft::after));
    Map<List<Object>, Finding> causes = new LinkedHashMap<>();
    for (Draft draft : drafts) {
      Optional<Spot> old = draft.before().map(node -> spot(node, oldPointers));
      Optional<Spot> now = draft.after().map(node -> spot(node, newPointers));
      Finding finding = new Finding(draft.rule(), draft.severity(), draft.side(), old, now, draft.message(), draft.bump(), draft.effects(), draft.witness());
      causes.merge(List.of(draft.rule().id(), draft.side(), old, now, cause(draft)), finding, ApiDiff::joined);
    }
    return causes.values().stream().sorted(Comparator.comparing(Finding::severity)
        .thenComparing(finding -> finding.after().or(finding::before).map(spot -> spot.at().file()).orElse(""))
        .thenComparing(finding -> finding.after().or(finding::before).map(spot -> spot.at().line()).orElse(0))
        .thenComparing(finding -> finding.rule().id())).toList();
  }

  private Set<Location> places(Function<Draft, Optional<Node>> place) {
    Set<Location> places = new HashSet<>();
    drafts.forEach(draft -> place.apply(draft).ifPresent(node -> places.add(node.at())));
    return places;
  }

  /// What tells two changes of one kind at one place apart: the message without the operation that it was first met in.
  private static String cause(Draft draft) {
    int colon = draft.message().indexOf(": ");
    return colon < 0 ? draft.message() : draft.message().substring(colon);
  }

  private static Finding joined(Finding one, Finding other) {
    Set<Effect> effects = new LinkedHashSet<>(one.effects());
    effects.addAll(other.effects());
    return new Finding(one.rule(), one.severity(), one.side(), one.before(), one.after(), one.message(), one.bump(), List.copyOf(effects), one.witness().or(other::witness));
  }

  private static Spot spot(Node node, Map<Location, String> pointers) {
    return new Spot(pointers.getOrDefault(node.at(), ""), node.at());
  }
}
