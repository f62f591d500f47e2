package dev.tenon.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ThrottlingTest {

  private final AuthSettings.Throttling throttling = new AuthSettings.Throttling(5, 300);

  @Test
  void theWaitDoublesWithEachFailureUpToItsBound() {
    check(0, 0, 0);
    check(4, 0, 0);
    check(5, 0, 1);
    check(6, 0, 2);
    check(10, 0, 32);
    check(13, 0, 256);
    check(14, 0, 300);
    check(1_000_000, 0, 300);
  }

  @Test
  void timeThatHasPassedCounts() {
    check(10, 31.5, 1);
    check(10, 32, 0);
    check(10, 1e9, 0);
    check(10, -5, 37); // the database's clock was set back
  }

  private void check(int failures, double secondsAgo, int waitSeconds) {
    assertEquals(waitSeconds, throttling.waitSeconds(failures, secondsAgo), failures + " failures, " + secondsAgo + " s ago");
  }
}
