package dev.tenon.cli;

/// A command cannot go on, for a reason its user can do something about. The message is the whole sentence the user sees: which thing – what is
/// wrong – what to do next.
final class Complaint extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Complaint(String message) {
    super(message);
  }

  Complaint(String message, Throwable cause) {
    super(message, cause);
  }
}
