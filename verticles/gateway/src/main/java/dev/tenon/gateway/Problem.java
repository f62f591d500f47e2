package dev.tenon.gateway;

import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Body;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A problem document (RFC 9457) and the headers that go with it.
///
/// @param detail what went wrong this time and what to do about it
/// @param errors the violations one by one; may be empty
/// @param headers beside `Content-Type`: `Allow`, `WWW-Authenticate`, `Retry-After`
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
record Problem(ProblemType type, String detail, List<Violated> errors, Map<String, String> headers) {

  static final String MEDIA_TYPE = "application/problem+json";

  /// One violation.
  ///
  /// @param where `pointer` or `parameter`
  record Violated(String where, String place, String detail) {}

  Problem {
    errors = List.copyOf(errors);
    headers = Map.copyOf(headers);
  }

  Problem(ProblemType type, String detail) {
    this(type, detail, List.of(), Map.of());
  }

  Problem withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(type, detail, errors, more);
  }

  Problem withErrors(List<Violated> violated) {
    return new Problem(type, detail, violated, headers);
  }

  /// @param requestId names the occurrence
  ExchangeResponse answer(String requestId) {
    MultiMap all = MultiMap.caseInsensitiveMultiMap();
    all.set("content-type", MEDIA_TYPE);
    all.set("cache-control", "no-store");
    headers.forEach(all::set);
    return new ExchangeResponse(type.status(), "", all, Body.of(json(requestId)));
  }

  /// The `instance` of a problem document: which request it is about.
  static String instance(String requestId) {
    return "urn:tenon:request:" + requestId;
  }

  Buffer json(String requestId) {
    JsonObject document = new JsonObject()
        .put("type", type.urn())
        .put("title", type.title())
        .put("status", type.status())
        .put("detail", detail)
        .put("instance", instance(requestId));
    if (!errors.isEmpty()) {
      JsonArray list = new JsonArray();
      errors.forEach(error -> list.add(new JsonObject().put(error.where(), error.place()).put("detail", error.detail())));
      document.put("errors", list);
    }
    return document.toBuffer();
  }
}
