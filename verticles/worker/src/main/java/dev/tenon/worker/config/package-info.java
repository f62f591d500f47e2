/// What a worker's team writes about it: `wrangler.toml`, `wrangler.json`, `wrangler.jsonc`, `.dev.vars`.
///
/// Enter at [WranglerConfig]. Everything wrong is a [Problem] with its file, line and column; all of them are reported together.
/// This package knows nothing of bindings, bundling or isolates.
package dev.tenon.worker.config;
