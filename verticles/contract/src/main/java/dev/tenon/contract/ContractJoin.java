package dev.tenon.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Several contracts as one document of OpenAPI 3.1, for readers: what one edge offers.
///
/// - What two contracts both name and describe alike, with all it refers to, is there once. What they describe differently, and every operationId and tag
///   that is there twice, gets the contract's name before it.
/// - Schemas of 3.0 are written in the words of 3.1. The security and the parameters that a whole contract or path shares are written to each operation.
/// - What begins with `x-tenon-` stays out, as do servers other than the one given, and files that examples name.
public final class ContractJoin {

  private static final Pattern VARIABLE = Pattern.compile("\\{([^/{}]+)}");
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
  private static final Location NOWHERE = new Location("joined", 1, 1);

  private final List<Contract> contracts;
  /// Section and name of components that contracts describe differently: `schemas/Problem`.
  private final Set<String> clashing = new HashSet<>();
  private final Set<String> clashingOperations = new HashSet<>();
  private final Set<String> clashingTags = new HashSet<>();
  private final Map<String, Map<String, Node>> components = new LinkedHashMap<>();
  private final Map<String, Map<String, Node>> paths = new LinkedHashMap<>();
  private final Map<String, String> pathByShape = new HashMap<>();
  private final Map<String, Node> webhooks = new LinkedHashMap<>();
  private final List<Node> tags = new ArrayList<>();

  private ContractJoin(List<Contract> contracts) {
    this.contracts = contracts;
  }

  /// The document as JSON. The same contracts in the same order give the same text.
  ///
  /// @param server where all of it is served, for instance `/`
  public static String json(List<Contract> contracts, String title, String version, String server) {
    return JsonText.of(new ContractJoin(List.copyOf(contracts)).document(title, version, server));
  }

  private Node.Obj document(String title, String version, String server) {
    findClashes();
    contracts.forEach(contract -> new OfOne(contract).add());
    Map<String, Node> root = new LinkedHashMap<>();
    root.put("openapi", text("3.1.0"));
    Map<String, Node> info = new LinkedHashMap<>();
    info.put("title", text(title));
    info.put("version", text(version));
    info.put("description", text(String.join("\n", contracts.stream().map(ContractJoin::line).toList())));
    root.put("info", object(info));
    root.put("servers", new Node.Arr(List.of(object(Map.of("url", text(server)))), NOWHERE));
    if (!tags.isEmpty()) {
      root.put("tags", new Node.Arr(tags, NOWHERE));
    }
    Map<String, Node> items = new LinkedHashMap<>();
    paths.forEach((path, item) -> items.put(path, object(item)));
    root.put("paths", object(items));
    if (!webhooks.isEmpty()) {
      root.put("webhooks", object(webhooks));
    }
    Map<String, Node> sections = new LinkedHashMap<>();
    components.forEach((section, all) -> sections.put(section, object(all)));
    root.put("components", object(sections));
    return object(root);
  }

  private static String line(Contract contract) {
    String summary = contract.document().object("info").flatMap(info -> info.text("summary")).map(text -> " – " + text).orElse("");
    return "- **" + contract.name() + "** " + contract.documentVersion() + summary;
  }

  private static Node.Text text(String value) {
    return new Node.Text(value, NOWHERE);
  }

  private static Node.Obj object(Map<String, Node> members) {
    return new Node.Obj(members, NOWHERE);
  }

  private void findClashes() {
    Map<String, Object> components = new HashMap<>();
    Map<String, Contract> operations = new HashMap<>();
    Map<String, Contract> tags = new HashMap<>();
    for (Contract contract : contracts) {
      eachComponent(contract, (place, node) -> {
        List<Object> content = List.of(contract.version(), String.valueOf(node.plain()));
        if (!content.equals(components.getOrDefault(place, content))) {
          clashing.add(place);
        }
        components.put(place, content);
      });
      contract.operations().forEach(operation -> {
        if (operations.putIfAbsent(operation.id(), contract) instanceof Contract other && other != contract) {
          clashingOperations.add(operation.id());
        }
      });
      tagNames(contract).forEach(tag -> {
        if (tags.putIfAbsent(tag, contract) instanceof Contract other && other != contract) {
          clashingTags.add(tag);
        }
      });
    }
    int before;
    do {
      before = clashing.size();
      contracts.forEach(contract -> eachComponent(contract, (place, node) -> {
        if (references(node).stream().anyMatch(clashing::contains)) {
          clashing.add(place);
        }
      }));
    } while (clashing.size() > before);
  }

