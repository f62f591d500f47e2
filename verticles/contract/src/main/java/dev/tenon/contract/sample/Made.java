package dev.tenon.contract.sample;

/// A value that was made, which may be null.
record Made(Object value) {}
