package dev.tenon.bus.calls;

/// What becomes of a call that the caller's manifest does not declare.
public enum CallPolicy {
  /// It fails with [dev.tenon.bus.Failure.Code#REFUSED] and never leaves.
  REFUSE,
  /// It is made, counted and, the first time, logged.
  COUNT
}
