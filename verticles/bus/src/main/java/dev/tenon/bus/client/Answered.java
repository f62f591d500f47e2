package dev.tenon.bus.client;

import io.vertx.core.MultiMap;
import java.util.Optional;

/// An answer of which the contract describes headers too.
///
/// @param body null where the answer has none
/// @param headers names compare without case
public record Answered<T>(T body, MultiMap headers) {

  /// The first value of a header.
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
