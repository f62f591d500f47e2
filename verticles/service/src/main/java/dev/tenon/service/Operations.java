package dev.tenon.service;

import java.util.LinkedHashMap;
import java.util.Map;

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
}
