package dev.tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractCheckCommandTest {

  private record Outcome(int exitCode, String out, String err) {}

  @TempDir private Path folder;

  @BeforeEach
  void writeContracts() throws IOException {
    write("good", """
        openapi: 3.1.0
        info: { title: good, version: 1.0.0 }
        paths: {}
        """);
    write("careless", """
        openapi: 3.1.0
        info: { title: careless, version: 1.0.0 }
        paths: {}
        components: { schemas: { Unused: { type: string } } }
        """);
    write("wrong", """
        openapi: 3.1.0
        info: { title: wrong }
        paths: {}
        """);
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve(name));
    Files.writeString(folder.resolve(name).resolve("openapi.yaml"), text);
  }

  @Test
  void allContractsOfAFolderAreCheckedTogether() {
    Outcome outcome = run(folder.toString());
    assertEquals(folder.resolve("careless/openapi.yaml") + ":4:26 warning nothing uses the component \"Unused\" of schemas – remove it [unused-component] #/components/schemas/Unused\n"
        + folder.resolve("wrong/openapi.yaml") + ":2:7 error an info object needs \"version\" – add it [missing-field] #/info\n"
        + "3 contracts, 1 error, 1 warning\n", outcome.out());
    assertEquals(1, outcome.exitCode());
  }

  @Test
  void whatFailsIsSaidByAFlag() {
    String careless = folder.resolve("careless").toString();
    assertEquals(0, run(careless).exitCode());
    assertEquals(1, run(careless, "--fail-on", "warning").exitCode());
    assertEquals(0, run(careless, "--fail-on", "warning", "--off", "unused-component").exitCode());
    assertEquals(0, run(folder.toString(), "--fail-on", "never").exitCode());
    assertEquals(0, run(folder.resolve("good/openapi.yaml").toString(), "--fail-on", "warning").exitCode());
  }

  @Test
  void machinesGetWhatTheyRead() {
    assertEquals("{\n  \"findings\" : [ ]\n}\n", run(folder.resolve("good").toString(), "--json").out());
    assertTrue(run(folder.toString(), "--format", "sarif").out().contains("\"ruleId\" : \"missing-field\""));
  }

  @Test
  void badInputIsNamed() {
    Path nothing = folder.resolve("nothing");
    misused("tenon: " + nothing + " – there is no contract – name a document, a folder with an openapi.yaml, or a folder of such folders\n", nothing.toString());
    misused("tenon: --off – 'reference' is the specification's and stays on – use one of operation-id, example-valid, default-valid, schema-keyword, schema-satisfiable, "
        + "reference-siblings, problem-response, security-declared, unused-component, tag-declared\n", "--off", "reference");
    assertEquals(2, run("--format", "xml").exitCode());
    assertEquals(2, run("--off", "odd").exitCode());
  }

  private static void misused(String message, String... arguments) {
    Outcome outcome = run(arguments);
    assertEquals(message, outcome.err());
    assertEquals(2, outcome.exitCode());
  }

  private static Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all = new String[arguments.length + 2];
    all[0] = "contract";
    all[1] = "check";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    int exitCode = Tenon.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(all);
    return new Outcome(exitCode, out.toString(), err.toString());
  }
}
