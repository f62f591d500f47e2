/// Who is calling: [Identity], and the checked tokens that become one.
///
/// Tokens are checked, never only decoded. This package is the only one that imports `io.vertx.ext.auth`.
package dev.tenon.bus.identity;
