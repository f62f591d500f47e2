package dev.tenon.contract;

import java.util.List;
import java.util.Optional;

/// How one property of a form is written.
///
/// @param contentTypes media types or ranges that a part may have, in lower case; empty for the one that follows from the property's schema
/// @param style absent where the contract says nothing about styles
/// @param headers what must or may be among a part's headers
public record Encoding(List<String> contentTypes, Optional<Parameter.Style> style, boolean explode, List<Parameter> headers, Location at) {

  public Encoding {
    contentTypes = List.copyOf(contentTypes);
    headers = List.copyOf(headers);
  }
}
