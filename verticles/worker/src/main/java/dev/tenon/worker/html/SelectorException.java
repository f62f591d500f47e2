package dev.tenon.worker.html;

/// A selector that cannot be.
final class SelectorException extends Exception {

  private static final long serialVersionUID = 1;

  SelectorException(String message) {
    super(message, null, false, false);
  }
}
