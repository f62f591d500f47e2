package dev.tenon.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tenon.control.DatabaseAddress.Tls;
import org.junit.jupiter.api.Test;

class DatabaseAddressTest {

  @Test
  void urlsAreRead() {
    check("postgresql://ada:secret@db.example:6543/tenon", new DatabaseAddress("db.example", 6543, "tenon", "ada", "secret", Tls.DISABLE));
    check("postgres://ada@db/tenon", new DatabaseAddress("db", 5432, "tenon", "ada", "", Tls.DISABLE));
    check("postgresql://a%40b:p%3Aq%2F+r@db/tenon?sslmode=require",
        new DatabaseAddress("db", 5432, "tenon", "a@b", "p:q/+r", Tls.REQUIRE));
    check("postgresql://ada:x@db/tenon?sslmode=verify-full", new DatabaseAddress("db", 5432, "tenon", "ada", "x", Tls.VERIFY_FULL));
  }

  @Test
  void wrongUrlsAreRefusedWithTheReasonAndWithoutTheirPassword() {
    refuse("mysql://ada:secret@db/tenon", "it does not start with postgresql://");
    refuse("", "it is empty");
    refuse("garbage", "it does not start with postgresql://");
    refuse("postgresql://ada:secret@db:99999/tenon", "its port is 99999, not between 1 and 65535");
    refuse("postgresql://ada:secret@db:0/tenon", "its port is 0, not between 1 and 65535");
    refuse("postgresql://ada:secret@db", "it names no database");
    refuse("postgresql://ada:secret@db/a/b", "it names no database");
    refuse("postgresql://db/tenon", "it names no user");
    refuse("postgresql:///tenon", "it names no host");
    refuse("postgresql://ada:se cret@db/tenon", "it is not a URL (character 20)");
    refuse("postgresql://ada:secret@db/tenon?sslmode=maybe", "sslmode is 'maybe', not disable, prefer, require or verify-full");
    refuse("postgresql://ada:secret@db/tenon?user=x", "it has the parameter 'user', only sslmode is known");
  }

  @Test
  void itsTextHasNoPassword() {
    assertEquals("postgresql://ada@db:5432/tenon", DatabaseAddress.parse("postgresql://ada:secret@db/tenon").toString());
  }

  private static void check(String url, DatabaseAddress expected) {
    DatabaseAddress parsed = DatabaseAddress.parse(url);
    assertEquals(expected, parsed);
    assertEquals(expected.password(), parsed.password());
  }

  private static void refuse(String url, String why) {
    assertEquals("database URL – " + why + " – write it as postgresql://user:password@host:5432/database",
        assertThrows(ControlException.class, () -> DatabaseAddress.parse(url)).getMessage());
  }
}
