package dev.tenon.bus.identity;

/// Carries a rejection out of the steps of a check. Never leaves this package.
final class TokenRejected extends Exception {

  private static final long serialVersionUID = 1L;
  private final transient TokenCheck.Rejected rejection;

  TokenRejected(TokenCheck.Reason reason, String message) {
    super(message, null, false, false);
    this.rejection = new TokenCheck.Rejected(reason, message);
  }

  TokenCheck.Rejected rejection() {
    return rejection;
  }
}
