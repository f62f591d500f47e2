package dev.tenon.gateway;

/// What an edge tells about what is behind it.
///
/// @param docs whether it serves `/openapi.json`, all its contracts as one document, and `/docs`, a page that shows it
/// @param explains whether it tells a client how a component's answer breaks its contract; the names of members can be in it, values never are
public record Openness(boolean docs, boolean explains) {

  /// Tells nothing.
  public static final Openness CLOSED = new Openness(false, false);
}
