package dev.tenon.gateway;

import dev.tenon.contract.ContractException;
import dev.tenon.contract.ContractProblem;
import dev.tenon.contract.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A path that clients may ask for, with the operations that all contracts have at it. Immutable once [#of] has made it; thread-safe.
final class EdgePath {

  private final PathTemplate template;
  private final Map<String, OperationPlan> byMethod = new TreeMap<>();
  private List<PathTemplate> before = List.of();

  private EdgePath(PathTemplate template) {
    this.template = template;
  }

  /// The paths of all contracts, in the contracts' order.
  ///
  /// @throws ContractException when contracts claim the same, or one asks for something that the edge cannot do; it names all of them
  static List<EdgePath> of(List<Route> routes) {
    List<ContractProblem> problems = new ArrayList<>();
    routes.forEach(route -> problems.addAll(Unsupported.in(route.contract())));
    refuse(problems);
    Map<String, EdgePath> byShape = new LinkedHashMap<>();
    for (Route route : routes) {
      for (Operation operation : route.contract().operations()) {
        PathTemplate template = new PathTemplate(operation.path());
        EdgePath path = byShape.computeIfAbsent(template.shape(), shape -> new EdgePath(template));
        OperationPlan taken = path.byMethod.putIfAbsent(operation.method(), new OperationPlan(route, operation));
        if (taken != null) {
          problems.add(new ContractProblem(operation.at(), operation.method() + " " + operation.path() + " belongs to the component \""
              + taken.component() + "\" already (" + taken.operation().at() + ") – each operation has one component"));
        }
      }
    }
    refuse(problems);
    List<EdgePath> paths = List.copyOf(byShape.values());
    paths.forEach(path -> path.before = paths.stream().map(other -> other.template).filter(other -> other.goesBefore(path.template)).toList());
    return paths;
  }

  private static void refuse(List<ContractProblem> problems) {
    if (!problems.isEmpty()) {
      throw new ContractException(problems);
    }
  }

  PathTemplate template() {
    return template;
  }

  /// Whether a path as sent belongs here: it matches, and no path that goes before this one, of whatever contract, does.
  boolean owns(String path) {
    if (!template.matches(path)) {
      return false;
    }
    for (PathTemplate other : before) {
      if (other.matches(path)) {
        return false;
      }
    }
    return true;
  }

  /// The operation of a method, or null. A `HEAD` that has none of its own is answered as a `GET` without its body.
  OperationPlan find(String method) {
    OperationPlan plan = byMethod.get(method);
    return plan == null && method.equals("HEAD") ? byMethod.get("GET") : plan;
  }

  /// What an `Allow` header says.
  String allow() {
    List<String> methods = new ArrayList<>(byMethod.keySet());
    if (byMethod.containsKey("GET") && !byMethod.containsKey("HEAD")) {
      methods.add("HEAD");
    }
    if (!byMethod.containsKey("OPTIONS")) {
      methods.add("OPTIONS");
    }
    return String.join(", ", methods.stream().sorted().toList());
  }
}
