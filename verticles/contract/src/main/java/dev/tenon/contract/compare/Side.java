package dev.tenon.contract.compare;

import java.util.Locale;

/// Where a change is felt, which decides the direction in which it must fit.
public enum Side {
  /// What consumers send: everything that was valid must stay so.
  REQUEST,
  /// What consumers get: everything that is valid must have been so.
  RESPONSE,
  /// What the provider sends on its own, as webhooks and callbacks: everything that is valid must have been so; and what consumers answer to it.
  EVENT,
  /// What is said of the contract as a whole.
  DOCUMENT;

  /// As reports write it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
