package dev.tenon.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A command that is run to its end.
///
/// @param environment over this process's own; an empty value removes the variable
record Command(Path folder, Map<String, String> environment, List<String> words) {

  private static final Duration DEADLINE = Duration.ofMinutes(2);

  /// What it said and how it ended.
  record Outcome(int exitCode, String out, String err) {}

  static Command of(String... words) {
    return new Command(Path.of("").toAbsolutePath(), Map.of(), List.of(words));
  }

  Command in(Path other) {
    return new Command(other, environment, words);
  }

  Command with(Map<String, String> variables) {
    return new Command(folder, variables, words);
  }

  Outcome run() {
    try {
      Path out = Files.createTempFile("tenon-test", ".out");
      Path err = Files.createTempFile("tenon-test", ".err");
      Process process = builder().redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      process.getOutputStream().close();
      if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(words + " did not end; it said: " + Files.readString(out) + Files.readString(err));
      }
      Outcome outcome = new Outcome(process.exitValue(),
          Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
      Files.delete(out);
      Files.delete(err);
      return outcome;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  ProcessBuilder builder() {
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    environment.forEach((name, value) -> {
      if (value.isEmpty()) {
        builder.environment().remove(name);
      } else {
        builder.environment().put(name, value);
      }
    });
    return builder;
  }
}
