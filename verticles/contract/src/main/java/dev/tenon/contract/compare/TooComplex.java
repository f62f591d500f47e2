package dev.tenon.contract.compare;

/// The work for one comparison has passed its bound.
final class TooComplex extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooComplex() {
    super("too complex to decide", null, false, false);
  }
}
