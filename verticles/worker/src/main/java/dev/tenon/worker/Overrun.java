package dev.tenon.worker;

import dev.tenon.bus.Failure;

/// What is said of an isolate that had to be ended because it overran a limit.
record Overrun(WorkerDefinition definition, WorkerOptions options) {

  /// @param started whether the worker's top level had run
  Failure failure(Slice.Overrun what, boolean started) {
    return switch (what) {
      case CPU -> started ? requestCpu() : startCpu();
      case ALLOCATION -> memory();
      case HELD_EVENT_LOOP -> exceeded("held an event loop for more than " + options.eventLoopHold().toMillis() + " ms of CPU time");
      case UNWANTED -> exceeded("computed on for a request that nobody waited for any more");
      case STOPPED -> new Failure(Failure.Code.COMPONENT_FAILED, "worker " + definition.name() + " was stopped while it computed");
    };
  }

  Failure memory() {
    return exceeded("exceeded its memory limit");
  }

  private Failure requestCpu() {
    return exceeded("exceeded its CPU time limit of " + definition.limits().cpu().toMillis() + " ms");
  }

  private Failure startCpu() {
    return new Failure(
        Failure.Code.LIMIT_EXCEEDED, "its top level computes without end: its start may take " + definition.limits().startup().toMillis()
            + " ms of CPU time – look for a loop that never ends, or move long work into a handler");
  }

  private Failure exceeded(String how) {
    return new Failure(Failure.Code.LIMIT_EXCEEDED, "worker " + definition.name() + " " + how);
  }
}
