package dev.tenon.contract;

/// The body that an operation takes.
public record RequestBody(boolean required, Content content, Location at) {}
