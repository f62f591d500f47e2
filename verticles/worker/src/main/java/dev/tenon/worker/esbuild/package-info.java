/// esbuild, driven from Java: its native executable runs as a child process and is spoken to in the protocol its own JavaScript API uses, so that
/// plugins can be written here. No Node.js is needed.
///
/// Enter at [Esbuild]. This package knows nothing of workers.
package dev.tenon.worker.esbuild;
