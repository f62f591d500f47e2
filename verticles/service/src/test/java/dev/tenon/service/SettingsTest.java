package dev.tenon.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettingsTest {

  enum Mode { FAST, SAFE }

  record Pool(int sizeMax, boolean eager) {
    Pool {
      if (sizeMax > 10) {
        throw new IllegalArgumentException("sizeMax is " + sizeMax + " – give at most 10");
      }
    }
  }

  record All(String greeting, Duration tokenLifetime, Mode mode, Pool pool) {}

  private static final All DEFAULTS = new All("hello", Duration.ofMinutes(10), Mode.SAFE, new Pool(4, false));

  @Test
  void whatIsNotWrittenIsAsInTheDefaults() {
    check("", DEFAULTS);
    check("settings: {}", DEFAULTS);
    check("settings:\n  greeting: ahoy\n", new All("ahoy", Duration.ofMinutes(10), Mode.SAFE, new Pool(4, false)));
    check("""
        settings:
          token-lifetime: 1h
          mode: fast
          pool: { size-max: 7, eager: true }
        """, new All("hello", Duration.ofHours(1), Mode.FAST, new Pool(7, true)));
  }

  @Test
  void durationsHaveUnits() {
    for (String[] row : new String[][] {{"250ms", "PT0.25S"}, {"20s", "PT20S"}, {"5m", "PT5M"}, {"2h", "PT2H"}, {"30d", "PT720H"}}) {
      check("settings: { token-lifetime: " + row[0] + " }", new All("hello", Duration.parse(row[1]), Mode.SAFE, new Pool(4, false)));
    }
  }

  @Test
  void everythingWrongIsSaidAtOnce() {
    refuse("""
        settings:
          greting: ahoy
          token-lifetime: soon
          mode: reckless
          pool:
            size-max: -1
            eager: maybe
        """, """
        component.yaml:6 – settings.greting is not known
        component.yaml:7 – settings.token-lifetime is 'soon', not a duration such as 500ms, 20s, 5m, 1h or 30d
        component.yaml:8 – settings.mode is 'reckless', not one of [FAST, SAFE]
        component.yaml:10 – settings.pool.size-max is '-1', not a whole number
        component.yaml:11 – settings.pool.eager is 'maybe', not true or false""");
  }

  @Test
  void whatTheRecordItselfRefusesIsSaidWithItsSection() {
    refuse("settings:\n  pool:\n    size-max: 11\n", "component.yaml:7 – sizeMax is 11 – give at most 10");
  }

  private static All read(String settings) {
    ComponentManifest manifest = ComponentManifest.parse(
        "name: a\nversion: 1.0.0\nmain: a.B\ncontract: c/openapi.yaml\n" + settings, "component.yaml");
    return new Settings(manifest.origin()).overlay(DEFAULTS, manifest.settings());
  }

  private static void check(String settings, All expected) {
    assertEquals(expected, read(settings));
  }

  private static void refuse(String settings, String message) {
    assertEquals(message, assertThrows(ServiceException.class, () -> read(settings)).getMessage());
  }
}
