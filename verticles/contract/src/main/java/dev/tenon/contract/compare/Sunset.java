package dev.tenon.contract.compare;

import dev.tenon.contract.Node;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/// The day from which something may be gone: `x-sunset`, a date or a date and time as RFC 3339 writes them.
final class Sunset {

  private Sunset() {}

  /// Empty where there is none, or none that is a date.
  static Optional<LocalDate> of(Node.Obj node) {
    String text = node.text("x-sunset").orElse("");
    try {
      return text.length() < 10 ? Optional.empty() : Optional.of(LocalDate.parse(text.substring(0, 10)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
