package dev.tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractCanDeployTest {

  private static final String AUTH = """
      openapi: 3.1.0
      info: { title: auth, version: 1.2.0 }
      paths:
        /plan: { get: { operationId: getPlan, responses: { '200': { description: ok } } } }
        /login: { get: { operationId: login, responses: { '200': { description: ok } } } }
      """;

  private record Outcome(int exitCode, String out, String err) {}

  @TempDir private Path root;

  @BeforeEach
  void makeARepository() throws Exception {
    write("contracts/auth/openapi.yaml", AUTH);
    write("workers/image/wrangler.toml", "name = \"image\"\nmain = \"a.js\"\n");
    write("workers/image/component.yaml", "version: 1.0.0\nconsumes: { auth: { version: '>=1.2', operations: [getPlan] } }\n");
    git("init", "-q");
    git("add", "-A");
    git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "first");
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(root.resolve(name).getParent());
    Files.writeString(root.resolve(name), text);
  }

  private void git(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
    command.addAll(List.of(words));
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  @Test
  void whatHasNotChangedCanBeDeployed() {
    Outcome outcome = run("auth", "--against", "HEAD");
    assertEquals("auth 1.2.0 can be deployed after 1.2.0: its contract needs no new number\n", outcome.out());
    assertEquals(0, outcome.exitCode());
    assertEquals(0, run("image").exitCode());
  }

  @Test
  void whatBreaksALiveConsumerIsRefusedAndSaidForWhom() throws IOException {
    write("contracts/auth/openapi.yaml", AUTH.replace("/plan", "/plans").replace("1.2.0", "1.3.0"));
    Outcome outcome = run("auth", "--against", "HEAD", "--json");
    assertEquals(1, outcome.exitCode());
    JsonObject verdict = new JsonObject(outcome.out());
    assertEquals("major", verdict.getString("requiredBump"));
    assertEquals(false, verdict.getBoolean("versionFits"));
    JsonObject breakage = verdict.getJsonArray("breakages").getJsonObject(0);
    assertEquals("old-consumer-new-provider image 1.0.0 auth 1.3.0 getPlan",
        breakage.getString("direction") + " " + breakage.getString("consumer") + " " + breakage.getString("provider") + " " + breakage.getString("operation"));
  }

  @Test
  void whatIsNotLiveYetIsRefusedToANewConsumer() throws IOException {
    write("contracts/auth/openapi.yaml", AUTH.replace("1.2.0", "1.3.0") + "  /me: { get: { operationId: getMe, responses: { '200': { description: ok } } } }\n");
    write("workers/image/component.yaml", "version: 1.1.0\nconsumes: { auth: { version: '>=1.2', operations: [getPlan, getMe] } }\n");
    Outcome outcome = run("image", "--against", "HEAD");
    assertEquals("""
        image 1.1.0 cannot be deployed after 1.0.0: its contract needs no new number
          breaking  image 1.1.0 uses the operation getMe of auth, which 1.2.0 does not have – deploy a version that has it first  [operation]
        """, outcome.out());
    assertEquals(1, outcome.exitCode());
    assertEquals(0, run("auth", "--against", "HEAD").exitCode());
  }

  @Test
  void twoMajorsMayStandBesideEachOther() throws Exception {
    write("workers/image/component.yaml", "version: 1.0.0\nconsumes: { auth: { version: ^1.2, operations: [getPlan] } }\n");
    git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qam", "second");
    write("workers/image/component.yaml", "version: 1.0.0\n");
    write("contracts/auth/openapi.yaml", AUTH.replace("/plan", "/plans").replace("1.2.0", "2.0.0"));
    assertEquals("""
        auth 2.0.0 cannot be deployed after 1.2.0: its contract needs a major version
          breaking  image 1.0.0 takes auth ^1.2, and 2.0.0 is not among those – keep a version that is beside it, or first deploy a version of image that takes 2.0.0  [version]
        """, run("auth", "--against", "HEAD").out());
    Outcome beside = run("auth", "--against", "HEAD", "--beside");
    assertEquals("auth 2.0.0 can be deployed after 1.2.0: its contract needs a major version, beside 1.2.0\n", beside.out());
    assertEquals(0, beside.exitCode());
  }

  @Test
  void badInputIsNamed() throws IOException {
    misused("tenon: component 'nobody' – it is not in " + root + " – there are auth, image\n", "nobody");
    misused("tenon: nothing – git knows no such revision – name a branch, a tag or a commit (git fetch brings those of others)\n", "auth", "--against", "nothing");
    misused("tenon: --control – 'here' is not a URL – write it as http://127.0.0.1:8090\n", "auth", "--control", "here");
    assertEquals(2, run("auth", "--against", "HEAD", "--control", "http://127.0.0.1:1").exitCode());
    assertEquals(2, run().exitCode());
    Outcome unreachable = run("auth", "--control", "http://127.0.0.1:1");
    assertEquals("tenon: http://127.0.0.1:1 – nothing answers there (ConnectException) – start the node, or correct --control\n", unreachable.err());
    assertEquals(1, unreachable.exitCode());
    write("workers/image/component.yaml", "consumes: { auth: { version: ^1.2, operations: [getPlans] } }\n");
    Outcome wrong = run("auth");
    assertTrue(wrong.err().contains("workers/image/component.yaml:1:49 consumes the operation \"getPlans\" of auth, which its contract does not have – it has getPlan, login"), wrong.err());
    assertEquals(1, wrong.exitCode());
  }

  private void misused(String message, String... arguments) {
    Outcome outcome = run(arguments);
    assertEquals(message, outcome.err());
    assertEquals(2, outcome.exitCode());
  }

  private Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of("contract", "can-deploy"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--dir", root.toString()));
    int exitCode = Tenon.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(all.toArray(String[]::new));
    return new Outcome(exitCode, out.toString(), err.toString());
  }
}
