package dev.tenon.auth;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which passwords may be chosen: long ones that are not among the first an attacker tries. Nothing about their
/// characters (OWASP ASVS 5.0, 6.2.5).
final class PasswordRules {

  static final int CHARACTERS_MIN = 8;
  static final int CHARACTERS_MAX = 128;

  private final Set<String> common;

  /// Reads the list of common passwords beside this class.
  PasswordRules() {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(
        PasswordRules.class.getResourceAsStream("common-passwords.txt"), StandardCharsets.UTF_8))) {
      common = lines.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toUnmodifiableSet());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /// Why a password may not be chosen; empty when it may.
  Optional<String> objection(EmailAddress email, String password) {
    int characters = password.codePointCount(0, password.length());
    if (characters < CHARACTERS_MIN) {
      return Optional.of("is shorter than " + CHARACTERS_MIN + " characters");
    }
    if (characters > CHARACTERS_MAX) {
      return Optional.of("is longer than " + CHARACTERS_MAX + " characters");
    }
    String lower = password.toLowerCase(Locale.ROOT);
    if (common.contains(lower) || lower.chars().distinct().count() == 1) {
      return Optional.of("is one of the most common passwords");
    }
    if (lower.equals(email.text()) || lower.equals(email.text().substring(0, email.text().lastIndexOf('@')))) {
      return Optional.of("is the e-mail address");
    }
    return Optional.empty();
  }
}
