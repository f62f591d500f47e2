package dev.tenon.contract.schema;

import dev.tenon.contract.Node;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A schema with an `$id`, or the whole document: what references inside it start from (JSON Schema 2020-12, 8.2). Compared by identity.
final class Resource {

  private final String base;
  private final Node root;
  private final Map<String, Node> anchors = new HashMap<>();
  private final Map<String, Node> dynamicAnchors = new HashMap<>();

  Resource(String base, Node root) {
    this.base = base;
    this.root = root;
  }

  String base() {
    return base;
  }

  Node root() {
    return root;
  }

  /// The schemas with an `$anchor` or a `$dynamicAnchor`, by name.
  Map<String, Node> anchors() {
    return anchors;
  }

  Map<String, Node> dynamicAnchors() {
    return dynamicAnchors;
  }

  /// A reference without its fragment as an absolute URI; empty where it is no URI.
  Optional<String> resolve(String reference) {
    if (reference.isEmpty()) {
      return Optional.of(base);
    }
    try {
      URI uri = new URI(reference);
      return Optional.of((uri.isAbsolute() ? uri : new URI(base).resolve(uri)).normalize().toString());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
