/// OpenAPI as a value: read, bundled, checked.
///
/// Enter at [Contract]: it reads a document of one or several files, in YAML or JSON, OpenAPI 3.0 or 3.1, and is then the list of its [Operation]s.
/// Every [Node] of it knows the file, line and column it came from, so that whatever is said about a contract names a place that can be opened.
/// [dev.tenon.contract.schema] turns its schemas into checks of values, [dev.tenon.contract.sample] makes values for them.
///
/// Knows no Vert.x, no HTTP and no database: build, command line, edge and deployment use the same code.
package dev.tenon.contract;
