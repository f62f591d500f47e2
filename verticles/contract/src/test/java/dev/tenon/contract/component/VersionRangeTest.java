package dev.tenon.contract.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {

  @ParameterizedTest
  @CsvSource(delimiter = ';', quoteCharacter = '"', value = {
      "^1.2        ; 1.2.0 1.9.9             ; 1.1.9 2.0.0 2.0.0-rc.1 1.3.0-rc.1",
      "^1.2.3      ; 1.2.3 1.3.0             ; 1.2.2 2.0.0",
      "^0.2.3      ; 0.2.3 0.2.9             ; 0.3.0 0.2.2",
      "^0.0.3      ; 0.0.3                   ; 0.0.4 0.1.0",
      "^0          ; 0.0.0 0.9.9             ; 1.0.0",
      "^0.0        ; 0.0.0 0.0.9             ; 0.1.0",
      "~1.2.3      ; 1.2.3 1.2.9             ; 1.3.0 1.2.2",
      "~1.2        ; 1.2.0 1.2.9             ; 1.3.0",
      "~1          ; 1.0.0 1.9.0             ; 2.0.0",
      "1.x         ; 1.0.0 1.9.0             ; 2.0.0 0.9.0",
      "1.2.*       ; 1.2.0 1.2.9             ; 1.3.0",
      "*           ; 0.0.0 7.1.2             ; 1.0.0-rc.1",
      ">=1.2 <2    ; 1.2.0 1.9.9             ; 1.1.0 2.0.0 2.0.0-rc.1",
      ">1          ; 2.0.0                   ; 1.9.9 1.0.0",
      ">1.2.3      ; 1.2.4                   ; 1.2.3",
      "<=1.2       ; 1.2.9 0.1.0             ; 1.3.0",
      "<1.2        ; 1.1.9                   ; 1.2.0",
      "1.2 - 2.3   ; 1.2.0 2.3.9             ; 2.4.0 1.1.9",
      "1.2 - 2.3.4 ; 2.3.4                   ; 2.3.5",
      "^1 || ^3.1  ; 1.5.0 3.1.0             ; 2.0.0 3.0.9",
      "=1.2.3      ; 1.2.3                   ; 1.2.4",
      "1.2.3       ; 1.2.3                   ; 1.2.4 1.2.2",
      ">= 1.2.3    ; 1.2.3                   ; 1.2.2",
      "^1.2.3-rc.2 ; 1.2.3-rc.2 1.2.3-rc.10 1.2.3 1.9.0 ; 1.2.3-rc.1 1.3.0-rc.3 2.0.0",
      "<*          ; \"\"                    ; 0.0.0 1.0.0"})
  void aRangeHoldsWhatNpmSaysItHolds(String range, String inside, String outside) {
    VersionRange parsed = VersionRange.parse(range).orElseThrow();
    versions(inside).forEach(version -> assertTrue(parsed.contains(version), range + " holds " + version));
    versions(outside).forEach(version -> assertTrue(!parsed.contains(version), range + " does not hold " + version));
    assertEquals(range, parsed.toString());
  }

  private static List<SemanticVersion> versions(String texts) {
    return List.of(texts.split(" ")).stream().filter(text -> !text.isEmpty()).map(text -> SemanticVersion.parse(text).orElseThrow()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "^", "1.2.3.4", "^1.2 and more", "1..2", ">=1.2<2", "01.2", "latest", "1.2 -2", "^1 | ^2", "99999999999"})
  void whatIsNoRangeIsNone(String text) {
    assertEquals(Optional.empty(), VersionRange.parse(text));
  }

  @Test
  void versionsAreOrderedAsTheirSpecificationSays() {
    List<SemanticVersion> ordered = versions("1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0 1.0.1 1.2.0 2.0.0");
    for (int i = 1; i < ordered.size(); i++) {
      assertTrue(ordered.get(i - 1).compareTo(ordered.get(i)) < 0, ordered.get(i - 1) + " is before " + ordered.get(i));
    }
    assertEquals(Optional.of(SemanticVersion.of(1, 2, 3)), SemanticVersion.parse("1.2.3+build.7"));
    for (String none : List.of("1.2", "v1.2.3", "1.2.3-", "1.2.03", "1.2.3-01", "")) {
      assertEquals(Optional.empty(), SemanticVersion.parse(none), none);
    }
  }
}
