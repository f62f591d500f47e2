package dev.tenon.contract.compare;

import dev.tenon.contract.ContractDocument;
import dev.tenon.contract.Location;
import dev.tenon.contract.Node;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Compares paths and operations. Used once.
final class ApiDiff {

  private static final List<String> METHODS = List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private final ContractDocument before;
  private final ContractDocument after;
  private final LocalDate today;
  private final List<Finding> findings = new ArrayList<>();

  ApiDiff(ContractDocument before, ContractDocument after, LocalDate today) {
    this.before = before;
    this.after = after;
    this.today = today;
  }

  List<Finding> findings() {
    Map<Location, String> oldPointers = before.pointers();
    Map<Location, String> newPointers = after.pointers();
    Map<String, Node.Obj> olds = operations(before.root());
    Map<String, Node.Obj> news = operations(after.root());
    olds.forEach((key, operation) -> {
      if (!news.containsKey(key)) {
        finding(ApiRule.OPERATION_REMOVED, key, Optional.of(spot(operation, oldPointers)), Optional.empty(), key + " is gone: consumers that call it get 404 or 405");
      }
    });
    news.forEach((key, operation) -> {
      if (!olds.containsKey(key)) {
        finding(ApiRule.OPERATION_ADDED, key, Optional.empty(), Optional.of(spot(operation, newPointers)), key + " is new");
      }
    });
    return findings;
  }

  private static Spot spot(Node node, Map<Location, String> pointers) {
    return new Spot(pointers.getOrDefault(node.at(), ""), node.at());
  }

  private void finding(ApiRule rule, String operation, Optional<Spot> old, Optional<Spot> now, String message) {
    findings.add(new Finding(rule.rule(), rule.rule().severity(), rule.rule().side(), old, now, message, rule.rule().bump(),
        List.of(new Effect(operation, "")), rule.rule().severity() == Severity.BREAKING ? Optional.of(new Witness("a request " + operation, "")) : Optional.empty()));
  }

  private static Map<String, Node.Obj> operations(Node.Obj document) {
    Map<String, Node.Obj> operations = new LinkedHashMap<>();
    document.object("paths").ifPresent(paths -> paths.members().forEach((path, item) -> {
      for (String method : METHODS) {
        if (item instanceof Node.Obj object) {
          object.object(method).ifPresent(operation -> operations.put(method.toUpperCase(Locale.ROOT) + " " + path.replaceAll("\\{[^{}/]*}", "{}"), operation));
        }
      }
    }));
    return operations;
  }
}
