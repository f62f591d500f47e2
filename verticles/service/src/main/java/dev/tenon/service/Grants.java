package dev.tenon.service;

import java.util.Optional;

/// What a node gives a service beside the bus.
///
/// @param database present when the service's manifest asks for one
/// @param connectionsMax how many connections its pool may hold on this node
/// @param sealer with a key of this component's own
public record Grants(Optional<DatabaseCredentials> database, int connectionsMax, Sealer sealer) {}
