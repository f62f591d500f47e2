package dev.tenon.service;

import io.vertx.core.Future;

/// Asks one part of a service whether it works: a detail worth showing, or a failure that says what is wrong.
@FunctionalInterface
public interface ServiceCheck {
  Future<String> check();
}
