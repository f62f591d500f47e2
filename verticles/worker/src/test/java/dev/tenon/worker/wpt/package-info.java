/// Runs web-platform-tests in the runtime, against what the ledgers in `src/test/wpt` expect. Entered at [dev.tenon.worker.wpt.WebPlatformTests]; uses the
/// runtime's public types only. Nothing of the tests themselves is in this repository: they are read from the folders that `wpt.root` names.
package dev.tenon.worker.wpt;
