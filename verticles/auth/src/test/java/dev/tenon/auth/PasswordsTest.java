package dev.tenon.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PasswordsTest {

  private static final EmailAddress ADA = EmailAddress.parse("ada.lovelace@example.org").orElseThrow();

  private final Passwords passwords = new Passwords();
  private final PasswordRules rules = new PasswordRules();

  @Test
  void aHashIsOfItsPasswordOnly() {
    String hash = passwords.hash("correct horse battery");
    assertTrue(passwords.matches(hash, "correct horse battery"));
    assertFalse(passwords.matches(hash, "correct horse batterY"));
    assertFalse(passwords.matches(hash, "correct horse battery "));
    assertFalse(passwords.matches(hash, ""));
  }

  @Test
  void theSamePasswordHashesDifferentlyEachTime() {
    assertNotEquals(passwords.hash("correct horse battery"), passwords.hash("correct horse battery"));
  }

  /// A vector made with the reference implementation: echo -n password | argon2 somesalt -id -v 13 -m 16 -t 2 -p 1.
  @Test
  void itIsArgon2id() {
    assertTrue(passwords.matches("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", "password"));
  }

  @Test
  void nobodysHashCostsTheSameAndMatchesNothing() {
    String nobody = passwords.unmatchable();
    String somebody = passwords.hash("correct horse battery");
    assertEquals(somebody.substring(0, somebody.indexOf("p=1") + 3), nobody.substring(0, nobody.indexOf("p=1") + 3));
    assertEquals(somebody.length(), nobody.length());
    assertFalse(passwords.matches(nobody, "correct horse battery"));
  }

  @Test
  void whatIsNoHashIsABug() {
    assertEquals("a stored password hash is not Argon2id in PHC form",
        assertThrows(IllegalStateException.class, () -> passwords.matches("plain", "plain")).getMessage());
  }

  @Test
  void rulesAskForLengthAndForSomethingUncommonAndNothingElse() {
    check("correct horse battery", Optional.empty());
    check("ÄäÖöÜüßß", Optional.empty());
    check("\uD83D\uDC34".repeat(4) + "abcd", Optional.empty());
    check("k7\t!\n\u0000zz", Optional.empty());
    check("ab".repeat(64), Optional.empty());
    check("", Optional.of("is shorter than 8 characters"));
    check("\uD83D\uDC34".repeat(7), Optional.of("is shorter than 8 characters"));
    check("ab".repeat(64) + "c", Optional.of("is longer than 128 characters"));
    check("password1", Optional.of("is one of the most common passwords"));
    check("QWERTYUIOP", Optional.of("is one of the most common passwords"));
    check("zzzzzzzzzzzz", Optional.of("is one of the most common passwords"));
    check("Ada.Lovelace@example.org", Optional.of("is the e-mail address"));
    check("ada.lovelace", Optional.of("is the e-mail address"));
  }

  private void check(String password, Optional<String> objection) {
    assertEquals(objection, rules.objection(ADA, password), password);
  }
}
