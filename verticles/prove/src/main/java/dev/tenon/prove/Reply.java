package dev.tenon.prove;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What came back for a request.
sealed interface Reply {

  /// An answer.
  ///
  /// @param headers values by name in lower case
  record Answer(int status, Map<String, List<String>> headers, byte[] body) implements Reply {

    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).map(List::getFirst);
    }
  }

  /// No answer that can be read as HTTP.
  ///
  /// @param what for instance `no answer within 10 s`
  record Broken(String what) implements Reply {}
}
