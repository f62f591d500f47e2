/// How far the components of a repository depend on each other.
///
/// Enter at [Coupling#measure]: it finds the services and workers below a folder, reads what their byte code, module graphs, package files and manifests say, and is then the list of
/// their [Dependency]s, inside and between. `docs/contracts.md` defines what counts.
///
/// Knows neither esbuild nor wrangler's configuration: what a worker imports is told by a [WorkerReader].
package dev.tenon.contract.coupling;
