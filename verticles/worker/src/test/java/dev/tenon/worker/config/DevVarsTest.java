package dev.tenon.worker.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevVarsTest {

  private static void check(String text, String... expected) {
    Map<String, String> vars = new LinkedHashMap<>();
    for (int i = 0; i < expected.length; i += 2) {
      vars.put(expected[i], expected[i + 1]);
    }
    assertEquals(vars, DevVars.parse(text), text);
  }

  @Test
  void readsWhatDotenvReads() {
    check("A=1", "A", "1");
    check("A = spaces around  ", "A", "spaces around");
    check("export A=1\nB: 2", "A", "1", "B", "2");
    check("# comment\n\nA=1 # after\nB='x # y'", "A", "1", "B", "x # y");
    check("A=\"two\\nlines\"\nB='two\\nwords'", "A", "two\nlines", "B", "two\\nwords");
    check("A=\"-----BEGIN\nKEY\n-----END\"\nB=2", "A", "-----BEGIN\nKEY\n-----END", "B", "2");
    check("A=`it's \"both\"`", "A", "it's \"both\"");
    check("A=a=b=c", "A", "a=b=c");
    check("A=", "A", "");
    check("A=\nB=2", "A", "", "B", "2");
    check("A=1\r\nB=2\r\n", "A", "1", "B", "2");
    check("A=1\nA=2", "A", "2");
    check("A.b-c_d=1", "A.b-c_d", "1");
    check("{\"json\": true}");
    check("no equals sign\nB=2", "B", "2");
    check("A='quote \\' inside'", "A", "quote \\' inside");
  }

  @Test
  void withoutDevVarsTheDotEnvFilesCountInTheirOrder(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve(".env"), "A=env\nB=env\nC=env\nURL=http://${HOST:-localhost}:$PORT/\\$A\nPORT=1\nLOOP=${LOOP}x");
    Files.writeString(folder.resolve(".env.local"), "B=local\nPORT=2");
    Files.writeString(folder.resolve(".env.north.local"), "C=north");
    checkFiles(folder, Map.of(), "{A=env, B=local, C=env, URL=http://localhost:2/$A, PORT=2, LOOP=x}");
    assertEquals("north", DevVars.read(DevVars.files(folder, Optional.of("north"), Map.of()), Map.of()).get("C"));
    checkFiles(folder, Map.of("CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV", "false"), "{}");
    assertEquals("process $A", DevVars.read(DevVars.files(folder, Optional.empty(), Map.of()),
        Map.of("CLOUDFLARE_INCLUDE_PROCESS_ENV", "true", "A", "process $A")).get("A"));
    Files.writeString(folder.resolve(".dev.vars"), "A=${B}");
    checkFiles(folder, Map.of(), "{A=${B}}");
  }

  private static void checkFiles(Path folder, Map<String, String> process, String expected) {
    assertEquals(expected, DevVars.read(DevVars.files(folder, Optional.empty(), process), process).toString());
  }

  @Test
  void longValuesAreRead() {
    String secret = "x\\n".repeat(100_000);
    check("A=\"" + secret + "\"", "A", "x\n".repeat(100_000));
  }
}
