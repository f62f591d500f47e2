/// Code from contracts: types and clients, as text.
///
/// Enter at [GeneratedFiles]: the files of one contract, in Java or in TypeScript. [Api] is what a contract says, without its spelling: its types
/// ([Type], [Declaration]), operations and events; [ApiReader] makes it, with [Shape] putting `allOf`, `$ref` and siblings together. The packages below
/// write it down in one language each. The same contract gives the same bytes, everywhere.
///
/// Knows no Vert.x: it writes code that does.
package dev.tenon.contract.generate;
