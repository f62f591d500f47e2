package dev.tenon.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmailAddressTest {

  @Test
  void oneAddressHasOneForm() {
    check("ada@example.org", "ada@example.org");
    check("  Ada.Lovelace+news@Example.ORG\n", "ada.lovelace+news@example.org");
    check("ada@bücher.example", "ada@xn--bcher-kva.example");
    check("ada@localhost", "ada@localhost");
    check("jose\u0301@example.org", "jos\u00e9@example.org");
    check("a".repeat(64) + "@example.org", "a".repeat(64) + "@example.org");
  }

  @Test
  void whatIsNoneIsRefused() {
    for (String written : new String[] {
        "", "@", "ada", "ada@", "@example.org", "a b@example.org", "ada@exa mple.org", "ada@-example.org", "ada@example..org", "ada@.org",
        "ada@example.org.", "ada@ex_ample.org", ".ada@example.org", "ada.@example.org", "a..b@example.org", "a@b@example.org",
        "\"a b\"@example.org", "ada@[127.0.0.1]", "ada\u0000@example.org", "ada\ud800@example.org", "ada<x>@example.org",
        "a".repeat(65) + "@example.org", "a@" + "b".repeat(64) + ".org", "a@" + "b.".repeat(130) + "org"}) {
      assertEquals(Optional.empty(), EmailAddress.parse(written), written);
    }
  }

  @Test
  void itsTextDoesNotEndInALog() {
    assertFalse(EmailAddress.parse("ada@example.org").orElseThrow().toString().contains("ada"));
  }

  private static void check(String written, String expected) {
    assertEquals(expected, EmailAddress.parse(written).orElseThrow(() -> new AssertionError(written + " is refused")).text());
  }
}
