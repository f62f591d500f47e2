package dev.tenon.worker.wpt;

import java.util.List;

/// What came of one file, or of one variant of it.
///
/// @param path with the variant's query string
/// @param millis that it took
record Outcome(String path, long millis, List<Subtest> subtests) {

  /// A failure of the file as a whole: an error outside of every subtest, a time-out, an isolate that ended.
  static final String HARNESS = "(the file itself)";

  Outcome {
    subtests = List.copyOf(subtests);
  }

  /// @param message why it failed; empty when it passed
  record Subtest(String name, boolean passed, String message) {}

  static Outcome failed(String path, String message) {
    return new Outcome(path, 0, List.of(new Subtest(HARNESS, false, message)));
  }

  Outcome took(long duration) {
    return new Outcome(path, duration, subtests);
  }

  /// How many subtests ran: failures of the file itself are none.
  long ran() {
    return subtests.stream().filter(each -> !each.name().equals(HARNESS)).count();
  }

  long passed() {
    return subtests.stream().filter(Subtest::passed).count();
  }
}
