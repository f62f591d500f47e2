package dev.tenon.bus.calls;

/// Calls of one kind that a component of this node has made since the node started.
///
/// @param operation an operationId; empty for what no contract names
/// @param declared whether the caller's manifest declares it
/// @param count how many, refused ones included
public record RecordedCall(String caller, String callee, String operation, boolean declared, long count) {}
