package dev.tenon.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Makes one document of a contract's files: what another file holds moves into `components` under a name of its own, and every `$ref` stays inside.
///
/// What moves keeps the place where it was written. Path items are copied to where they are referred to, because OpenAPI 3.0 has no components for them.
final class Bundler {

  private record Target(String file, String pointer) {}

  private static final int REFERENCE_HOPS_MAX = 50;

  private final String rootFile;
  private final ContractFiles files;
  private final List<ContractProblem> problems;
  private final Optional<SourcePlaces> places;
  private final Map<String, Node> documents = new HashMap<>();
  private final Map<Target, String> moved = new HashMap<>();
  private final Map<String, Map<String, Node>> additions = new LinkedHashMap<>();
  private Node.Obj root;
  private final Map<String, Set<String>> identifiersByFile = new HashMap<>();
  private int hops;
  /// How many schemas with an `$id` the walk is inside of.
  private int identifiers;

  private Bundler(String rootFile, ContractFiles files, List<ContractProblem> problems, Optional<SourcePlaces> places) {
    this.rootFile = rootFile;
    this.files = files;
    this.problems = problems;
    this.places = places;
  }

  /// @param problems gets what is wrong with references and with the other files
  /// @throws ContractException when there is no document to go on with
  static ContractDocument bundle(String rootFile, ContractFiles files, List<ContractProblem> problems) {
    return new Bundler(rootFile, files, problems, Optional.empty()).bundle();
  }

  /// @param places learns where values were written
  static ContractDocument bundle(String rootFile, ContractFiles files, List<ContractProblem> problems, SourcePlaces places) {
    return new Bundler(rootFile, files, problems, Optional.of(places)).bundle();
  }

  private ContractDocument bundle() {
    Location start = new Location(rootFile, 1, 1);
    Node document = document(rootFile, start).orElseThrow(() -> new ContractException(problems));
    if (!(document instanceof Node.Obj object)) {
      throw new ContractException(List.of(new ContractProblem(document.at(), "is " + document.kind() + " – an OpenAPI document is an object")));
    }
    root = object;
    OpenApiVersion version = ContractDocument.versionOf(object);
    Node.Obj walked = (Node.Obj) walk(object, Part.DOCUMENT, rootFile);
    documents.values().removeIf(Objects::isNull);
    return new ContractDocument(version, additions.isEmpty() ? walked : withAdditions(walked), documents);
  }

  private Node.Obj withAdditions(Node.Obj walked) {
    Node.Obj components = walked.object("components").orElse(new Node.Obj(Map.of(), walked.at()));
    Map<String, Node> sections = new LinkedHashMap<>(components.members());
    additions.forEach((section, added) -> {
      Node.Obj present = sections.get(section) instanceof Node.Obj found ? found : new Node.Obj(Map.of(), walked.at());
      Map<String, Node> all = new LinkedHashMap<>(present.members());
      all.putAll(added);
      sections.put(section, new Node.Obj(all, present.at()));
    });
    Map<String, Node> members = new LinkedHashMap<>(walked.members());
    members.put("components", new Node.Obj(sections, components.at()));
    return new Node.Obj(members, walked.at());
  }

  private Node walk(Node node, Part part, String file) {
    if (!(node instanceof Node.Obj object)) {
      return node;
    }
    if (object.members().get("$ref") instanceof Node.Text reference && part != Part.DOCUMENT && part != Part.COMPONENTS) {
      return reference(object, reference, part, file);
    }
    return members(object, part, file);
  }

  private Node.Obj members(Node.Obj object, Part part, String file) {
    Map<String, Node> members = LinkedHashMap.newLinkedHashMap(object.members().size());
    boolean identified = part == Part.SCHEMA && object.text("$id").isPresent();
    identifiers += identified ? 1 : 0;
    object.members().forEach((name, value) -> members.put(name, part.child(name).map(child -> child(value, child, file)).orElse(value)));
    identifiers -= identified ? 1 : 0;
    if (part == Part.SCHEMA && members.get("discriminator") instanceof Node.Obj discriminator) {
      members.put("discriminator", mapping(discriminator, file));
    }
    return new Node.Obj(members, object.at());
  }

  private Node child(Node value, Part.Child child, String file) {
    return switch (child.holding()) {
      case ONE -> walk(value, child.part(), file);
      case LIST -> value instanceof Node.Arr array
          ? new Node.Arr(array.items().stream().map(item -> walk(item, child.part(), file)).toList(), array.at())
          : value;
      case MAP -> {
        if (!(value instanceof Node.Obj object)) {
          yield value;
        }
        Map<String, Node> members = LinkedHashMap.newLinkedHashMap(object.members().size());
        object.members().forEach((name, member) -> members.put(name, name.startsWith("x-") && child.part() == Part.PATH_ITEM ? member : walk(member, child.part(), file)));
        yield new Node.Obj(members, object.at());
      }
    };
  }

  private Node.Obj mapping(Node.Obj discriminator, String file) {
    if (!(discriminator.members().get("mapping") instanceof Node.Obj mapping)) {
      return discriminator;
    }
    Map<String, Node> targets = new LinkedHashMap<>();
    mapping.members().forEach((value, node) -> targets.put(value,
        node instanceof Node.Text text && text.value().matches(".*[#/.].*") ? new Node.Text(rewritten(text, Part.SCHEMA, file), text.at()) : node));
    Map<String, Node> members = new LinkedHashMap<>(discriminator.members());
    members.put("mapping", new Node.Obj(targets, mapping.at()));
    return new Node.Obj(members, discriminator.at());
  }

