package dev.tenon.contract.component;

import dev.tenon.contract.ContractException;
import dev.tenon.contract.ContractProblem;
import dev.tenon.contract.Location;
import dev.tenon.contract.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads what components say to others. Used once.
final class ManifestReader {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,47}");
  private static final Pattern PATH = Pattern.compile("([\\w.-]+/)*[\\w.-]+\\.(ya?ml|json)");
  private static final Set<String> KEYS = Set.of("name", "version", "contract", "consumes");
  private static final Set<String> CONSUMED_KEYS = Set.of("version", "operations", "events");

  private final String origin;
  private final List<ContractProblem> problems;

  ManifestReader(String origin, List<ContractProblem> problems) {
    this.origin = origin;
    this.problems = problems;
  }

  Manifest read(String yaml, Set<String> others) {
    Optional<Node.Obj> document = document(yaml);
    if (document.isEmpty()) {
      return Manifest.none(origin);
    }
    document.get().members().forEach((key, value) -> {
      if (!KEYS.contains(key) && !others.contains(key)) {
        problem(value, "\"" + key + "\" is not known – a manifest has name, version, contract and consumes");
      }
    });
    Optional<String> name = text(document.get(), "name", "1 to 48 of a-z, 0-9 and -, starting with a letter", text -> Optional.of(text).filter(each -> NAME.matcher(each).matches()));
    Optional<SemanticVersion> version = text(document.get(), "version", "a semantic version such as 1.2.0", SemanticVersion::parse);
    Optional<String> contract = text(document.get(), "contract", "the path of an OpenAPI document", text -> Optional.of(text).filter(each -> PATH.matcher(each).matches()));
    return new Manifest(name, version, contract, consumes(document.get()), origin);
  }

  /// Of a file that is no mapping, or no YAML, whoever reads the rest says so.
  Map<String, Consumed> consumesOf(String yaml) {
    return new ManifestReader(origin, new ArrayList<>()).document(yaml).map(this::consumes).orElse(Map.of());
  }

  private Optional<Node.Obj> document(String yaml) {
    if (yaml.lines().allMatch(line -> line.isBlank() || line.startsWith("#"))) {
      return Optional.empty();
    }
    Node node;
    try {
      node = Node.read(origin, yaml);
    } catch (ContractException broken) {
      problems.addAll(broken.problems());
      return Optional.empty();
    }
    if (!(node instanceof Node.Obj object)) {
      problem(node, "is " + node.kind() + " – a manifest is a mapping");
      return Optional.empty();
    }
    return Optional.of(object);
  }

  private Map<String, Consumed> consumes(Node.Obj document) {
    Map<String, Consumed> all = new LinkedHashMap<>();
    Optional<Node> consumes = document.get("consumes").filter(node -> !(node instanceof Node.Null));
    if (consumes.isEmpty()) {
      return all;
    }
    if (!(consumes.get() instanceof Node.Obj components)) {
      problem(consumes.get(), "\"consumes\" is " + consumes.get().kind() + " – write consumes: { auth: { version: ^1.2, operations: [getPlan] } }");
      return all;
    }
    Optional<String> own = document.text("name");
    components.members().forEach((component, node) -> {
      if (!NAME.matcher(component).matches()) {
        problem(node, "consumes \"" + component + "\", which is no component's name – a name is 1 to 48 of a-z, 0-9 and -, starting with a letter");
      } else if (own.equals(Optional.of(component))) {
        problem(node, "consumes \"" + component + "\", which is the component itself – remove it");
      } else if (node instanceof Node.Obj needs) {
        consumed(component, needs).ifPresent(consumed -> all.put(component, consumed));
      } else {
        problem(node, "what is consumed of \"" + component + "\" is " + node.kind() + " – write { version: ^1.2, operations: [getPlan] }");
      }
    });
    return all;
  }

  private Optional<Consumed> consumed(String component, Node.Obj needs) {
    needs.members().forEach((key, value) -> {
      if (!CONSUMED_KEYS.contains(key)) {
        problem(value, "consumes." + component + "." + key + " is not known – write version, operations and events");
      }
    });
    String what = "consumes." + component + ".version";
    if (!needs.has("version")) {
      problem(needs, what + " is missing – write a range such as ^1.2");
    }
    Optional<VersionRange> range = needs.get("version").flatMap(node -> {
      Optional<VersionRange> found = scalar(node).flatMap(VersionRange::parse);
      if (found.isEmpty()) {
        problem(node, what + " is " + shown(node) + ", which is no range of versions – write one as npm does: ^1.2, ~1.2.3, >=1.2 <3, 1.x or ^1 || ^2");
      }
      return found;
    });
    Optional<Map<String, Location>> operations = needs.has("operations") ? Optional.of(names(component, needs, "operations")) : Optional.empty();
    Map<String, Location> events = names(component, needs, "events");
    return range.map(fits -> new Consumed(component, fits, operations, events, needs.at()));
  }

  private Map<String, Location> names(String component, Node.Obj needs, String key) {
    Map<String, Location> names = new LinkedHashMap<>();
    Optional<Node> list = needs.get(key);
    if (list.isPresent() && !(list.get() instanceof Node.Arr)) {
      problem(list.get(), "\"consumes." + component + "." + key + "\" is " + list.get().kind() + " – write a list: [getPlan]");
    }
    for (Node item : needs.items(key)) {
      Optional<String> name = scalar(item).filter(text -> !text.isBlank());
      if (name.isEmpty()) {
        problem(item, "an item of consumes." + component + "." + key + " is " + item.kind() + " – write a name");
      } else if (names.putIfAbsent(name.get(), item.at()) != null) {
        problem(item, "consumes." + component + "." + key + " names \"" + name.get() + "\" twice – remove one");
      }
    }
    return names;
  }

  /// Where a value of a manifest has a shape.
  private interface Shape<T> {
    Optional<T> of(String text);
  }

  private <T> Optional<T> text(Node.Obj document, String key, String what, Shape<T> shape) {
    return document.get(key).flatMap(node -> {
      Optional<T> value = scalar(node).flatMap(shape::of);
      if (value.isEmpty()) {
        problem(node, key + " is " + shown(node) + ", not " + what);
      }
      return value;
    });
  }

  /// A text, or a number as it was written.
  private static Optional<String> scalar(Node node) {
    return switch (node) {
      case Node.Text text -> Optional.of(text.value());
      case Node.Num number -> Optional.of(number.value().toString());
      case Node.Obj _, Node.Arr _, Node.Bool _, Node.Null _ -> Optional.empty();
    };
  }

  private static String shown(Node node) {
    return scalar(node).map(text -> "'" + text + "'").orElse(node.kind());
  }

  private void problem(Node node, String message) {
    problems.add(new ContractProblem(node.at(), message));
  }
}
