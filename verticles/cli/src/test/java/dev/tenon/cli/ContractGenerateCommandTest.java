package dev.tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ContractGenerateCommandTest {

  private static final String CONTRACT = "../../contracts/auth";

  @TempDir
  Path folder;

  private record Outcome(int exitCode, String out, String err) {}

  @Test
  void bothLanguagesAreWrittenAndWhatIsRightIsLeftAlone() throws IOException {
    Outcome first = run(CONTRACT, "--java", folder.toString(), "--package", "org.example.auth", "--typescript", folder.toString());
    assertEquals(0, first.exitCode(), first.err());
    assertTrue(Files.readString(folder.resolve("org/example/auth/AuthClient.java")).contains("package org.example.auth;"));
    assertTrue(Files.readString(folder.resolve("auth.d.ts")).contains("createAuthClient(service: Service"));
    assertTrue(Files.isRegularFile(folder.resolve("auth.js")) && Files.isRegularFile(folder.resolve("runtime.js")));
    assertEquals("0 files changed\n", run(CONTRACT, "--typescript", folder.toString()).out());
  }

  @Test
  void checkWritesNothingAndSaysWhatWouldChange() {
    Outcome outcome = run(CONTRACT, "--typescript", folder.toString(), "--check", "--json");
    assertEquals(1, outcome.exitCode());
    assertEquals(new JsonArray().add(folder + "/auth.d.ts").add(folder + "/auth.js").add(folder + "/runtime.d.ts").add(folder + "/runtime.js"),
        new JsonObject(outcome.out()).getJsonArray("changed"));
    assertFalse(Files.exists(folder.resolve("auth.js")));
    run(CONTRACT, "--typescript", folder.toString());
    assertEquals(0, run(CONTRACT, "--typescript", folder.toString(), "--check").exitCode());
  }

  @Test
  void theNameIsTheClients() throws IOException {
    assertEquals(0, run(CONTRACT, "--name", "sign-in", "--typescript", folder.toString()).exitCode());
    assertTrue(Files.readString(folder.resolve("sign-in.js")).contains("export function createSignInClient("));
  }

  @Test
  void misuseIsNamed() {
    misuse("tenon: nothing to write – name a folder with --java DIR --package NAME, with --typescript DIR, or both", CONTRACT);
    misuse("tenon: --java – it needs --package NAME – name the package of the sources", CONTRACT, "--java", folder.toString());
    misuse("tenon: --package – 'org.class' is no name of a package – use one like org.example.shop", CONTRACT, "--java", folder.toString(), "--package", "org.class");
    misuse("tenon: ../../contracts – the folder has 3 contracts – name one of them", "../../contracts", "--typescript", folder.toString());
    misuse("tenon: --name – '../x' cannot be a component's name – give one of letters, digits, dots and hyphens", CONTRACT, "--name", "../x", "--typescript", folder.toString());
  }

  @Test
  void aContractThatIsNotValidIsRefusedWithItsPlace() throws IOException {
    Path wrong = Files.writeString(folder.resolve("openapi.yaml"), "openapi: 3.1.0\ninfo: { title: x }\npaths: {}\n");
    Outcome outcome = run(wrong.toString(), "--typescript", folder.toString());
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.err().startsWith("tenon: " + wrong + " – it is not valid:\nopenapi.yaml:2:"), outcome.err());
  }

  private static void misuse(String sentence, String... arguments) {
    Outcome outcome = run(arguments);
    assertEquals(2, outcome.exitCode());
    assertEquals(sentence, outcome.err().lines().findFirst().orElse(""));
  }

  private static Outcome run(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "contract";
    all[1] = "generate";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Tenon.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exitCode = command.execute(all);
    return new Outcome(exitCode, out.toString(), err.toString());
  }
}
