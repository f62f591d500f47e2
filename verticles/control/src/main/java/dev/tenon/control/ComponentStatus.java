package dev.tenon.control;

import java.time.Instant;

/// One version of a component running on one node.
///
/// @param kind `service` or `worker`
/// @param state `starting`, `serving`, `draining`
public record ComponentStatus(String component, String kind, String version, String node, String state, Instant since) {}
