/// An [Api][dev.tenon.contract.generate.Api] as TypeScript: declarations (`.d.ts`) and, beside them, a module that runs as it is (`.js`), so that no consumer
/// has to compile anything and none is held to the compiler options of another.
///
/// Enter at [TypeScriptGenerator]. What all clients share is `runtime.js` among the resources: it sends calls and reads answers as the tables that
/// [ModuleWriter] writes say. No dependencies, nothing done on import.
package dev.tenon.contract.generate.typescript;
