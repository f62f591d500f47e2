package dev.tenon.contract.compare;

import dev.tenon.contract.ContractDocument;
import dev.tenon.contract.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One of the two documents, as its parts are looked at. Tolerant: what is not as it should be is as if it were not there.
final class Api {

  private static final List<String> METHODS = List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
  private static final int REFERENCE_HOPS_MAX = 50;

  /// @param label `GET /users/{id}`
  /// @param item the path item around it
  record Op(String label, String path, Node.Obj item, Node.Obj node) {}

  private final ContractDocument source;
  private final Node.Obj root;
  private final Shapes requests;
  private final Shapes responses;
  private final Node.Obj requestView;
  private final Node.Obj responseView;

  Api(ContractDocument source) {
    this.source = source;
    this.root = source.root();
    this.requestView = Views.of(root, source.version().dialect(), Direction.REQUEST);
    this.responseView = Views.of(root, source.version().dialect(), Direction.RESPONSE);
    this.requests = new Shapes(requestView, source.version().dialect());
    this.responses = responseView == requestView ? requests : new Shapes(responseView, source.version().dialect());
  }

  ContractDocument source() {
    return source;
  }

  Node.Obj root() {
    return root;
  }

  Shapes shapes(Direction direction) {
    return direction == Direction.REQUEST ? requests : responses;
  }

  /// The document as one side has it; nodes of the one are not nodes of the other.
  Node.Obj view(Direction direction) {
    return direction == Direction.REQUEST ? requestView : responseView;
  }

  /// The operations by what requests they answer: variables of the path have no names there.
  static Map<String, Op> operations(Node.Obj view) {
    Map<String, Op> operations = new LinkedHashMap<>();
    view.object("paths").ifPresent(paths -> paths.members().forEach((path, node) -> {
      if (!path.startsWith("x-") && node instanceof Node.Obj item) {
        operations(path, "", item).forEach((method, op) -> operations.put(method + " " + shape(path), op));
      }
    }));
    return operations;
  }

  /// The events by name and method.
  static Map<String, Op> events(Node.Obj view) {
    Map<String, Op> events = new LinkedHashMap<>();
    view.object("webhooks").ifPresent(webhooks -> webhooks.members().forEach((name, node) -> {
      if (node instanceof Node.Obj item) {
        operations(name, "event ", item).forEach((method, op) -> events.put(name + " " + method, op));
      }
    }));
    return events;
  }

  /// The operations of a path item by method; labelled `GET /users`, or `event userCreated`.
  static Map<String, Op> operations(String path, String kind, Node.Obj item) {
    Map<String, Op> operations = new LinkedHashMap<>();
    for (String method : METHODS) {
      String upper = method.toUpperCase(Locale.ROOT);
      item.object(method).ifPresent(node -> operations.put(upper, new Op(kind.isEmpty() ? upper + " " + path : kind + path, path, item, node)));
    }
    return operations;
  }

  static String shape(String path) {
    return path.replaceAll("\\{[^{}/]*}", "{}");
  }

  /// The object itself, or what its `$ref` leads to.
  static Optional<Node.Obj> resolved(Node node, Node.Obj view) {
    Node here = node;
    for (int hops = 0; hops < REFERENCE_HOPS_MAX && here instanceof Node.Obj object; hops++) {
      Optional<String> reference = object.text("$ref");
      if (reference.isEmpty()) {
        return Optional.of(object);
      }
      here = reference.filter(text -> text.startsWith("#")).flatMap(text -> view.find(text.substring(1))).orElse(null);
    }
    return Optional.empty();
  }
}
