package dev.tenon.prove;

import java.util.LinkedHashMap;
import java.util.Map;

/// A request that can be sent and printed. Its texts may hold `${NAME}` of the set-up.
///
/// @param target path and query, percent-encoded
/// @param headers by name, in lower case
record Request(String method, String target, Map<String, String> headers, Payload payload) {

  Request {
    headers = Map.copyOf(new LinkedHashMap<>(headers));
  }

  Request with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Request(method, target, more, payload);
  }

  Request without(String header) {
    Map<String, String> fewer = new LinkedHashMap<>(headers);
    fewer.remove(header);
    return new Request(method, target, fewer, payload);
  }

  Request with(Payload other) {
    return new Request(method, target, headers, other);
  }
}
