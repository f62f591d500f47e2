package dev.tenon.contract.sample;

/// A value that the schema allows.
///
/// @param name what is special about it, unique among the valid samples of the schema: `typical`, `/password maxLength`
/// @param value as [dev.tenon.contract.schema.JsonValue] reads it: a map, list, string, number, boolean or null
public record ValidSample(String name, Object value) {}
