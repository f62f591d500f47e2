package dev.tenon.gateway;

import dev.tenon.contract.Contract;

/// A component that clients may reach, and what they may ask of it.
///
/// @param component its name on the bus
public record Route(String component, Contract contract) {}