  private interface OfComponent {
    void take(String place, Node node);
  }

  private static void eachComponent(Contract contract, OfComponent each) {
    contract.document().object("components").ifPresent(components -> components.members().forEach((section, node) -> {
      if (node instanceof Node.Obj all && !section.startsWith("x-")) {
        all.members().forEach((name, component) -> each.take(section + "/" + name, component));
      }
    }));
  }

  /// The components that something refers to.
  private static Set<String> references(Node node) {
    Set<String> found = new HashSet<>();
    switch (node) {
      case Node.Obj object -> object.members().forEach((name, member) -> {
        if (member instanceof Node.Text text) {
          component(text.value()).ifPresent(found::add);
        } else {
          found.addAll(references(member));
        }
      });
      case Node.Arr array -> array.items().forEach(item -> found.addAll(references(item)));
      default -> { }
    }
    return found;
  }

  /// The component that a reference leads into: `schemas/Problem`.
  private static Optional<String> component(String reference) {
    String start = "#/components/";
    if (!reference.startsWith(start)) {
      return Optional.empty();
    }
    String[] parts = reference.substring(start.length()).split("/");
    return parts.length < 2 ? Optional.empty() : Optional.of(parts[0] + "/" + Pointer.unescape(parts[1]));
  }

  private static Set<String> tagNames(Contract contract) {
    Set<String> names = new LinkedHashSet<>();
    contract.document().items("tags").forEach(tag -> {
      if (tag instanceof Node.Obj object) {
        object.text("name").ifPresent(names::add);
      }
    });
    contract.document().object("paths").ifPresent(paths -> paths.members().values().forEach(item -> {
      if (item instanceof Node.Obj object) {
        METHODS.forEach(method -> object.object(method).ifPresent(operation -> operation.items("tags").forEach(tag -> names.add(String.valueOf(tag.plain())))));
      }
    }));
    return names;
  }

  /// Adds what one contract has.
  private final class OfOne {

    private final Contract contract;
    private final boolean old;

    OfOne(Contract contract) {
      this.contract = contract;
      this.old = contract.version() == OpenApiVersion.V3_0;
    }

    void add() {
      Node.Obj document = contract.document();
      document.items("tags").forEach(node -> {
        if (node instanceof Node.Obj tag) {
          Map<String, Node> members = new LinkedHashMap<>(plain(tag).members());
          tag.text("name").ifPresent(name -> members.put("name", text(tagName(name))));
          tags.add(object(members));
        }
      });
      document.object("paths").ifPresent(all -> all.members().forEach((path, node) -> {
        if (node instanceof Node.Obj item && !path.startsWith("x-")) {
          path(path, item);
        }
      }));
      document.object("webhooks").ifPresent(all -> all.members().forEach((name, node) ->
          webhooks.put(webhooks.containsKey(name) ? prefixed(name) : name, walk(node, Part.PATH_ITEM))));
      document.object("components").ifPresent(sections -> sections.members().forEach((section, node) -> {
        Optional<Part.Child> kind = Part.COMPONENTS.child(section);
        if (node instanceof Node.Obj all && kind.isPresent()) {
          all.members().forEach((name, component) ->
              components.computeIfAbsent(section, key -> new LinkedHashMap<>()).putIfAbsent(componentName(section, name), walk(component, kind.get().part())));
        }
      }));
    }

