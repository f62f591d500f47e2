package dev.tenon.gateway;

import java.time.Duration;
import java.util.Set;

/// Which pages of other origins may call. Tokens travel in `Authorization`, so credentials of the browser (cookies) are never allowed.
///
/// @param origins as browsers send them, `https://app.example.org`; `*` stands for all; none by default
/// @param maxAge how long a browser may remember a preflight's answer
public record Cors(Set<String> origins, Duration maxAge) {

  public static final Cors NONE = new Cors(Set.of(), Duration.ofMinutes(10));

  public Cors {
    origins = Set.copyOf(origins);
  }

  boolean allows(String origin) {
    return origin != null && (origins.contains(origin) || origins.contains("*"));
  }
}
