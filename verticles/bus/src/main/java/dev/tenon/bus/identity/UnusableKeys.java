package dev.tenon.bus.identity;

/// Keys that cannot be worked with. Whoever needs them does not start: a verifier without keys must never exist.
public final class UnusableKeys extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  UnusableKeys(String message) {
    super(message);
  }
}
