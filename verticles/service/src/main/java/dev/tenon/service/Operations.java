package dev.tenon.service;

import dev.tenon.contract.Contract;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which handler serves which operation of the contract.
public final class Operations {

  private final Map<String, OperationHandler> handlers = new LinkedHashMap<>();

  /// @param operationId as the contract has it
  public Operations on(String operationId, OperationHandler handler) {
    if (handlers.putIfAbsent(operationId, handler) != null) {
      throw new ServiceException("operation '" + operationId + "' – it has a handler already – bind each operation once");
    }
    return this;
  }

  Map<String, OperationHandler> handlers() {
    return handlers;
  }

  /// @throws ServiceException that names every operation without a handler and every handler without an operation
  void checkFit(Contract contract, ComponentManifest manifest) {
    Set<String> missing = new TreeSet<>();
    contract.operations().forEach(operation -> missing.add(operation.id()));
    Set<String> extra = new TreeSet<>(handlers.keySet());
    extra.removeAll(missing);
    missing.removeAll(handlers.keySet());
    if (!missing.isEmpty() || !extra.isEmpty()) {
      throw new ServiceException("service '" + manifest.name() + "' – its handlers do not fit its contract '" + manifest.contract() + "'"
          + (missing.isEmpty() ? "" : "; without a handler: " + String.join(", ", missing))
          + (extra.isEmpty() ? "" : "; not in the contract: " + String.join(", ", extra))
          + " – bind exactly the contract's operationIds");
    }
  }
}
