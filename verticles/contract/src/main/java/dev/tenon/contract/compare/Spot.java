package dev.tenon.contract.compare;

import dev.tenon.contract.Location;

/// A place in one of the two documents.
///
/// @param pointer the JSON pointer (RFC 6901) in the file that [#at()] names
public record Spot(String pointer, Location at) {}
