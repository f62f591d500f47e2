package dev.tenon.control;

import io.vertx.core.Future;

/// Asks one part of the node whether it works.
@FunctionalInterface
public interface HealthCheck {

  /// Succeeds with a detail worth showing (it may be empty) when the part works; fails with what is wrong when not. A
  /// check that has not answered by its deadline counts as down.
  Future<String> check();
}
