package dev.tenon.worker;

/// Which threads a worker's isolates run on.
public enum Placement {
  /// On event loops, until the worker's slices prove to be long; then on threads of its own. With WebAssembly modules: on threads of its own at once.
  AUTO,
  /// On event loops: right for workers that answer within a millisecond or two of processor time.
  EVENT_LOOP,
  /// Each isolate on a thread of its own: right for workers that compute.
  OWN_THREADS
}
