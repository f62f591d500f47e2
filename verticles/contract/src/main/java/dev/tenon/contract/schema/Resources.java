package dev.tenon.contract.schema;

import dev.tenon.contract.ContractException;
import dev.tenon.contract.ContractProblem;
import dev.tenon.contract.Node;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The identifiers of one document's schemas, and what references lead to.
final class Resources {

  /// @param resource the one that the schema belongs to
  record Target(Node node, Resource resource) {}

  private static final String DOCUMENT = "file:///contract";
  private static final Set<String> ONE = Set.of("not", "if", "then", "else", "items", "contains", "additionalProperties", "propertyNames", "unevaluatedItems",
      "unevaluatedProperties", "contentSchema");
  private static final Set<String> LIST = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
  private static final Set<String> MAP = Set.of("properties", "patternProperties", "dependentSchemas", "$defs", "definitions");

  private final boolean identified;
  private final Resource document;
  private final Map<String, Resource> byUri = new HashMap<>();
  private final Map<Node, Resource> owners = new IdentityHashMap<>();

  /// @param schemas the outermost ones
  /// @param identified whether the dialect has identifiers
  Resources(Node.Obj document, List<Node> schemas, boolean identified) {
    this.identified = identified;
    this.document = new Resource(DOCUMENT, document);
    byUri.put(DOCUMENT, this.document);
    schemas.forEach(schema -> scan(schema, this.document));
  }

  /// The resource that a schema belongs to.
  Resource of(Node schema) {
    return owners.getOrDefault(schema, document);
  }

  private void scan(Node node, Resource around) {
    if (!identified || !(node instanceof Node.Obj schema) || owners.containsKey(schema)) {
      return;
    }
    Resource resource = schema.text("$id").filter(id -> !id.startsWith("#")).map(id -> identified(schema, id, around)).orElse(around);
    owners.put(schema, resource);
    schema.text("$anchor").ifPresent(name -> anchor(name, schema, resource.anchors()));
    schema.text("$dynamicAnchor").ifPresent(name -> {
      anchor(name, schema, resource.anchors());
      resource.dynamicAnchors().put(name, schema);
    });
    schema.members().forEach((keyword, value) -> {
      if (ONE.contains(keyword)) {
        scan(value, resource);
      } else if (LIST.contains(keyword) && value instanceof Node.Arr array) {
        array.items().forEach(item -> scan(item, resource));
      } else if (MAP.contains(keyword) && value instanceof Node.Obj object) {
        object.members().values().forEach(member -> scan(member, resource));
      }
    });
  }

  private Resource identified(Node.Obj schema, String id, Resource around) {
    Node at = schema.get("$id").orElseThrow();
    String base = around.resolve(withoutFragment(id)).orElseThrow(() -> problem(at, "is not a URI – \"$id\" must be one"));
    if (id.indexOf('#') >= 0 && id.indexOf('#') < id.length() - 1) {
      throw problem(at, "has a fragment, which \"$id\" must not have – use \"$anchor\"");
    }
    Resource resource = new Resource(base, schema);
    Resource other = byUri.putIfAbsent(base, resource);
    if (other != null && other != document) {
      throw problem(at, "is the \"$id\" of another schema too, at " + other.root().at() + " – each is used once");
    }
    return resource;
  }

  private static void anchor(String name, Node.Obj schema, Map<String, Node> anchors) {
    Node other = anchors.putIfAbsent(name, schema);
    if (other != null && other != schema) {
      throw problem(schema, "has the anchor \"" + name + "\", which is used already at " + other.at() + " – give one of them another name, or an \"$id\" of its own");
    }
  }

  private static String withoutFragment(String reference) {
    int hash = reference.indexOf('#');
    return hash < 0 ? reference : reference.substring(0, hash);
  }

  /// What the value of a `$ref` or `$dynamicRef` leads to, from a schema of this resource.
  Target target(Node.Text reference, Resource from) {
    String text = reference.value();
    String uri = withoutFragment(text);
    String fragment = uri.length() == text.length() ? "" : text.substring(uri.length() + 1);
    Resource resource = from.resolve(uri).map(byUri::get).orElse(null);
    if (resource == null) {
      throw problem(reference, "refers to \"" + text + "\", which is not in this document – bundle it first");
    }
    return within(resource, fragment)
        .or(() -> fragment.startsWith("/") ? within(document, fragment) : Optional.empty()) // a bundled contract's own place, said inside a schema with an `$id`
        .orElseThrow(() -> problem(reference, "refers to \"" + text + "\", and there is nothing – correct it"));
  }

  private Optional<Target> within(Resource resource, String fragment) {
    if (fragment.isEmpty()) {
      return Optional.of(new Target(resource.root(), resource));
    }
    if (!fragment.startsWith("/")) {
      return Optional.ofNullable(resource.anchors().get(fragment)).map(node -> new Target(node, resource));
    }
    Resource owner = resource;
    Node here = resource.root();
    for (int start = 0; start < fragment.length();) {
      int slash = fragment.indexOf('/', start + 1);
      int end = slash < 0 ? fragment.length() : slash;
      Optional<Node> next = here.find(fragment.substring(start, end));
      if (next.isEmpty()) {
        return Optional.empty();
      }
      here = next.get();
      owner = owners.getOrDefault(here, owner);
      start = end;
    }
    scan(here, owner);
    return Optional.of(new Target(here, owners.getOrDefault(here, owner)));
  }

  private static ContractException problem(Node node, String message) {
    return new ContractException(List.of(new ContractProblem(node.at(), message)));
  }
}