  private Node reference(Node.Obj object, Node.Text reference, Part part, String file) {
    if (part.section().isEmpty()) {
      return copied(object, reference, part, file);
    }
    Map<String, Node> members = new LinkedHashMap<>(members(object, part, file).members());
    members.put("$ref", new Node.Text(rewritten(reference, part, file), reference.at()));
    return new Node.Obj(members, object.at());
  }

  private Node copied(Node.Obj object, Node.Text reference, Part part, String file) {
    if (++hops > REFERENCE_HOPS_MAX) {
      problems.add(new ContractProblem(reference.at(), "refers to \"" + reference.value() + "\" in a circle – break it"));
      return object;
    }
    Optional<Target> target = target(reference, file);
    Node copy = target.flatMap(to -> found(to, reference)).map(node -> walk(node, part, target.get().file())).orElse(object);
    hops--;
    return copy;
  }

  /// The reference as it is inside the bundled document.
  private String rewritten(Node.Text reference, Part part, String file) {
    if (part == Part.SCHEMA && isOfAnIdentifier(reference.value(), file)) {
      return reference.value();
    }
    Optional<Target> target = target(reference, file);
    if (target.isEmpty()) {
      return reference.value();
    }
    Target to = target.get();
    if (to.file().equals(rootFile)) {
      if (to.pointer().isEmpty() || to.pointer().startsWith("/")) {
        found(to, reference);
      }
      return "#" + to.pointer();
    }
    String known = moved.get(to);
    if (known != null) {
      return known;
    }
    Optional<Node> node = found(to, reference);
    if (node.isEmpty()) {
      return reference.value();
    }
    String name = freeName(part.section(), to);
    String inside = "#/components/" + part.section() + "/" + name;
    moved.put(to, inside);
    additions.computeIfAbsent(part.section(), section -> new LinkedHashMap<>()).put(name, node.get());
    additions.get(part.section()).put(name, walk(node.get(), part, to.file()));
    return inside;
  }

  /// Whether a reference starts from an `$id`, its own or that of another schema of the same file, and not from a file.
  private boolean isOfAnIdentifier(String reference, String file) {
    if (identifiers > 0 && reference.startsWith("#")) {
      return true;
    }
    int hash = reference.indexOf('#');
    String uri = hash < 0 ? reference : reference.substring(0, hash);
    return !uri.isEmpty() && document(file, new Location(file, 1, 1)).filter(node -> identifiersIn(file, node).stream()
        .anyMatch(id -> id.equals(uri) || identifiers > 0 && id.endsWith("/" + uri))).isPresent();
  }

  private Set<String> identifiersIn(String file, Node document) {
    return identifiersByFile.computeIfAbsent(file, key -> {
      Set<String> found = new HashSet<>();
      collectIdentifiers(document, found);
      return found;
    });
  }

  private static void collectIdentifiers(Node node, Set<String> found) {
    switch (node) {
      case Node.Obj object -> {
        object.text("$id").ifPresent(found::add);
        object.members().values().forEach(member -> collectIdentifiers(member, found));
      }
      case Node.Arr array -> array.items().forEach(item -> collectIdentifiers(item, found));
      default -> { }
    }
  }

  private String freeName(String section, Target target) {
    String last = target.pointer().isEmpty()
        ? target.file().replaceAll(".*/", "").replaceAll("\\.[^.]*$", "")
        : Pointer.unescape(target.pointer().substring(target.pointer().lastIndexOf('/') + 1));
    String name = last.replaceAll("[^A-Za-z0-9._-]", "_");
    String free = name;
    for (int i = 2; taken(section, free); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  private boolean taken(String section, String name) {
    return additions.getOrDefault(section, Map.of()).containsKey(name)
        || root.find("/components/" + section + "/" + Pointer.escape(name)).isPresent();
  }

  private Optional<Target> target(Node.Text reference, String file) {
    String text = reference.value();
    int hash = text.indexOf('#');
    String path = hash < 0 ? text : text.substring(0, hash);
    String pointer = hash < 0 ? "" : text.substring(hash + 1);
    if (path.matches("[A-Za-z][A-Za-z0-9+.-]*:.*") || path.startsWith("/")) {
      problems.add(new ContractProblem(reference.at(), "refers to \"" + text + "\" – only files beside the contract are read, so copy it there"));
      return Optional.empty();
    }
    return Optional.of(new Target(path.isEmpty() ? file : resolve(file, path), pointer));
  }

  private static String resolve(String from, String relative) {
    List<String> parts = new ArrayList<>(List.of(from.split("/")));
    parts.removeLast();
    for (String part : relative.split("/")) {
      if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
        parts.removeLast();
      } else if (!part.equals(".") && !part.isEmpty()) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  private Optional<Node> found(Target target, Node.Text reference) {
    Optional<Node> document = document(target.file(), reference.at());
    Optional<Node> node = document.flatMap(found -> found.find(target.pointer()));
    if (document.isPresent() && node.isEmpty()) {
      problems.add(new ContractProblem(reference.at(), "refers to \"" + reference.value() + "\", and there is nothing – correct it"));
    }
    return node;
  }

  private Optional<Node> document(String file, Location from) {
    if (documents.containsKey(file)) {
      return Optional.ofNullable(documents.get(file));
    }
    documents.put(file, null);
    try {
      Optional<String> text = files.read(file);
      if (text.isEmpty()) {
        problems.add(new ContractProblem(from, file.equals(rootFile) && documents.size() == 1
            ? "there is no such file"
            : "refers to the file \"" + file + "\", which is not there"));
        return Optional.empty();
      }
      Node read = SourceReader.read(file, text.get(), places);
      places.ifPresent(known -> known.learn(read));
      documents.put(file, read);
    } catch (ContractException e) {
      problems.addAll(e.problems());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.ofNullable(documents.get(file));
  }
}
