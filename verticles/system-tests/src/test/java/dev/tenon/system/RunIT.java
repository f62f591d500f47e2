package dev.tenon.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunIT {

  @TempDir private Path scratch;

  @Test
  void servesAFileUntilSigterm() throws IOException {
    Path worker = file("hello.js", "export default { fetch: (request) => new Response('Hello from ' + new URL(request.url).pathname) };");
    TenonProcess tenon = TenonProcess.start("run", worker.toString(), "--port", "0");
    HttpResponse<String> response = TenonProcess.get(url(tenon) + "/abc");
    assertEquals(200, response.statusCode());
    assertEquals("Hello from /abc", response.body());
    tenon.signal("TERM");
    assertEquals(0, tenon.exitCode(), tenon.output());
  }

  @Test
  void servesATypeScriptProjectWithVariablesAndAnEnvironment() throws IOException {
    file("wrangler.toml", """
        name = "greeter"
        main = "src/index.ts"
        compatibility_date = "2026-08-01"
        [vars]
        GREETING = "Hello"
        NAME = "nobody"
        [env.north.vars]
        GREETING = "Hei"
        """);
    file("src/index.ts", """
        interface Env { GREETING: string; NAME: string }
        export default { fetch(_: Request, env: Env): Response { console.log('asked'); return new Response(`${env.GREETING} ${env.NAME}`); } };
        """);
    try (TenonProcess tenon = TenonProcess.start("run", scratch.toString(), "--port", "0", "--env", "north", "--var", "NAME=Ada")) {
      assertEquals("Hei Ada", TenonProcess.get(url(tenon) + "/").body());
      tenon.await("^asked$");
    }
  }

  @Test
  void reachesNothingOnThisMachineUnlessAllowed() throws IOException {
    Path target = file("target.js", "export default { fetch: () => new Response('reached') };");
    Path caller = file("caller.js", """
        export default { async fetch(_, env) {
          try { return await fetch(env.TARGET); } catch (error) { return new Response(String(error), { status: 502 }); }
        } };
        """);
    try (TenonProcess there = TenonProcess.start("run", target.toString(), "--port", "0");
        TenonProcess careful = TenonProcess.start("run", caller.toString(), "--port", "0", "--var", "TARGET=" + url(there));
        TenonProcess open = TenonProcess.start("run", caller.toString(), "--port", "0", "--var", "TARGET=" + url(there), "--egress", "all")) {
      assertEquals(502, TenonProcess.get(url(careful) + "/").statusCode());
      assertEquals("reached", TenonProcess.get(url(open) + "/").body());
    }
  }

  @Test
  void runsOnOneProcessor() throws IOException {
    Path worker = file("hello.js", "export default { fetch: () => new Response('one') };");
    Command.Outcome pinned = Command.of("taskset", "-c", "0", "true").run();
    assertEquals(0, pinned.exitCode(), pinned.err());
    try (TenonProcess tenon = TenonProcess.startWith(List.of("taskset", "-c", "0"), "run", worker.toString(), "--port", "0")) {
      assertEquals("one", TenonProcess.get(url(tenon) + "/").body());
    }
  }

  @Test
  void aTakenPortIsOneSentence() throws IOException {
    Path worker = file("hello.js", "export default { fetch: () => new Response('never') };");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Command.Outcome outcome = TenonProcess.run("run", worker.toString(), "--port", String.valueOf(taken.getLocalPort()));
      assertEquals(1, outcome.exitCode());
      assertTrue(outcome.err().startsWith("tenon: port – 127.0.0.1:" + taken.getLocalPort() + " cannot be bound ("), outcome.err());
      assertEquals(1, outcome.err().lines().count(), outcome.err());
    }
  }

  @Test
  void aWorkerThatDoesNotLoadIsNamedWithItsPlace() throws IOException {
    check(1, "broken.js:3:2: Expected", file("broken.js", "export default {\n  fetch( {\n};\n").toString());
    check(1, "missing.js: there is no such file or folder", scratch.resolve("missing.js").toString());
    check(1, "boom", file("throws.js", "throw new Error('boom');\nexport default { fetch() {} };").toString());
  }

  @Test
  void misuseIsExitCode2() {
    check(2, "Missing required parameter: 'FILE|DIR'");
    check(2, "Invalid value for option '--egress'", "x.js", "--egress", "some");
  }

  private static void check(int exitCode, String expected, String... arguments) {
    String[] words = new String[arguments.length + 3];
    words[0] = "run";
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    words[words.length - 2] = "--port";
    words[words.length - 1] = "0";
    Command.Outcome outcome = TenonProcess.run(words);
    assertEquals(exitCode, outcome.exitCode(), outcome.err());
    assertTrue(outcome.err().contains(expected), outcome.err());
    assertFalse(outcome.err().contains("\tat "), "no stack trace of ours: " + outcome.err());
  }

  private static String url(TenonProcess tenon) {
    return tenon.await("^listening on (http://127\\.0\\.0\\.1:\\d+)$").group(1);
  }

  private Path file(String name, String text) throws IOException {
    Path file = scratch.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
