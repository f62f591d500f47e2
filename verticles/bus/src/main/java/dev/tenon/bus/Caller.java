package dev.tenon.bus;

/// Which component made a call, and what of the called one's contract it calls.
///
/// @param operation an operationId; empty for what no contract names: a method of a worker, or a component whose contract is not known
public record Caller(String component, String operation) {}
