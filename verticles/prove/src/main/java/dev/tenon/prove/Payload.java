package dev.tenon.prove;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The body of a request.
sealed interface Payload {

  /// Text, which may hold `${NAME}` of the set-up.
  record Written(String text) implements Payload {}

  /// What is in a file.
  record Filed(Path file) implements Payload {}

  /// No body at all.
  record None() implements Payload {}

  None NONE = new None();

  default byte[] bytes(Variables variables) {
    return switch (this) {
      case Written written -> variables.fill(written.text()).getBytes(StandardCharsets.UTF_8);
      case Filed filed -> read(filed.file());
      case None none -> new byte[0];
    };
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
