package dev.tenon.gateway;

import dev.tenon.contract.ContractException;
import dev.tenon.contract.ContractProblem;
import dev.tenon.contract.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Finds the operation that a path and a method belong to, over all contracts. Immutable; thread-safe.
///
/// Paths without variables come first, then literal segments before variables, from left to right. Segments are compared as sent.
final class RouteTable {

  /// The operations of one path.
  static final class Entry {
    private final Map<String, OperationPlan> byMethod = new TreeMap<>();

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

  /// A path that was found.
  ///
  /// @param values what stands where the template has variables, as sent, in the template's order
  record Found(Entry entry, List<String> values) {}

  private static final class Segment {
    private final Map<String, Segment> literals = new HashMap<>();
    private Segment variable;
    private Entry entry;
  }

  private final Map<String, Found> literal = new HashMap<>();
  private final Segment root = new Segment();

  private RouteTable() {}

  /// @throws ContractException when contracts claim the same, or one asks for something that the edge cannot do; it names all of them
  static RouteTable of(List<Route> routes) {
    RouteTable table = new RouteTable();
    List<ContractProblem> problems = new ArrayList<>();
    for (Route route : routes) {
      problems.addAll(Unsupported.in(route.contract()));
    }
    if (!problems.isEmpty()) {
      throw new ContractException(problems);
    }
    for (Route route : routes) {
      for (Operation operation : route.contract().operations()) {
        OperationPlan taken = table.entry(operation.path()).byMethod.putIfAbsent(operation.method(), new OperationPlan(route, operation));
        if (taken != null) {
          problems.add(new ContractProblem(operation.at(), operation.method() + " " + operation.path() + " belongs to the component \""
              + taken.component() + "\" already (" + taken.operation().at() + ") – each operation has one component"));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new ContractException(problems);
    }
    return table;
  }

  /// What a path leads to, or null.
  Found find(String path) {
    Found found = literal.get(path);
    if (found != null) {
      return found;
    }
    List<String> values = new ArrayList<>(4);
    Entry entry = find(root, path, 1, values);
    return entry == null ? null : new Found(entry, values);
  }

  private static Entry find(Segment here, String path, int start, List<String> values) {
    if (start > path.length()) {
      return here.entry;
    }
    int slash = path.indexOf('/', start);
    int end = slash < 0 ? path.length() : slash;
    String text = path.substring(start, end);
    Segment next = here.literals.get(text);
    if (next != null) {
      Entry entry = find(next, path, end + 1, values);
      if (entry != null) {
        return entry;
      }
    }
    if (here.variable == null || text.isEmpty()) {
      return null;
    }
    values.add(text);
    Entry entry = find(here.variable, path, end + 1, values);
    if (entry == null) {
      values.removeLast();
    }
    return entry;
  }

  private Entry entry(String template) {
    if (!template.contains("{")) {
      return literal.computeIfAbsent(template, path -> new Found(new Entry(), List.of())).entry();
    }
    Segment here = root;
    for (String text : template.substring(1).split("/", -1)) {
      if (text.startsWith("{")) {
        here.variable = here.variable == null ? new Segment() : here.variable;
        here = here.variable;
      } else {
        here = here.literals.computeIfAbsent(text, name -> new Segment());
      }
    }
    here.entry = here.entry == null ? new Entry() : here.entry;
    return here.entry;
  }
}
