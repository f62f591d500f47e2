package dev.tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `run` and `dev` say to a worker that cannot start: where, what, and what to do; exit code 1.
class BadInputIT {

  private static final String TOML = "name = \"bad\"\nmain = \"src/index.ts\"\ncompatibility_date = \"2026-08-01\"\n";
  private static final String AS_IT_IS = """
      name = "bad"
      main = "src/index.js"
      compatibility_date = "2026-08-01"
      no_bundle = true
      rules = [{ type = "ESModule", globs = ["**/*.js"] }]
      """;
  private static final String HANDLER = "export default { fetch() { return new Response('x'); } };\n";

  @TempDir private Path folder;

  @BeforeAll
  static void useTheCheckout() {
    System.setProperty("tenon.home", "../..");
  }

  private BadInputIT file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  private void check(String expected) {
    check(folder, expected);
  }

  private static void check(Path worker, String expected) {
    for (String command : new String[] {"run", "dev"}) {
      StringWriter err = new StringWriter();
      int exitCode = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> Tenon.commandLine()
          .setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(err, true)).execute(command, worker.toString(), "--port", "0"), "it started");
      assertEquals("tenon: " + expected, err.toString().lines().map(line -> line + "\n").reduce("", String::concat), command);
      assertEquals(1, exitCode, command);
    }
  }

  @Test
  void aSyntaxError() throws IOException {
    file("wrangler.toml", TOML).file("src/index.ts", "export default {\n  fetch(request: Request) {\n    return new Response('x'\n  },\n};\n").check("""
        src/index.ts:4:3: Expected ")" but found "}"
              },
              ^
        """);
    file("plain.js", "export default {\n  fetch() { return new Response('a' 'b'); },\n};\n");
    check(folder.resolve("plain.js"), """
        plain.js:2:37: Expected ")" but found "'b'"
              fetch() { return new Response('a' 'b'); },
                                                ^
        """);
  }

  @Test
  void aMissingExport() throws IOException {
    file("wrangler.toml", TOML).file("src/greet.ts", "export function greeting() {}\n")
        .file("src/index.ts", "import { greet } from './greet';\nexport default { fetch() { return new Response(greet()); } };\n").check("""
        src/index.ts:1:10: No matching export in "src/greet.ts" for import "greet"
            import { greet } from './greet';
                     ^
        """);
    file("src/index.ts", "export const nothing = 1;\n").check("""
        src/index.ts:1:1: worker bad does not start – TypeError: No event handlers were registered: nothing is exported as default, and nothing listens – \
        export default { fetch(request, env, ctx) { … } }
        > 1 | export const nothing = 1;
            | ^
        """);
    file("src/index.ts", "const x: number = 1;\nexport default { x };\n").check("""
        src/index.ts:2:1: worker bad does not start – TypeError: No event handlers were registered: the default export has no fetch() or scheduled() – \
        export default { fetch(request, env, ctx) { … } }
          1 | const x: number = 1;
        > 2 | export default { x };
            | ^
        """);
  }

  @Test
  void aMissingModule() throws IOException {
    file("wrangler.toml", TOML).file("src/index.ts", "import { Hono } from 'hono';\nimport { x } from './absent';\nexport default new Hono(x);\n").check("""
        src/index.ts:1:22: package "hono" is not installed – run npm install hono in the worker's folder
            import { Hono } from 'hono';
                                 ^
        src/index.ts:2:19: there is no module "./absent" – check the path and the file's name
            import { x } from './absent';
                              ^
        """);
    file("wrangler.toml", AS_IT_IS).file("src/index.js", "import { x } from './lib/absent.js';\n" + HANDLER).check("""
        index.js:1:19: worker bad does not start – Error: Error reading module '/lib/absent.js' imported from /index.js: the worker has no such module
        > 1 | import { x } from './lib/absent.js';
            |                   ^
          2 | export default { fetch() { return new Response('x'); } };
        """);
  }

  @Test
  void aThrowAtTheStart() throws IOException {
    file("wrangler.toml", TOML).file("src/index.ts", "import { config } from './config';\nexport default { fetch() { return new Response(config.x); } };\n")
        .file("src/config.ts", "export const config = load();\nfunction load(): { x: string } {\n  throw new Error('no configuration');\n}\n").check("""
        src/config.ts:3:9: worker bad does not start – Error: no configuration
          1 | export const config = load();
          2 | function load(): { x: string } {
        > 3 |   throw new Error('no configuration');
            |         ^
          4 | }
            at load (src/config.ts:3:9)
            at src/config.ts:1:23
        """);
    file("src/index.ts", "setTimeout(() => {}, 1);\n" + HANDLER).check("""
        src/index.ts:1:1: worker bad does not start – Error: Disallowed operation called within global scope. Asynchronous I/O (ex: fetch() or connect()), setting a timeout, \
        and generating random values are not allowed within global scope. To fix this error, perform this operation within a handler.
        > 1 | setTimeout(() => {}, 1);
            | ^
          2 | export default { fetch() { return new Response('x'); } };
            at src/index.ts:1:1
        """);
    file("src/index.ts", HANDLER + "await new Promise(() => {});\n").check("""
        src/index.ts:1:1: worker bad does not start – its top level awaits something that never happens – look for an await of a promise that nothing settles
        > 1 | export default { fetch() { return new Response('x'); } };
            | ^
          2 | await new Promise(() => {});
        """);
  }

  @Test
  void anUnsupportedBinding() throws IOException {
    file("src/index.ts", HANDLER).file("wrangler.toml", TOML + "[[kv_namespaces]]\nbinding = \"CACHE\"\nid = \"1\"\n\n[[d1_databases]]\nbinding = \"DB\"\ndatabase_id = \"x\"\n").check("""
        wrangler.toml:4:1: binding "CACHE" needs "kv_namespaces", which Tenon does not support yet – remove it from the configuration to run the worker without it
            [[kv_namespaces]]
            ^
        wrangler.toml:8:1: binding "DB" needs "d1_databases", which Tenon does not support yet – remove it from the configuration to run the worker without it
            [[d1_databases]]
            ^
        """);
  }

  @Test
  void aBadConfiguration() throws IOException {
    file("src/index.ts", HANDLER).file("wrangler.toml", "name = \"bad\"\nmain = src/index.ts\n").check("""
        wrangler.toml:2:8: not valid TOML: Unexpected 's', expected a value
            main = src/index.ts
                   ^
        """);
    file("wrangler.toml", "name = 'Bad Name'\nmain = 'src/nothing.ts'\ncompatibility_date = 'soon'\n").check("""
        wrangler.toml:1:1: "name" must be lower-case letters, digits, "-" and "_", not "Bad Name" – for example "bad-name"
            name = 'Bad Name'
            ^
        wrangler.toml:3:1: "compatibility_date" must be a date such as 2026-11-17, not "soon"
            compatibility_date = 'soon'
            ^
        wrangler.toml:2:1: the entry point "src/nothing.ts" does not exist – check "main", or build it first
            main = 'src/nothing.ts'
            ^
        """);
    Files.delete(folder.resolve("wrangler.toml"));
    file("wrangler.jsonc", "{\n  // a comment\n  \"name\": \"bad\"\n  \"main\": \"src/index.ts\"\n}\n").check("""
        wrangler.jsonc:4:3: not valid JSON: Unexpected character ('"' (code 34)): was expecting comma to separate Object entries
              "main": "src/index.ts"
              ^
        """);
  }

  @Test
  void nothingToRun() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    check(empty, empty + ": the folder has neither a wrangler.toml, wrangler.json or wrangler.jsonc nor an entry point such as src/index.js"
        + " – add one, or name the worker's file instead\n");
    Path absent = folder.resolve("absent");
    check(absent, absent + ": there is no such file or folder – check the path\n");
  }
}
