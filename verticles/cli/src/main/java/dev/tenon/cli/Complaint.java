package dev.tenon.cli;

/// A command cannot go on, for a reason its user can do something about. The message is the whole sentence the user sees: which thing – what is
/// wrong – what to do next.
final class Complaint extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int FAILED = 1;
  private static final int MISUSE = 2;

  private final int exitCode;

  Complaint(String message) {
    this(message, null, FAILED);
  }

  Complaint(String message, Throwable cause) {
    this(message, cause, FAILED);
  }

  /// An argument has a value that it cannot have.
  Complaint(String message, IllegalArgumentException misuse) {
    this(message, misuse, MISUSE);
  }

  private Complaint(String message, Throwable cause, int exitCode) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /// An argument cannot be used.
  static Complaint misuse(String message) {
    return new Complaint(message, null, MISUSE);
  }

  /// What the command ends with.
  int exitCode() {
    return exitCode;
  }
}
