package dev.tenon.bus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Header names that are written as one byte. Part of the wire format: names are only ever added, at the end.
final class HeaderNames {

  private static final List<String> NAMES = List.of(
      "accept", "accept-encoding", "accept-language", "accept-ranges", "access-control-allow-credentials",
      "access-control-allow-headers", "access-control-allow-methods", "access-control-allow-origin",
      "access-control-expose-headers", "access-control-max-age", "access-control-request-headers",
      "access-control-request-method", "age", "allow", "authorization", "cache-control", "cf-connecting-ip", "cf-ray",
      "connection", "content-disposition", "content-encoding", "content-language", "content-length", "content-location",
      "content-range", "content-security-policy", "content-type", "cookie", "date", "etag", "expires", "forwarded",
      "host", "if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "last-event-id",
      "last-modified", "link", "location", "origin", "pragma", "prefer", "priority", "range", "referer",
      "referrer-policy", "retry-after", "sec-fetch-dest", "sec-fetch-mode", "sec-fetch-site", "sec-fetch-user",
      "server", "server-timing", "set-cookie", "strict-transport-security", "te", "traceparent", "tracestate",
      "trailer", "transfer-encoding", "upgrade", "upgrade-insecure-requests", "user-agent", "vary", "via", "warning",
      "www-authenticate", "x-content-type-options", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto",
      "x-frame-options", "x-real-ip", "x-request-id", "x-requested-with");

  private static final Map<String, Integer> NUMBERS = new HashMap<>();

  static {
    for (int i = 0; i < NAMES.size(); i++) {
      NUMBERS.put(NAMES.get(i), i + 1);
    }
  }

  private HeaderNames() {}

  /// Its number, from 1; 0 for a name that is written out.
  static int numberOf(String name) {
    return NUMBERS.getOrDefault(name, 0);
  }

  static String nameOf(int number) {
    if (number > NAMES.size()) {
      throw WireReader.malformed("header name number " + number + " is unknown here");
    }
    return NAMES.get(number - 1);
  }
}
