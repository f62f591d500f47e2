package dev.tenon.contract.sample;

/// How much of what a schema allows a value uses.
enum Style { TYPICAL, MINIMAL, MAXIMAL, RANDOM }
