package dev.tenon.contract.sample;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Texts in the formats that schemas name, and texts that just miss them.
final class FormatTexts {

  private static final Map<String, List<String>> VALID = Map.ofEntries(
      Map.entry("date", List.of("2026-02-28", "2024-02-29", "0001-01-01", "9999-12-31")),
      Map.entry("time", List.of("09:30:00Z", "00:00:00Z", "23:59:59.999999999+14:00")),
      Map.entry("date-time", List.of("2026-02-28T09:30:00Z", "1970-01-01T00:00:00Z", "2024-02-29T23:59:59.123456789Z", "9999-12-31T23:59:59-12:00")),
      Map.entry("duration", List.of("PT1H", "P1D", "P3Y6M4DT12H30M5S", "P2W", "PT0S")),
      Map.entry("uuid", List.of("0192f1a4-7c1e-7d55-8c0a-3f2b9d1e6a70", "00000000-0000-0000-0000-000000000000", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF")),
      Map.entry("email", List.of("ada@example.org", "a@b.co", "grace.hopper+tag@mail.example.org")),
      Map.entry("hostname", List.of("example.org", "a", "xn--bcher-kva.example", "a-b.c-d.example.org")),
      Map.entry("ipv4", List.of("192.0.2.1", "0.0.0.0", "255.255.255.255")),
      Map.entry("ipv6", List.of("2001:db8::1", "::", "::ffff:192.0.2.1", "2001:0db8:0000:0000:0000:0000:0000:0001")),
      Map.entry("uri", List.of("https://example.org/a?b=c#d", "urn:tenon:example", "http://[2001:db8::1]:8080/")),
      Map.entry("uri-reference", List.of("/a/b?c=d", "https://example.org/", "#part", "")),
      Map.entry("json-pointer", List.of("/a/0", "", "/a~1b/c~0d")),
      Map.entry("byte", List.of("dGVub24=", "", "AA==", "+/+/")));

  private static final Map<String, List<String>> INVALID = Map.ofEntries(
      Map.entry("date", List.of("2026-02-30", "2026-2-1", "28.02.2026", "2026-02-28T00:00:00Z")),
      Map.entry("time", List.of("24:00:00Z", "09:30", "09:30:00", "9:30:00Z")),
      Map.entry("date-time", List.of("2026-02-30T09:30:00Z", "2026-02-28 09:30:00", "2026-02-28T09:30:00", "2026-02-28T25:30:00Z")),
      Map.entry("duration", List.of("P", "1H", "PT", "P1H")),
      Map.entry("uuid", List.of("0192f1a4-7c1e-7d55-8c0a-3f2b9d1e6a7g", "0192f1a47c1e7d558c0a3f2b9d1e6a70", "0192f1a4-7c1e-7d55-8c0a-3f2b9d1e6a7")),
      Map.entry("email", List.of("ada@-example.org", "ada.@example.org", "ada@example..org", "ada@@example.org", "ada.example.org", "ada@")),
      Map.entry("hostname", List.of("-example.org", "exa_mple.org", "example..org", "exa mple.org")),
      Map.entry("ipv4", List.of("256.0.2.1", "192.0.2", "192.0.2.1.5", "192.0.02.1x")),
      Map.entry("ipv6", List.of("1::2::3", "2001:db8:::1", "12345::", "g::1")),
      Map.entry("uri", List.of("/relative", "http://exa mple.org/", "https://example.org/%zz", "://example.org")),
      Map.entry("uri-reference", List.of("/a b", "http://exa mple.org/", "/%zz", "\\")),
      Map.entry("json-pointer", List.of("a/0", "/a~2b", "/a~")),
      Map.entry("byte", List.of("dGVub24", "dGVub24=*", "d===", "dGV ub24=")));

  private static final Map<String, Integer> LEAST = Map.of("email", 3, "hostname", 1, "uri", 3, "uri-reference", 0, "json-pointer", 0, "byte", 0, "date-time", 20, "time", 9);

  private FormatTexts() {}

  /// Whether the format is one that is checked.
  static boolean isKnown(String format) {
    return VALID.containsKey(format);
  }

  static List<String> valid(String format) {
    return VALID.getOrDefault(format, List.of());
  }

  static List<String> invalid(String format) {
    return INVALID.getOrDefault(format, List.of());
  }

  /// A text in the format that is as long as asked; empty where the format has a length of its own.
  static Optional<String> ofLength(String format, int characters) {
    if (characters < LEAST.getOrDefault(format, Integer.MAX_VALUE)) {
      return Optional.empty();
    }
    return Optional.ofNullable(switch (format) {
      case "email" -> characters <= 66 ? "a".repeat(characters - 2) + "@b" : "a".repeat(64) + "@" + host(characters - 65);
      case "hostname" -> host(characters);
      case "uri" -> "urn:".length() + 1 > characters ? "u:" + "a".repeat(characters - 2) : "urn:" + "a".repeat(characters - 4);
      case "uri-reference" -> "a".repeat(characters);
      case "json-pointer" -> characters == 0 ? "" : "/" + "a".repeat(characters - 1);
      case "byte" -> characters % 4 == 0 ? "A".repeat(characters) : null;
      case "date-time" -> fraction("2026-02-28T09:30:00", characters);
      case "time" -> fraction("09:30:00", characters);
      default -> null;
    });
  }

  private static String fraction(String start, int characters) {
    int digits = characters - start.length() - 2;
    return digits < 0 ? start + "Z" : digits == 0 ? null : start + "." + "1".repeat(digits) + "Z";
  }

  private static String host(int characters) {
    StringBuilder host = new StringBuilder();
    int left = characters;
    while (left > 63) {
      int label = left == 64 ? 62 : 63;
      host.append("b".repeat(label)).append('.');
      left -= label + 1;
    }
    return host.append("b".repeat(Math.max(1, left))).toString();
  }

  /// Another text in the format, most likely one that was not made before.
  static String random(String format, Random random) {
    String word = Texts.letters(8, random);
    return switch (format) {
      case "date" -> date(random);
      case "time" -> time(random);
      case "date-time" -> date(random) + "T" + time(random);
      case "duration" -> "PT" + random.nextInt(1_000_000) + "S";
      case "uuid" -> {
        String hex = HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
        yield hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-4" + hex.substring(13, 16) + "-8" + hex.substring(17, 20) + "-" + hex.substring(20);
      }
      case "email" -> word + "@example.org";
      case "hostname" -> word + ".example.org";
      case "ipv4" -> "192.0." + random.nextInt(256) + "." + random.nextInt(256);
      case "ipv6" -> "2001:db8::" + Integer.toHexString(random.nextInt(0xFFFF)) + ":" + Integer.toHexString(random.nextInt(0xFFFF));
      case "uri" -> "https://example.org/" + word;
      case "uri-reference", "json-pointer" -> "/" + word;
      case "byte" -> Texts.letters(8, random);
      default -> word;
    };
  }

  private static String date(Random random) {
    return "%04d-%02d-%02d".formatted(1970 + random.nextInt(100), 1 + random.nextInt(12), 1 + random.nextInt(28));
  }

  private static String time(Random random) {
    return "%02d:%02d:%02dZ".formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60));
  }

  /// Every text that may be tried for a value in a format: the known ones, one of the length asked for, and another one.
  static List<String> candidates(String format, int characters, Random random) {
    List<String> all = new ArrayList<>(valid(format));
    ofLength(format, characters).ifPresent(text -> all.addFirst(text));
    all.add(random(format, random));
    return all;
  }
}
