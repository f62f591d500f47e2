package dev.tenon.worker.config;

import java.util.function.Predicate;

/// How much of Node.js a worker has.
///
/// @see <a href="https://developers.cloudflare.com/workers/runtime-apis/nodejs/">Node.js compatibility</a>
public enum NodeCompat {
  /// Nothing.
  NONE,
  /// `nodejs_als`: `node:async_hooks` alone.
  ASYNC_LOCAL_STORAGE,
  /// `nodejs_compat` with a date before 2024-09-23: modules under their `node:` names; no globals.
  PREFIXED,
  /// `nodejs_compat` since, or `nodejs_compat_v2`: modules with and without `node:`, and the globals.
  FULL;

  /// @param hasFlag which compatibility flags are on
  public static NodeCompat of(Predicate<String> hasFlag) {
    if (hasFlag.test("nodejs_compat_v2")) {
      return FULL;
    }
    if (hasFlag.test("nodejs_compat")) {
      return PREFIXED;
    }
    return hasFlag.test("nodejs_als") ? ASYNC_LOCAL_STORAGE : NONE;
  }

  /// Whether a module of Node.js may be imported.
  ///
  /// @param name with `node:`
  public boolean has(String name) {
    return switch (this) {
      case NONE -> false;
      case ASYNC_LOCAL_STORAGE -> name.equals("node:async_hooks");
      case PREFIXED, FULL -> true;
    };
  }
}
