package dev.tenon.bus.calls;

import dev.tenon.contract.Contract;
import dev.tenon.contract.Operation;
import java.util.HashMap;
import java.util.Map;

/// Finds the operation of a method and a target, as a tree of path segments. A literal segment goes before a variable. Immutable; thread-safe; allocates nothing but the
/// segments it looks at.
final class OperationFinder {

  private static final class Step {
    private final Map<String, Step> literals = new HashMap<>();
    private final Map<String, String> operations = new HashMap<>();
    private Step variable;
  }

  private final Step root = new Step();

  OperationFinder(Contract contract) {
    for (Operation operation : contract.operations()) {
      Step step = root;
      for (String segment : operation.path().substring(1).split("/", -1)) {
        if (segment.startsWith("{")) {
          step.variable = step.variable == null ? new Step() : step.variable;
          step = step.variable;
        } else {
          step = step.literals.computeIfAbsent(segment, _ -> new Step());
        }
      }
      step.operations.put(operation.method(), operation.id());
    }
  }

  /// @param target path and query, as sent
  /// @return null when the contract has no such operation
  String find(String method, String target) {
    int end = target.length();
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == '?' || c == '#') {
        end = i;
        break;
      }
    }
    return target.startsWith("/") ? find(root, method, target, 1, end) : null;
  }

  private static String find(Step step, String method, String target, int start, int end) {
    int slash = target.indexOf('/', start);
    int stop = slash < 0 || slash > end ? end : slash;
    Step literal = step.literals.isEmpty() ? null : step.literals.get(target.substring(start, stop));
    String found = literal == null ? null : onwards(literal, method, target, stop, end);
    return found != null || step.variable == null || stop == start ? found : onwards(step.variable, method, target, stop, end);
  }

  private static String onwards(Step step, String method, String target, int stop, int end) {
    return stop == end ? step.operations.get(method) : find(step, method, target, stop + 1, end);
  }
}
