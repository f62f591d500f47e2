package dev.tenon.worker.assets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.worker.config.AssetSettings;
import dev.tenon.worker.config.Problem;
import dev.tenon.worker.config.Problems;
import dev.tenon.worker.config.WorkerConfigException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetFolderTest {

  @TempDir
  Path folder;

  private final Problems problems = new Problems();

  private Assets read() {
    return Assets.read(folder, "public", AssetSettings.DEFAULT, NavigationRule.PREFERS_ASSETS, problems);
  }

  private void put(String path, String text) throws Exception {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<String> errors() {
    return assertThrows(WorkerConfigException.class, problems::throwIfErrors).problems().stream().map(Problem::toString).toList();
  }

  private void warns(String file, String text, String... expected) throws Exception {
    put(file, text);
    read();
    assertEquals(List.of(expected), problems.warnings().stream().map(problem -> problem.toString().lines().findFirst().orElseThrow()).toList());
  }

  @Test
  void equalContentsHaveEqualHashes() throws Exception {
    put("a.txt", "same");
    put("b/c.html", "same");
    put("d.txt", "other");
    Assets assets = read();
    assertEquals(Set.of("/a.txt", "/b/c.html", "/d.txt"), assets.byPath().keySet());
    assertEquals(assets.byPath().get("/a.txt").hash(), assets.byPath().get("/b/c.html").hash());
    assertEquals(2, assets.byHash().size());
    Path real = folder.toRealPath();
    assertTrue(assets.inputs().containsAll(Set.of(real, real.resolve("b/c.html"), real.resolve("_headers"))), assets.inputs().toString());
  }

  @Test
  void ignoredFilesAreNoAssets() throws Exception {
    put(".assetsignore", "# comment\n*.map\n/private/\n!keep.map\nnode_modules\ndocs/**/draft-?.md\n\\#odd\n[a-c]x\n");
    for (String path : List.of("app.js", "app.js.map", "keep.map", "private/x.txt", "deep/private/x.txt", "deep/node_modules/y.js", "docs/draft-1.md", "docs/a/b/draft-2.md",
        "docs/draft-10.md", "#odd", "ax", "dx", "_headers", "_redirects", "sub/_headers", "X.MAP")) {
      put(path, "");
    }
    assertEquals(Set.of("/app.js", "/keep.map", "/deep/private/x.txt", "/docs/draft-10.md", "/dx", "/sub/_headers"), read().byPath().keySet());
  }

  @Test
  void aPagesWorkerIsNotServedByMistake() throws Exception {
    put("_worker.js", "secret");
    read();
    assertEquals(List.of("public/_worker.js: the code of a Pages worker would be served to everybody – write \"_worker.js\" into public/.assetsignore, "
        + "or leave that file empty if this is meant"), errors());
  }

  @Test
  void filesHaveABound() throws Exception {
    try (RandomAccessFile large = new RandomAccessFile(folder.resolve("large.bin").toFile(), "rw")) {
      large.setLength(AssetFolder.FILE_BYTES_MAX + 1);
    }
    read();
    assertEquals(List.of(
        "public/large.bin: the file has 26214401 bytes, and an asset may have 26214400 (25 MiB) – make it smaller, or name it in public/.assetsignore"), errors());
  }

  @Test
  void wrongRedirectsAreNamedWithTheirLines() throws Exception {
    warns("_redirects", """
        # comment
        /one
        /a b c d

        https://example.com/x /y
        /bad /x 404
        /x ftp://example.com
        /* /index.html 200
        / /index
        /p https://example.com/ 200
        /q /r # fine
        /q /s
        /two/*/x/* /y
        """,
        "public/_redirects:2:1: a redirect is \"from to\" or \"from to status\", and the line has 1 word – the line is ignored",
        "public/_redirects:3:1: a redirect is \"from to\" or \"from to status\", and the line has 4 words – the line is ignored",
        "public/_redirects:5:1: only paths can be redirected, not the absolute URL https://example.com/x – the line is ignored",
        "public/_redirects:6:1: the status must be 200, 301, 302, 303, 307 or 308, not 404 – the line is ignored",
        "public/_redirects:7:1: a URL must be a path that begins with \"/\", or begin with \"https://\" – the line is ignored",
        "public/_redirects:8:1: the redirect never ends: /index.html is served without \"index\" or \".html\", where this rule matches again – the line is ignored",
        "public/_redirects:9:1: the redirect never ends: /index is served without \"index\" or \".html\", where this rule matches again – the line is ignored",
        "public/_redirects:10:1: with status 200 only a path of this worker can be served, not https://example.com/ – the line is ignored",
        "public/_redirects:12:1: /q is redirected above already – the line is ignored",
        "public/_redirects:13:1: only one wildcard \"*\" is allowed – the line is ignored");
  }

  @Test
  void wrongHeadersAreNamedWithTheirLines() throws Exception {
    warns("_headers", """
        X-Early: 1
        /empty
        /path
          no colon
          two words: x
          X-None:
          : y
          Content-Length: 3
          X-Good: 1
        https://example.com:8080/x
          X-Skipped: 1
        """ + "  X-Long: " + "x".repeat(2_000) + "\n",
        "public/_headers:1:1: a path that begins with \"/\" must come before the first header – the line is ignored",
        "public/_headers:2:1: no headers follow the path – the rule is ignored – indent \"name: value\" below it",
        "public/_headers:4:1: a header is \"name: value\", and \"! name\" removes one – the line is ignored",
        "public/_headers:5:1: \"two words\" is not the name of a header – the line is ignored",
        "public/_headers:6:1: the header \"x-none\" has no value – the line is ignored",
        "public/_headers:7:1: the header has no name – the line is ignored",
        "public/_headers:8:1: \"content-length\" cannot be set, it follows from the response – the line is ignored",
        "public/_headers:10:1: a port cannot be given, as in https://example.com:8080/x – the line is ignored",
        "public/_headers:12: the line has more than 2000 characters and is ignored – shorten it");
  }

  @Test
  void rulesHaveABound() throws Exception {
    StringBuilder redirects = new StringBuilder();
    for (int i = 0; i <= 101; i++) {
      redirects.append("/d").append(i).append("/* /x\n");
    }
    warns("_redirects", redirects.toString(), "public/_redirects:101:1: there are more than 100 redirects with wildcards or placeholders, or below one that has some"
        + " – this line and those below it are ignored");
  }
}
