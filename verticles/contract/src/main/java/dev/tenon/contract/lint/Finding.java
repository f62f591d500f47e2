package dev.tenon.contract.lint;

import dev.tenon.contract.Location;

/// One thing that a check found.
///
/// @param at where it is written
/// @param pointer the same place as a JSON pointer (RFC 6901) into the file that `at` names; empty for the whole document
/// @param message which thing – what is wrong – what to do
public record Finding(Rule rule, Severity severity, Location at, String pointer, String message) {

  /// The same with a file name that is read from somewhere else.
  ///
  /// @param folder of the contract, as whoever reads the finding names it; empty for none
  public Finding below(String folder) {
    return folder.isEmpty() ? this : new Finding(rule, severity, new Location(folder + "/" + at.file(), at.line(), at.column()), pointer, message);
  }

  /// As compilers write it: `auth/openapi.yaml:12:7 error – … [rule] #/paths/…`.
  @Override
  public String toString() {
    return at + " " + severity.word() + " " + message + " [" + rule.id() + "]" + (pointer.isEmpty() ? "" : " #" + pointer);
  }
}
