/// A worker's static assets: which files there are, what a URL means among them, and the answers made of them.
///
/// Enter at [dev.tenon.worker.assets.Assets], the value that belongs to a worker's definition, and at [dev.tenon.worker.assets.AssetServer], which answers requests with it before any
/// JavaScript is entered. Only files that were found when the worker was loaded are ever opened: a URL is looked up in a list, never joined to a path.
///
/// Never imports the JavaScript engine.
///
/// @see <a href="https://developers.cloudflare.com/workers/static-assets/">Static assets</a>
package dev.tenon.worker.assets;
