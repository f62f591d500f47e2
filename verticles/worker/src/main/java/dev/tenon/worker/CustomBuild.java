package dev.tenon.worker;

import dev.tenon.worker.config.Problem;
import dev.tenon.worker.config.Problems;
import dev.tenon.worker.config.WranglerConfig.BuildCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs a configuration's `build.command`, which makes the entry point.
final class CustomBuild {

  private static final Duration MAX = Duration.ofMinutes(10);
  private static final int OUTPUT_LINES_MAX = 40;

  private CustomBuild() {}

  /// Blocks until the command has ended. Its output is shown only when it fails.
  static void run(BuildCommand build, Problems problems) {
    Path output = null;
    try {
      output = Files.createTempFile("tenon-build-", ".log");
      Process process = new ProcessBuilder("sh", "-c", build.command())
          .directory(build.directory().toFile())
          .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
      if (!process.waitFor(MAX.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        failed(build, "did not end within " + MAX.toMinutes() + " minutes", output, problems);
      } else if (process.exitValue() != 0) {
        failed(build, "ended with exit code " + process.exitValue(), output, problems);
      }
    } catch (IOException e) {
      problems.error(Problem.of(build.at(), "\"build.command\" cannot be run in " + build.directory() + ": " + e.getMessage(), "check \"build.cwd\""));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      problems.error(Problem.of(build.at(), "\"build.command\" was interrupted", ""));
    } finally {
      delete(output);
    }
  }

  private static void failed(BuildCommand build, String how, Path output, Problems problems) throws IOException {
    List<String> lines = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).lines().toList();
    String last = String.join("\n", lines.subList(Math.max(0, lines.size() - OUTPUT_LINES_MAX), lines.size()));
    problems.error(Problem.of(build.at(), "\"build.command\" " + how, last.isEmpty() ? "it wrote nothing" : "it wrote:\n" + last));
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }
}