    private void path(String path, Node.Obj item) {
      String shape = VARIABLE.matcher(path).replaceAll("{}");
      String known = pathByShape.putIfAbsent(shape, path);
      Map<String, String> renamed = known == null || known.equals(path) ? Map.of() : renamed(path, known);
      Map<String, Node> joined = paths.computeIfAbsent(known == null ? path : known, key -> new LinkedHashMap<>());
      item.members().forEach((name, node) -> {
        if (METHODS.contains(name) && node instanceof Node.Obj operation) {
          joined.putIfAbsent(name, operation(operation, item, renamed));
        }
      });
    }

    /// From the names of this path's variables to those of the same path in another contract.
    private static Map<String, String> renamed(String path, String known) {
      Map<String, String> names = new HashMap<>();
      Matcher mine = VARIABLE.matcher(path);
      Matcher theirs = VARIABLE.matcher(known);
      while (mine.find() && theirs.find()) {
        names.put(mine.group(1), theirs.group(1));
      }
      return names;
    }

    private Node.Obj operation(Node.Obj operation, Node.Obj item, Map<String, String> renamed) {
      Node.Obj walked = (Node.Obj) walk(operation, Part.OPERATION);
      Map<String, Node> members = new LinkedHashMap<>(walked.members());
      List<Node> parameters = parameters(operation, item, renamed);
      if (!parameters.isEmpty()) {
        members.put("parameters", new Node.Arr(parameters, NOWHERE));
      }
      for (String shared : List.of("summary", "description")) {
        item.get(shared).ifPresent(node -> members.putIfAbsent(shared, node));
      }
      if (!operation.has("security")) {
        contract.document().get("security").ifPresent(node -> members.put("security", security(node)));
      }
      return new Node.Obj(members, operation.at());
    }

    /// Those of the operation, then those of the path that it does not have itself.
    private List<Node> parameters(Node.Obj operation, Node.Obj item, Map<String, String> renamed) {
      Map<String, Node> all = new LinkedHashMap<>();
      for (Node.Obj level : List.of(item, operation)) {
        for (Node node : level.items("parameters")) {
          Node.Obj parameter = resolved(node);
          String name = parameter.text("name").orElse("");
          boolean path = parameter.text("in").equals(Optional.of("path"));
          Node walked = walk(path && renamed.containsKey(name) ? parameter : node, Part.PARAMETER);
          if (path && renamed.containsKey(name)) {
            Map<String, Node> members = new LinkedHashMap<>(((Node.Obj) walked).members());
            members.put("name", text(renamed.get(name)));
            walked = new Node.Obj(members, parameter.at());
          }
          all.put(parameter.text("in").orElse("") + " " + name, walked);
        }
      }
      return List.copyOf(all.values());
    }

    private Node.Obj resolved(Node node) {
      Node here = node;
      for (int i = 0; i < 50 && here instanceof Node.Obj object && object.text("$ref").isPresent(); i++) {
        here = contract.document().find(object.text("$ref").get().substring(1)).orElse(null);
      }
      return here instanceof Node.Obj object ? object : object(Map.of());
    }

    private Node walk(Node node, Part part) {
      if (!(node instanceof Node.Obj object)) {
        return node;
      }
      Node.Obj source = plain(old && part == Part.SCHEMA ? Upgrade.schema(object) : object);
      Map<String, Node> members = new LinkedHashMap<>();
      source.members().forEach((name, value) -> member(name, value, part).ifPresent(found -> members.put(name, found)));
      return new Node.Obj(members, object.at());
    }

    /// A member as it stands in the joined document; empty where it stays out.
    private Optional<Node> member(String name, Node value, Part part) {
      return switch (part) {
        case OPERATION, PATH_ITEM -> name.equals("servers") ? Optional.empty() : Optional.of(ofOperation(name, value, part));
        case LINK -> name.equals("server") ? Optional.empty() : Optional.of(name.equals("operationId") ? operationId(value) : referenced(name, value, part));
        case EXAMPLE -> name.equals("externalValue") ? Optional.empty() : Optional.of(referenced(name, value, part));
        case SCHEMA -> Optional.of(ofSchema(name, value));
        default -> Optional.of(referenced(name, value, part));
      };
    }

