/// JSON Schema compiled into checks: the dialects of OpenAPI 3.0 and 3.1 (JSON Schema 2020-12).
///
/// Enter at [SchemaCompiler], which makes a [Schema] of a node of a contract. A schema is checked in two steps: [Schema#accepts] walks a value without
/// allocating anything, and only a value that is refused is walked again to say why. Values are what [JsonValue] reads: maps, lists, strings, numbers,
/// booleans and null.
package dev.tenon.contract.schema;
