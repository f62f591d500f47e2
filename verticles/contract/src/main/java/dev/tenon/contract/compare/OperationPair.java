package dev.tenon.contract.compare;

import dev.tenon.contract.Node;
import java.util.LinkedHashMap;
import java.util.Map;

/// An operation of both documents, as those have it who ask and as those have it who answer.
record OperationPair(Api.Op oldAsking, Api.Op newAsking, Api.Op oldAnswering, Api.Op newAnswering) {

  /// An operation of a callback. What asks there is what answers here.
  record Callback(Api.Op asking, Api.Op answering) {}

  /// The callbacks by name, address and method.
  Map<String, Callback> callbacks(boolean old, ApiDiff diff, Exchange exchange) {
    Api api = old ? diff.before() : diff.after();
    Map<String, Api.Op> answering = operations(old ? oldAsking : newAsking, api.view(exchange.asking()));
    Map<String, Api.Op> asking = operations(old ? oldAnswering : newAnswering, api.view(exchange.answering()));
    Map<String, Callback> callbacks = new LinkedHashMap<>();
    // A callback of a callback is a call again; nobody writes that, and its direction is that of an event here too.
    asking.forEach((key, op) -> callbacks.put(key, exchange == Exchange.CALL ? new Callback(op, answering.get(key)) : new Callback(answering.get(key), op)));
    return callbacks;
  }

  private static Map<String, Api.Op> operations(Api.Op op, Node.Obj view) {
    Map<String, Api.Op> operations = new LinkedHashMap<>();
    op.node().object("callbacks").ifPresent(callbacks -> callbacks.members().forEach((name, node) -> Api.resolved(node, view).ifPresent(callback ->
        callback.members().forEach((address, item) -> {
          if (!address.startsWith("x-") && item instanceof Node.Obj object) {
            Api.operations(name, "callback ", object).forEach((method, each) -> operations.put(name + " " + method + " " + address, each));
          }
        }))));
    return operations;
  }
}
