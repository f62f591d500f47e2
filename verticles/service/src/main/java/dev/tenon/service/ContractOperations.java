package dev.tenon.service;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The operations of a contract, and whether handlers fit them.
record ContractOperations(List<Routes.Operation> operations) {

  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  /// Reads a contract from a component's class path; blocks.
  static ContractOperations read(ClassLoader classes, ComponentManifest manifest) throws IOException {
    try (InputStream document = classes.getResourceAsStream(manifest.contract())) {
      if (document == null) {
        throw new ServiceException("service '" + manifest.name() + "' – its class path has no contract '" + manifest.contract()
            + "' – correct `contract` in " + manifest.origin());
      }
      Map<String, Object> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(document);
      List<Routes.Operation> operations = new ArrayList<>();
      mapping(root.get("paths")).forEach((template, item) -> mapping(item).forEach((method, operation) -> {
        if (METHODS.contains(method)) {
          operations.add(new Routes.Operation(
              String.valueOf(mapping(operation).get("operationId")), method.toUpperCase(Locale.ROOT), template));
        }
      }));
      return new ContractOperations(List.copyOf(operations));
    }
  }

  /// @throws ServiceException that names every operation without a handler and every handler without an operation
  void checkBound(ComponentManifest manifest, Set<String> handled) {
    Set<String> missing = new TreeSet<>();
    operations.forEach(operation -> missing.add(operation.operationId()));
    Set<String> extra = new TreeSet<>(handled);
    extra.removeAll(missing);
    missing.removeAll(handled);
    if (!missing.isEmpty() || !extra.isEmpty()) {
      throw new ServiceException("service '" + manifest.name() + "' – its handlers do not fit its contract '" + manifest.contract() + "'"
          + (missing.isEmpty() ? "" : "; without a handler: " + String.join(", ", missing))
          + (extra.isEmpty() ? "" : "; not in the contract: " + String.join(", ", extra))
          + " – bind exactly the contract's operationIds");
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> mapping(Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
