package dev.tenon.worker;

/// What a worker may reach on the network with `fetch`.
public enum Egress {
  /// Addresses of the public internet. Loopback, private, link-local and every other special-purpose address is refused.
  PUBLIC,
  /// Every address.
  ALL,
  /// Nothing.
  NONE
}
