package dev.tenon.worker.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityTest {

  @ParameterizedTest
  @CsvSource({
      "nodejs_compat, 2026-08-03, '', false",
      "nodejs_compat, 2026-08-04, '', true",
      "nodejs_compat, 2026-08-04, no_nodejs_compat, false",
      "nodejs_compat, 2024-01-01, nodejs_compat, true",
      "nodejs_compat_v2, 2024-09-22, nodejs_compat, false",
      "nodejs_compat_v2, 2024-09-23, nodejs_compat, true",
      "nodejs_compat_v2, 2024-09-23, '', false",
      "nodejs_compat_v2, 2026-08-04, '', true",
      "global_navigator, 2022-03-20, '', false",
      "global_navigator, 2022-03-21, '', true",
      "global_navigator, 2022-03-21, no_global_navigator, false",
      "nodejs_als, 2026-11-17, '', false",
      "something_new, 2026-11-17, '', false",
      "something_new, 2026-11-17, something_new, true",
  })
  void flagsFollowDateAndNames(String flag, LocalDate date, String named, boolean expected) {
    assertEquals(expected, Compatibility.isOn(flag, date, named.isEmpty() ? Set.of() : Set.of(named)));
  }
}
