package dev.tenon.worker.esbuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EsbuildBinaryTest {

  @TempDir
  private Path folder;

  private List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private String version(EsbuildBinary binary) throws Exception {
    Process process = new ProcessBuilder(binary.file().toString(), "--version").start();
    String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    return version;
  }

  @Test
  void executableIsCopiedOnceAndRuns() throws Exception {
    Path cache = folder.resolve("not/there/yet");
    EsbuildBinary binary = EsbuildBinary.locate(cache);
    assertEquals(binary.version(), version(binary));
    var before = Files.getLastModifiedTime(binary.file());
    assertEquals(binary, EsbuildBinary.locate(cache));
    assertEquals(before, Files.getLastModifiedTime(binary.file()));
    assertEquals(List.of(binary.file().getFileName().toString()), names(cache));
  }

  @Test
  void damagedCopyIsReplaced() throws Exception {
    EsbuildBinary binary = EsbuildBinary.locate(folder);
    Files.write(binary.file(), new byte[] {1, 2, 3});
    assertEquals(binary.version(), version(EsbuildBinary.locate(folder)));
  }

  @Test
  void manyMayLookForItAtOnce() throws Exception {
    List<Future<EsbuildBinary>> found = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        found.add(threads.submit(() -> EsbuildBinary.locate(folder)));
      }
    }
    for (Future<EsbuildBinary> each : found) {
      assertEquals(each.get().version(), version(each.get()));
    }
    assertEquals(1, names(folder).size());
  }

  @Test
  void directoryThatCannotBeWrittenIsReplacedByTheTemporaryOne() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    EsbuildBinary binary = EsbuildBinary.locate(file.resolve("cache"));
    assertTrue(binary.file().startsWith(Path.of(System.getProperty("java.io.tmpdir"))), binary.toString());
    assertEquals(binary.version(), version(binary));
  }

  @Test
  void executableThatDoesNotStartFailsTheStart() {
    EsbuildBinary nothing = new EsbuildBinary(folder.resolve("nothing"), "1.0.0");
    assertThrows(IOException.class, () -> Esbuild.start(nothing));
  }

  @Test
  void processThatEndsFailsTheBuild() throws Exception {
    EsbuildBinary other = new EsbuildBinary(EsbuildBinary.locate(folder).file(), "0.0.1");
    try (Esbuild esbuild = Esbuild.start(other)) {
      Path entry = Files.writeString(folder.resolve("a.js"), "export default 1");
      IOException failure = assertThrows(IOException.class,
          () -> esbuild.build(new Build(entry, List.of("--outdir=" + folder), folder, Optional.empty())));
      assertTrue(failure.getMessage().startsWith("esbuild: its process ended"), failure.getMessage());
    }
  }
}
