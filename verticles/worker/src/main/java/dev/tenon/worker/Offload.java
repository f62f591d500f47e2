package dev.tenon.worker;

import java.util.concurrent.Callable;

/// Runs work away from the isolate's event loop.
@FunctionalInterface
interface Offload {

  /// Called on the isolate's thread.
  ///
  /// @param work runs on some other thread; it must not touch a guest value, and its result is something that JavaScript may hold: a string, a number, a
  ///        boolean, `null`, or what [JsBytes#outgoing] made
  /// @return a JavaScript promise of that result, settled on the isolate's thread; a failure rejects it with an `Error` of the throwable's message
  Object promise(Callable<?> work);
}
