package dev.tenon.service;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.json.JsonWritable;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/// What an operation answers.
///
/// @param headers lower-case names
public record Reply(int status, Map<String, String> headers, Body body) {

  public Reply {
    headers = Map.copyOf(headers);
  }

  public static Reply json(int status, JsonObject body) {
    return new Reply(status, Map.of("content-type", "application/json"), Body.of(body.toBuffer()));
  }

  /// A body of a type that was generated from the contract.
  public static Reply json(int status, JsonWritable body) {
    return new Reply(status, Map.of("content-type", "application/json"), Body.of(body.toJson()));
  }

  /// Without a body, e.g. 204.
  public static Reply empty(int status) {
    return new Reply(status, Map.of(), Body.EMPTY);
  }

  /// The same with a header more, or another value for one.
  public Reply withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, body);
  }

  ExchangeResponse toExchange() {
    MultiMap all = MultiMap.caseInsensitiveMultiMap();
    headers.forEach(all::add);
    return new ExchangeResponse(status, "", all, body);
  }
}
