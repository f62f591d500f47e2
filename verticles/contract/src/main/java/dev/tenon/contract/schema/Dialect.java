package dev.tenon.contract.schema;

/// What the keywords of a schema mean.
public enum Dialect {
  /// OpenAPI 3.0: `nullable`, boolean `exclusiveMinimum`, and a `$ref` that hides its neighbours.
  OPENAPI_3_0,
  /// OpenAPI 3.1: JSON Schema 2020-12, with known formats asserted.
  DRAFT_2020_12
}
