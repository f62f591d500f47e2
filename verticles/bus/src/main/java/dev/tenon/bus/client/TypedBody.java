package dev.tenon.bus.client;

import dev.tenon.bus.Body;
import java.util.Objects;

/// A body whose media type is one of several.
///
/// @param mediaType as in `Content-Type`, e.g. `image/png`
public record TypedBody(String mediaType, Body body) {

  public TypedBody {
    Objects.requireNonNull(mediaType, "mediaType");
    Objects.requireNonNull(body, "body");
  }
}
