package dev.tenon.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.node.WatchedFiles.Unread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {

  @TempDir private Path temporary;
  private Path root;
  private FileWatch watch;

  /// A change of the files, and what must be told for it.
  private interface Change {
    void make() throws IOException;
  }

  @BeforeEach
  void open() throws IOException {
    root = temporary.toRealPath();
    watch = new FileWatch();
    file("src/index.ts", "one");
    file("src/other.ts", "two");
  }

  @AfterEach
  void close() {
    watch.close();
  }

  private Path file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private void watch(Unread unread, String... inputs) {
    Collection<Path> read = List.of(inputs).stream().map(root::resolve).toList();
    watch.watch(WatchedFiles.of(root, read, "north", unread), Map.of());
  }

  private void check(String expected, Change change) throws Exception {
    CompletableFuture<Set<Path>> told = CompletableFuture.supplyAsync(() -> {
      try {
        return watch.awaitChange();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
    change.make();
    Set<Path> changed = told.get(60, TimeUnit.SECONDS);
    assertTrue(changed.contains(root.resolve(expected)), expected + " in " + changed);
  }

  @Test
  void aFileIsFollowedHoweverItIsWritten() throws Exception {
    watch(Unread.LEFT_OUT, "src/index.ts");
    check("src/index.ts", () -> file("src/index.ts", "in place"));
    check("src/index.ts", () -> Files.move(file("src/.index.ts.1", "over it"), root.resolve("src/index.ts"), StandardCopyOption.REPLACE_EXISTING));
    check("src/index.ts", () -> {
      Files.move(root.resolve("src/index.ts"), root.resolve("src/index.ts~"));
      file("src/index.ts", "away and anew");
    });
  }

  @Test
  void filesThatComeAndGoAreTold() throws Exception {
    watch(Unread.LEFT_OUT, "src/index.ts");
    check("src", () -> file("src/new.ts", "new"));
    check("src", () -> Files.delete(root.resolve("src/new.ts")));
    check(".dev.vars", () -> file(".dev.vars", "A=1"));
    check(".dev.vars.north", () -> file(".dev.vars.north", "A=1"));
    check("wrangler.toml", () -> file("wrangler.toml", "name = 'a'"));
    check("node_modules/.package-lock.json", () -> file("node_modules/.package-lock.json", "{}"));
  }

  @Test
  void newFoldersAreFollowedOnceTheyAreKnown() throws Exception {
    watch(Unread.LEFT_OUT, "src/index.ts");
    check("src", () -> Files.createDirectory(root.resolve("src/lib")));
    watch(Unread.LEFT_OUT, "src/index.ts");
    check("src/lib", () -> file("src/lib/a.ts", "a"));
    Files.delete(root.resolve("src/lib/a.ts"));
    Files.delete(root.resolve("src/lib"));
    Files.createDirectory(root.resolve("src/lib"));
    watch(Unread.LEFT_OUT, "src/index.ts");
    check("src/lib", () -> file("src/lib/b.ts", "b"));
  }

  @Test
  void whereALinkLeadsIsFollowed() throws Exception {
    file("shared/a.ts", "a");
    file("shared/b.ts", "b");
    Path link = Files.createSymbolicLink(root.resolve("src/link.ts"), Path.of("../shared/a.ts"));
    watch(Unread.LEFT_OUT, "src/index.ts", "shared/a.ts");
    check("src/link.ts", () -> {
      Files.delete(link);
      Files.createSymbolicLink(link, Path.of("../shared/b.ts"));
    });
  }

  @Test
  void whatNobodyReadCountsWhileTheWorkerDoesNotBuild() throws Exception {
    watch(Unread.COUNT, "src/index.ts");
    check("src/other.ts", () -> file("src/other.ts", "mended"));
  }

  @Test
  void passingFilesAreNotTold() throws Exception {
    watch(Unread.COUNT, "src/index.ts");
    file("src/.index.ts.swp", "x");
    file("src/4913", "x");
    file("src/index.ts~", "x");
    file("node_modules/a/index.js", "x");
    check("src/index.ts", () -> file("src/index.ts", "the first to be told"));
    assertEquals(WatchedFiles.of(root, List.of(), "", Unread.COUNT).folders(), Set.of(root, root.resolve("src")));
  }
}
