package dev.tenon.contract.coupling;

/// A repository cannot be measured. The message is a whole sentence: which thing – what is wrong – what to do next.
public final class CouplingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CouplingException(String message) {
    super(message);
  }

  public CouplingException(String message, Throwable cause) {
    super(message, cause);
  }
}
