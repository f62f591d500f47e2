/// Which module of a worker imports which, for measuring how far components depend on each other.
///
/// Enter at [WorkerGraphs]. esbuild parses and resolves; nothing is bundled, so packages need not be installed.
package dev.tenon.cli.graph;
