package dev.tenon.system;

import dev.tenon.contract.coupling.ClassReferences;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The arrows that may exist between modules, and what only one module may touch.
///
/// A module that is not named here is a service. A service may use what the kit shows it, and nobody may use a service.
final class ModuleDirections {

  private static final Set<String> KIT = Set.of("service", "contracts", "bus", "contract");

  /// Module to the modules its code may name.
  private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
      Map.entry("contract", Set.of()),
      Map.entry("contracts", Set.of("bus", "contract")),
      Map.entry("prove", Set.of("contract")),
      Map.entry("bus", Set.of("contract")),
      Map.entry("worker", Set.of("bus", "contract")),
      Map.entry("bindings", Set.of("worker", "bus", "contract")),
      Map.entry("service", Set.of("worker", "bus", "contract")),
      Map.entry("control", Set.of("worker", "bus", "contract")),
      Map.entry("gateway", Set.of("worker", "bus", "contract")),
      Map.entry("node", Set.of("gateway", "control", "bindings", "service", "worker", "bus", "contract")),
      Map.entry("cli", Set.of("node", "gateway", "control", "bindings", "service", "worker", "bus", "prove", "contract")));

  /// A package or class that only some packages may name.
  private record Owned(String prefix, String owner) {
    boolean isNamed(String reference) {
      return reference.equals(prefix) || reference.startsWith(prefix + ".") || reference.startsWith(prefix + "$");
    }
  }

  private static final List<Owned> OWNED = List.of(
      new Owned("org.graalvm", "dev.tenon.worker"),
      new Owned("io.vertx.core.http.HttpServerRequest", "dev.tenon.gateway"),
      new Owned("io.vertx.ext.auth", "dev.tenon.bus.identity"));

  private ModuleDirections() {}

  /// Modules a module may name.
  static Set<String> allowed(String module) {
    return ARROWS.getOrDefault(module, KIT);
  }

  static boolean isService(String module) {
    return !ARROWS.containsKey(module);
  }

  /// One sentence for each class that breaks a rule.
  ///
  /// @param modules the classes of each module
  static List<String> violations(Map<String, List<ClassReferences>> modules) {
    Map<String, String> moduleOf = new HashMap<>();
    modules.forEach((module, classes) -> classes.forEach(one -> moduleOf.put(one.name(), module)));
    List<String> found = new ArrayList<>();
    new TreeMap<>(modules).forEach((module, classes) -> classes.forEach(one -> {
      for (String reference : one.references()) {
        String other = moduleOf.getOrDefault(reference, module);
        if (!other.equals(module) && !allowed(module).contains(other)) {
          found.add(one.name() + " (" + module + ") names " + reference + " (" + other + "), which " + module + " may not depend on");
        }
      }
      found.addAll(trespasses(one));
    }));
    return found;
  }

  /// One sentence for each use of something that another package owns.
  static List<String> trespasses(ClassReferences one) {
    List<String> found = new ArrayList<>();
    for (Owned owned : OWNED) {
      if (!one.name().startsWith(owned.owner() + ".")) {
        one.references().stream().filter(owned::isNamed)
            .forEach(reference -> found.add(one.name() + " names " + reference + ", which only " + owned.owner() + " may"));
      }
    }
    return found;
  }
}
