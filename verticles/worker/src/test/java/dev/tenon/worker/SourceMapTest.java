package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourceMapTest {

  /// Line 1: columns 0 → a.ts 1:1 and 4 → b.ts 3:3, column 9 from nowhere; line 3: column 2 → a.ts 5:1.
  private static final String MAP = """
      {"version":3,"sourceRoot":"src","sources":["a.ts","b.ts"],"names":["n"],"mappings":"AAAA,ICEEA,K;;EDEF"}""";

  private static void check(String expected, int line, int column) {
    assertEquals(expected, SourceMap.parse(MAP).locate(line, column).map(at -> at.source() + ":" + at.line() + ":" + at.column()).orElse("nowhere"));
  }

  @Test
  void placesAreFoundInTheSegmentThatHoldsThem() {
    check("src/a.ts:1:1", 1, 1);
    check("src/a.ts:1:1", 1, 4);
    check("src/b.ts:3:3", 1, 5);
    check("src/b.ts:3:3", 1, 9);
    check("nowhere", 1, 10);
    check("nowhere", 2, 1);
    check("nowhere", 3, 2);
    check("src/a.ts:5:1", 3, 3);
    check("nowhere", 4, 1);
    check("nowhere", 0, 1);
  }

  @Test
  void brokenMapsAreRefused() {
    for (String broken : List.of("", "{}", "{\"mappings\":\"A!\"}", "{\"mappings\":\"AA\",\"sources\":[]}")) {
      String message = assertThrows(IllegalArgumentException.class, () -> SourceMap.parse(broken), broken).getMessage();
      assertTrue(message.startsWith("the source map cannot be read: "), message);
    }
  }

  @Test
  void stacksNameTheUsersFilesWhereAMapKnowsThem() {
    WorkerDefinition definition = new WorkerDefinition(
        "test", "index.js",
        List.of(
            new ModuleSource("index.js", ModuleSource.Type.ESM, Buffer.buffer(""), Optional.of(MAP)),
            new ModuleSource("broken.js", ModuleSource.Type.ESM, Buffer.buffer(""), Optional.of("no map"))),
        LocalDate.of(2026, 11, 1), Set.of(), Map.of(), WorkerDefinition.Format.MODULES, WorkerLimits.DEFAULT);
    String stack = """
        Error: at (index.js:1:5) or so
            at Object.fetch (/index.js:1:5)
            at AsyncContext.Variable.run (native)
            at index.js:3:3
            at other (./lib/other.js:7:9)
            at broken (broken.js:1:1)
            at Array.map (native)""";
    assertEquals("""
        Error: at (src/b.ts:3:3) or so
            at Object.fetch (src/b.ts:3:3)
            at src/a.ts:5:1
            at other (lib/other.js:7:9)
            at broken (broken.js:1:1)
            at Array.map (<anonymous>)""", new StackMap(definition).map(stack));
  }
}
