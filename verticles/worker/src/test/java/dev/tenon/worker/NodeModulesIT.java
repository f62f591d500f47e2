package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// The same small programs in Node.js itself and in a worker give the same results. Each file of `node/` has programs by name.
class NodeModulesIT {

  private static final List<String> FILES = List.of("buffer", "crypto", "events", "fs", "path", "streams", "text", "util", "zlib");

  @TempDir
  private Path folder;

  @Test
  void modulesBehaveAsInNode() throws IOException, InterruptedException {
    for (String file : Stream.concat(FILES.stream(), Stream.of("show")).toList()) {
      try (InputStream in = NodeModulesIT.class.getResourceAsStream("node/" + file + ".mjs")) {
        Files.write(folder.resolve(file + ".mjs"), in.readAllBytes());
      }
    }
    String imports = FILES.stream().map(file -> "import " + file + " from './" + file + ".mjs';\n").collect(Collectors.joining());
    String all = "const all = {}; for (const [file, cases] of Object.entries({ " + String.join(", ", FILES) + " })) all[file] = await run(cases);\n";
    Files.writeString(folder.resolve("in-node.mjs"), "import { run } from './show.mjs';\n" + imports + all + "console.log(JSON.stringify(all));\nprocess.exit();\n");
    Files.writeString(folder.resolve("index.mjs"),
        "import { run } from './show.mjs';\n" + imports + "export default { async fetch() { " + all + " return Response.json(all); } };\n");
    JsonObject expected = inNode();
    JsonObject found = inWorker();
    assertAll(FILES.stream().flatMap(file -> differences(file, expected.getJsonObject(file), found.getJsonObject(file))));
  }

  private static Stream<Executable> differences(String file, JsonObject expected, JsonObject found) {
    return expected.fieldNames().stream().map(name -> () -> assertEquals(expected.getString(name), found.getString(name), file + ": " + name));
  }

  private JsonObject inNode() throws IOException, InterruptedException {
    Process node = new ProcessBuilder("node", "--no-warnings", "in-node.mjs").directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, node.waitFor());
    return new JsonObject(printed);
  }

  private JsonObject inWorker() {
    LoadedWorker loaded = WorkerLoader.load(folder.resolve("index.mjs"), LoadOptions.DEFAULT);
    TestWorker.Builder builder = new TestWorker.Builder();
    loaded.definition().modules().forEach(module -> builder.module(module.name(), module.type(), module.content()));
    try (TestWorker worker = builder.start()) {
      return new JsonObject(worker.get().body());
    }
  }
}
