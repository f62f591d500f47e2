package dev.tenon.worker.esbuild;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptEsbuildIT {

  @TempDir private Path scratch;

  @Test
  void repeatedBuildsSeeEveryChangeAndAskTheirOwnPlugin() throws IOException {
    Path main = write("main.js", "import { a } from './a.js';\nimport it from 'virtual';\nconsole.log(a, it);\n");
    write("a.js", "export const a = 'first';\n");
    try (KeptEsbuild esbuild = esbuild(KeptEsbuild.Use.REPEATED)) {
      for (String text : List.of("first", "second", "third")) {
        write("a.js", "export const a = '" + text + "';\n");
        AtomicInteger asked = new AtomicInteger();
        Plugin plugin = new Plugin(
            List.of(new Plugin.OnResolve("^virtual$", (_, _) -> {
              asked.incrementAndGet();
              return Optional.of(Resolution.in("virtual", "it"));
            })),
            List.of(new Plugin.OnLoad("virtual", _ -> "export default 'made for " + text + "';")));
        Build.Built built = esbuild.build(bundle(main, Optional.of(plugin)));
        assertEquals(List.of(), built.errors());
        String output = built.outputs().get("main.js");
        assertTrue(output.contains("\"" + text + "\"") && output.contains("\"made for " + text + "\""), output);
        assertEquals(1, asked.get());
        assertTrue(built.metafile().contains("a.js"), built.metafile());
      }
    }
  }

  @Test
  void anErrorIsReportedAndMended() throws IOException {
    Path main = write("main.js", "import './a.js';\n");
    try (KeptEsbuild esbuild = esbuild(KeptEsbuild.Use.REPEATED)) {
      write("a.js", "console.log(1);\n");
      assertEquals(List.of(), esbuild.build(bundle(main, Optional.empty())).errors());
      write("a.js", "console.log(;\n");
      assertEquals(List.of("Unexpected \";\""), esbuild.build(bundle(main, Optional.empty())).errors().stream().map(Message::text).toList());
      Files.delete(scratch.resolve("a.js"));
      assertEquals(List.of("Could not resolve \"./a.js\""), esbuild.build(bundle(main, Optional.empty())).errors().stream().map(Message::text).toList());
      write("a.js", "console.log(2);\n");
      Build.Built mended = esbuild.build(bundle(main, Optional.empty()));
      assertEquals(List.of(), mended.errors());
      assertTrue(mended.outputs().get("main.js").contains("console.log(2)"));
    }
  }

  @Test
  void repeatedAndSingleBuildsMakeTheSame() throws IOException {
    Path main = write("main.js", "import { a } from './a.js';\nexport default a;\n");
    write("a.js", "export const a = 1, unused = 2;\n");
    try (KeptEsbuild once = esbuild(KeptEsbuild.Use.ONCE); KeptEsbuild repeated = esbuild(KeptEsbuild.Use.REPEATED)) {
      Build.Built expected = once.build(bundle(main, Optional.empty()));
      assertEquals(expected, repeated.build(bundle(main, Optional.empty())));
      assertEquals(expected, repeated.build(bundle(main, Optional.empty())));
    }
  }

  @Test
  void manyDifferentBuildsAreKeptInTurn() throws IOException {
    try (KeptEsbuild esbuild = esbuild(KeptEsbuild.Use.REPEATED)) {
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 7; i++) {
          Path main = write("main" + i + ".js", "console.log('file " + i + "');\n");
          assertTrue(esbuild.build(bundle(main, Optional.empty())).outputs().get("main" + i + ".js").contains("file " + i));
        }
      }
    }
  }

  @Test
  void aFlagThatDoesNotExistIsRefused() throws IOException {
    Path main = write("main.js", "console.log(1);\n");
    for (KeptEsbuild.Use use : KeptEsbuild.Use.values()) {
      try (KeptEsbuild esbuild = esbuild(use)) {
        assertThrows(IOException.class, () -> esbuild.build(new Build(main, List.of("--no-such-flag"), scratch, Optional.empty())));
      }
    }
  }

  private static KeptEsbuild esbuild(KeptEsbuild.Use use) {
    return new KeptEsbuild(EsbuildBinary.defaultCacheDirectory(), use);
  }

  private Build bundle(Path main, Optional<Plugin> plugin) {
    return new Build(main, List.of("--bundle", "--format=esm", "--outdir=" + scratch), scratch, plugin);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(scratch.resolve(name), text);
  }
}