    private Node ofOperation(String name, Node value, Part part) {
      return switch (name) {
        case "security" -> security(value);
        case "operationId" -> operationId(value);
        case "tags" -> value instanceof Node.Arr names
            ? new Node.Arr(names.items().stream().map(tag -> (Node) text(tagName(String.valueOf(tag.plain())))).toList(), value.at())
            : value;
        default -> referenced(name, value, part);
      };
    }

    private Node ofSchema(String name, Node value) {
      return switch (name) {
        case "$anchor" -> value instanceof Node.Text text ? text(prefixed(text.value())) : value;
        case "discriminator" -> value instanceof Node.Obj discriminator ? discriminator(discriminator) : value;
        default -> referenced(name, value, Part.SCHEMA);
      };
    }

    private Node operationId(Node value) {
      return value instanceof Node.Text text && clashingOperations.contains(text.value()) ? text(prefixed(text.value())) : value;
    }

    private Node referenced(String name, Node value, Part part) {
      return (name.equals("$ref") || name.equals("operationRef")) && value instanceof Node.Text text
          ? text(reference(text.value()))
          : part.child(name).map(child -> child(value, child)).orElse(value);
    }

    private Node child(Node value, Part.Child child) {
      return switch (child.holding()) {
        case ONE -> walk(value, child.part());
        case LIST -> value instanceof Node.Arr array ? new Node.Arr(array.items().stream().map(item -> walk(item, child.part())).toList(), array.at()) : value;
        case MAP -> {
          if (!(value instanceof Node.Obj map)) {
            yield value;
          }
          Map<String, Node> members = new LinkedHashMap<>();
          map.members().forEach((name, member) -> members.put(name, walk(member, child.part())));
          yield new Node.Obj(members, map.at());
        }
      };
    }

    private Node discriminator(Node.Obj discriminator) {
      Map<String, Node> members = new LinkedHashMap<>(plain(discriminator).members());
      Map<String, Node> mapping = new LinkedHashMap<>();
      discriminator.object("mapping").ifPresent(all -> all.members().forEach((value, node) -> mapping.put(value, node instanceof Node.Text text
          ? text(text.value().startsWith("#") ? reference(text.value()) : reference("#/components/schemas/" + text.value()))
          : node)));
      if (!mapping.isEmpty()) {
        members.put("mapping", object(mapping));
      }
      return new Node.Obj(members, discriminator.at());
    }

    private Node security(Node node) {
      if (!(node instanceof Node.Arr alternatives)) {
        return node;
      }
      return new Node.Arr(alternatives.items().stream().map(alternative -> {
        Map<String, Node> schemes = new LinkedHashMap<>();
        if (alternative instanceof Node.Obj object) {
          object.members().forEach((scheme, scopes) -> schemes.put(componentName("securitySchemes", scheme), scopes));
        }
        return (Node) object(schemes);
      }).toList(), node.at());
    }

    private String reference(String reference) {
      if (reference.startsWith("#") && !reference.startsWith("#/") && reference.length() > 1) {
        return "#" + prefixed(reference.substring(1));
      }
      Optional<String> component = component(reference);
      if (component.isEmpty()) {
        return reference;
      }
      String section = component.get().substring(0, component.get().indexOf('/'));
      String name = component.get().substring(section.length() + 1);
      String[] parts = reference.split("/", 5);
      return "#/components/" + section + "/" + Pointer.escape(componentName(section, name)) + (parts.length > 4 ? "/" + parts[4] : "");
    }

    private String componentName(String section, String name) {
      return clashing.contains(section + "/" + name) ? prefixed(name) : name;
    }

    private String tagName(String name) {
      return clashingTags.contains(name) ? contract.name() + " " + name : name;
    }

    private String prefixed(String name) {
      return contract.name().replaceAll("[^A-Za-z0-9._-]", "_") + "_" + name;
    }

    /// Without what is for the inside only.
    private static Node.Obj plain(Node.Obj object) {
      if (object.members().keySet().stream().noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-tenon-"))) {
        return object;
      }
      Map<String, Node> members = new LinkedHashMap<>(object.members());
      members.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).startsWith("x-tenon-"));
      return new Node.Obj(members, object.at());
    }
  }
}
