/// Checks a document: against the specification of OpenAPI 3.0 and 3.1, and against a few rules that make a contract one that others can build on.
///
/// Enter at [ContractCheck]. The document is surveyed once, which gives every object of it with what it is ([Survey]); each [Rule] then looks at the objects it is
/// about. [OpenApiObjects] is the specification as a table: which object has which fields. All findings are said at once.
///
/// Knows no Vert.x, no HTTP and no terminal.
package dev.tenon.contract.lint;
