package dev.tenon.worker.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WranglerConfigTest {

  private static final String GOOD = "name = \"shop\"\nmain = \"src/index.ts\"\ncompatibility_date = \"2025-05-01\"\n";

  @TempDir
  private Path folder;

  private Problems problems;

  private WranglerConfig read(String name, String text, String... environment) {
    problems = new Problems();
    try {
      Path file = Files.writeString(folder.resolve(name), text);
      return WranglerConfig.read(file, folder, environment.length == 0 ? Optional.empty() : Optional.of(environment[0]), problems);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private WranglerConfig toml(String text, String... environment) {
    return read("wrangler.toml", text, environment);
  }

  private String found() {
    StringBuilder text = new StringBuilder();
    problems.warnings().forEach(problem -> text.append("warning: ").append(problem).append('\n'));
    if (problems.hasErrors()) {
      assertThrows(WorkerConfigException.class, problems::throwIfErrors).problems().forEach(problem -> text.append("error: ").append(problem).append('\n'));
    }
    return text.toString();
  }

  /// What is said about a configuration that is good but for these lines, which start at line 4.
  private void check(String lines, String expected) {
    toml(GOOD + lines);
    assertEquals(expected, found(), lines);
  }

  @Test
  void tomlAndJsonSayTheSame() {
    String toml = """
        name = "shop"
        main = "src/index.ts"
        compatibility_date = 2025-05-01
        compatibility_flags = ["nodejs_compat"]
        alias = { "old" = "./new.ts" }
        rules = [ { type = "Text", globs = ["**/*.md"], fallthrough = true } ]
        [vars]
        TEXT = "t"
        NUMBER = 1.5
        NESTED = { a = [1, true] }
        [define]
        VERSION = "'1'"
        [limits]
        cpu_ms = 100
        subrequests = 7
        [triggers]
        crons = ["* * * * *"]
        [[kv_namespaces]]
        binding = "KV"
        id = "abc"
        [[services]]
        binding = "AUTH"
        service = "auth"
        [ai]
        binding = "AI"
        """;
    String jsonc = """
        // comments and trailing commas are fine
        {
          "$schema": "node_modules/wrangler/config-schema.json",
          "name": "shop", "main": "src/index.ts", "compatibility_date": "2025-05-01",
          "compatibility_flags": ["nodejs_compat"],
          "alias": { "old": "./new.ts" },
          "rules": [{ "type": "Text", "globs": ["**/*.md"], "fallthrough": true }],
          "vars": { "TEXT": "t", "NUMBER": 1.5, "NESTED": { "a": [1, true] } },
          "define": { "VERSION": "'1'" },
          "limits": { "cpu_ms": 100, "subrequests": 7 },
          "triggers": { "crons": ["* * * * *"] },
          "kv_namespaces": [{ "binding": "KV", "id": "abc" }],
          "services": [{ "binding": "AUTH", "service": "auth" }],
          "ai": { "binding": "AI" }, /* the end */
        }
        """;
    for (WranglerConfig config : List.of(toml(toml), read("wrangler.jsonc", jsonc))) {
      assertEquals("", found());
      assertEquals("shop", config.name());
      assertEquals(Optional.of(folder.resolve("src/index.ts")), config.main());
      assertEquals(LocalDate.of(2025, 5, 1), config.compatibilityDate());
      assertEquals(Set.of("nodejs_compat"), config.compatibilityFlags());
      assertEquals("{TEXT=t, NUMBER=1.5, NESTED={a=[1, true]}}", config.vars().toString());
      assertEquals(Map.of("old", "./new.ts"), config.bundling().alias());
      assertEquals(Map.of("VERSION", "'1'"), config.bundling().define());
      assertEquals(List.of(new WranglerConfig.ModuleRule(WranglerConfig.ModuleType.TEXT, List.of("**/*.md"), WranglerConfig.ModuleRule.Fallthrough.YES)),
          config.bundling().rules());
      assertEquals(Optional.of(Duration.ofMillis(100)), config.cpuLimit());
      assertEquals(OptionalInt.of(7), config.subrequestLimit());
      assertEquals(List.of("* * * * *"), config.crons());
      assertEquals(List.of("kv_namespaces KV {binding=KV, id=abc}", "services AUTH {binding=AUTH, service=auth}", "ai AI {binding=AI}"),
          config.bindings().stream().map(entry -> entry.kind() + " " + entry.name() + " " + entry.settings()).toList());
    }
  }

  @Test
  void unknownKeysAreWarnedAbout() {
    check("kv_namespace = []\n", "warning: wrangler.toml:4:1: unknown key \"kv_namespace\" – did you mean \"kv_namespaces\"?\n    kv_namespace = []\n    ^\n");
    check("[whatever_this_is]\na = 1\n",
        "warning: wrangler.toml:4:1: unknown key \"whatever_this_is\" – it has no effect; check its spelling\n    [whatever_this_is]\n    ^\n");
    check("[limits]\ncpu = 5\n", "warning: wrangler.toml:5:1: unknown key \"limits.cpu\" – it has no effect; check its spelling\n    cpu = 5\n    ^\n");
    check("[[services]]\nbinding = \"A\"\nservice = \"a\"\nentry_point = \"B\"\n",
        "warning: wrangler.toml:7:1: unknown key \"services.entry_point\" – did you mean \"entrypoint\"?\n    entry_point = \"B\"\n    ^\n");
    check("compatibility_flags = [\"nodejs_compta\"]\n", "warning: wrangler.toml:4:24: compatibility flag \"nodejs_compta\" is not known to Tenon and has no effect"
        + " – did you mean \"nodejs_compat\"?\n    compatibility_flags = [\"nodejs_compta\"]\n                           ^\n");
  }

  @Test
  void wrongTypesAreErrorsAtTheirPlace() {
    check("no_bundle = \"yes\"\n", "error: wrangler.toml:4:1: \"no_bundle\" must be true or false, not the text \"yes\"\n    no_bundle = \"yes\"\n    ^\n");
    check("vars = [1]\n", "error: wrangler.toml:4:1: \"vars\" must be a table, not a list\n    vars = [1]\n    ^\n");
    check("compatibility_flags = \"nodejs_compat\"\n",
        "error: wrangler.toml:4:1: \"compatibility_flags\" must be a list, not the text \"nodejs_compat\"\n    compatibility_flags = \"nodejs_compat\"\n    ^\n");
    check("limits = { cpu_ms = 0 }\n", "error: wrangler.toml:4:12: \"limits.cpu_ms\" must be a whole number above 0, not 0\n    limits = { cpu_ms = 0 }\n               ^\n");
    check("rules = [ { type = \"Markdown\", globs = [\"*\"] } ]\n", "error: wrangler.toml:4:13: \"rules.type\" must be ESModule, CommonJS, CompiledWasm, Text or Data,"
        + " not the text \"Markdown\"\n    rules = [ { type = \"Markdown\", globs = [\"*\"] } ]\n                ^\n");
    check("rules = [ { type = \"Text\" } ]\n", "error: wrangler.toml:4:11: an entry of \"rules\" needs \"type\" and \"globs\""
        + " – for example { type = \"Text\", globs = [\"**/*.md\"] }\n    rules = [ { type = \"Text\" } ]\n              ^\n");
    check("[[kv_namespaces]]\nid = \"a\"\n",
        "error: wrangler.toml:4:1: an entry of \"kv_namespaces\" has no \"binding\" – add the name it has in env\n    [[kv_namespaces]]\n    ^\n");
    check("[[services]]\nbinding = \"A\"\n",
        "error: wrangler.toml:4:1: service binding \"A\" names no \"service\" – add the name of the component it calls\n    [[services]]\n    ^\n");
    check("site = { bucket = \"public\" }\n",
        "error: wrangler.toml:4:1: \"site\" (Workers Sites) is not supported – use \"assets\", its successor\n    site = { bucket = \"public\" }\n    ^\n");
  }

  @Test
  void sameNameTwiceIsAnError() {
    check("[vars]\nA = \"1\"\n[[services]]\nbinding = \"A\"\nservice = \"a\"\n[[kv_namespaces]]\nbinding = \"A\"\n", """
        error: wrangler.toml:6:1: binding "A" is already defined at wrangler.toml:5:1 (vars) – give one of them another name
            [[services]]
            ^
        error: wrangler.toml:9:1: binding "A" is already defined at wrangler.toml:6:1 (services) – give one of them another name
            [[kv_namespaces]]
            ^
        """);
  }

  @Test
  void severalProblemsAreFoundTogether() {
    toml("name = \"My Shop\"\nmain = 3\ncompatibility_date = \"yesterday\"\nminify = 1\n");
    assertEquals("""
        error: wrangler.toml:1:1: "name" must be lower-case letters, digits, "-" and "_", not "My Shop" – for example "my-shop"
            name = "My Shop"
            ^
        error: wrangler.toml:2:1: "main" must be text, not 3
            main = 3
            ^
        error: wrangler.toml:3:1: "compatibility_date" must be a date such as 2026-11-17, not "yesterday"
            compatibility_date = "yesterday"
            ^
        error: wrangler.toml:4:1: "minify" must be true or false, not 1
            minify = 1
            ^
        """, found());
  }

  @Test
  void brokenFilesAreSaidWithTheirPlace() {
    assertEquals("wrangler.toml:2:8: not valid TOML: Unexpected end of line, expected a value\n    main = \n           ^",
        broken("wrangler.toml", "name = \"a\"\nmain = \n"));
    assertEquals("""
        wrangler.json:1:15: not valid JSON: Unexpected character ('n' (code 110)): was expecting comma to separate Object entries
            {"name": "a"  name: 1}
                          ^""", broken("wrangler.json", "{\"name\": \"a\"  name: 1}"));
    assertEquals("wrangler.json:1:13: not valid JSON: Duplicate field 'a'\n    {\"a\": 1, \"a\": 2}\n                ^", broken("wrangler.json", "{\"a\": 1, \"a\": 2}"));
    assertEquals("wrangler.json:1:1: the configuration must be a table of settings, not a list – write { … }\n    []\n    ^", broken("wrangler.json", "[]"));
    WorkerConfigException missing = assertThrows(WorkerConfigException.class,
        () -> WranglerConfig.read(folder.resolve("nowhere.toml"), folder, Optional.empty(), new Problems()));
    assertEquals("nowhere.toml: there is no such file – check the path", missing.getMessage());
  }

  private String broken(String name, String text) {
    return assertThrows(WorkerConfigException.class, () -> read(name, text)).getMessage();
  }

  @Test
  void missingDateIsWarnedAbout() {
    assertEquals(Compatibility.NEWEST, toml("name = \"a\"\n").compatibilityDate());
    assertEquals("warning: wrangler.toml:1:1: no \"compatibility_date\" is set: the newest behaviour, 2026-11-17, is used"
        + " – add compatibility_date = \"2026-11-17\"\n    name = \"a\"\n    ^\n", found());
    assertEquals(Compatibility.NEWEST, toml("compatibility_date = \"2031-01-01\"\n").compatibilityDate());
    assertEquals("warning: wrangler.toml:1:1: \"compatibility_date\" is later than the newest behaviour Tenon knows, which is used: 2026-11-17"
        + "\n    compatibility_date = \"2031-01-01\"\n    ^\n", found());
  }

  @Test
  void environmentInheritsSettingsButNotBindings() {
    String text = GOOD + """
        [vars]
        A = "top"
        [[kv_namespaces]]
        binding = "KV"
        [env.staging]
        compatibility_flags = ["nodejs_als"]
        [env.staging.vars]
        B = "staging"
        [env.live]
        name = "shop"
        main = "live.ts"
        """;
    WranglerConfig staging = toml(text, "staging");
    assertEquals("shop-staging", staging.name());
    assertEquals(Optional.of(folder.resolve("src/index.ts")), staging.main());
    assertEquals(Set.of("nodejs_als"), staging.compatibilityFlags());
    assertEquals(Map.of("B", "staging"), staging.vars());
    assertEquals(List.of(), staging.bindings());
    assertEquals("""
        warning: wrangler.toml:6:1: "kv_namespaces" is set at the top level but not in "env.staging", which does not inherit it – repeat it in "env.staging" if the worker needs it there
            [[kv_namespaces]]
            ^
        warning: wrangler.toml:5:1: "vars.A" is set at the top level but not in "env.staging.vars", which does not inherit it – repeat it in "env.staging.vars" if the worker needs it there
            A = "top"
            ^
        """, found());
    WranglerConfig live = toml(text, "live");
    assertEquals("shop", live.name());
    assertEquals(Optional.of(folder.resolve("live.ts")), live.main());
    assertEquals(Map.of("A", "top"), toml(text).vars());
  }

  @Test
  void unknownEnvironmentIsAnError() {
    toml(GOOD + "[env.staging]\n[env.live]\n", "stagging");
    assertEquals("error: wrangler.toml:4:1: there is no environment \"stagging\" – choose one of staging, live\n    [env.staging]\n    ^\n", found());
    toml(GOOD, "staging");
    assertEquals("error: wrangler.toml:1:1: there is no environment \"staging\" – add \"env.staging\", or leave the environment away\n    name = \"shop\"\n    ^\n", found());
  }

  @Test
  void everyBindingKindIsKnownByName() {
    WranglerConfig config = toml(GOOD + """
        text_blobs = { T = "t.txt" }
        queues = { producers = [ { binding = "Q", queue = "q" } ] }
        durable_objects = { bindings = [ { name = "DO", class_name = "C" } ] }
        ratelimits = [ { name = "R", namespace_id = "1", simple = { limit = 1, period = 10 } } ]
        send_email = [ { name = "MAIL" } ]
        version_metadata = { binding = "V" }
        browser = { binding = "B" }
        vectorize = [ { binding = "X", index_name = "i" } ]
        assets = { directory = "public", binding = "ASSETS" }
        """);
    assertEquals(List.of("text_blobs T", "queues Q", "durable_objects DO", "ratelimits R", "send_email MAIL", "version_metadata V", "browser B", "vectorize X", "assets ASSETS"),
        config.bindings().stream().map(entry -> entry.kind() + " " + entry.name()).toList());
    assertEquals("", found());
  }

  /// Whatever stands in the file, reading it gives a configuration or a [WorkerConfigException], and nothing else.
  @Test
  void damagedFilesNeverBreakTheReader() {
    String[] files = {GOOD + "[vars]\nA = { b = [1, \"x\"] }\n[[services]]\nbinding = \"A\"\nservice = \"a\"\n[limits]\ncpu_ms = 5\n[env.live]\nrules = [{ type = \"Text\", globs = [\"*\"] }]\n",
        "{ \"name\": \"shop\", \"rules\": [{ \"type\": \"Text\", \"globs\": [\"*\"] }], \"vars\": { \"A\": null }, \"env\": { \"live\": { \"limits\": { \"cpu_ms\": 5 } } }, }"};
    String pieces = "[]{}\"'=,:.#/\\\n\t 0aé\uD83D\u0000";
    Random random = new Random(20261122);
    int understood = 0;
    for (int round = 0; round < 400; round++) {
      int which = round % 2;
      StringBuilder text = new StringBuilder(files[which]);
      for (int edits = random.nextInt(3) + 1; edits > 0; edits--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, pieces.charAt(random.nextInt(pieces.length())));
          default -> text.delete(at, Math.min(text.length(), at + random.nextInt(20)));
        }
      }
      try {
        read(which == 0 ? "wrangler.toml" : "wrangler.jsonc", text.toString().replace("\uD83D", "?"), "live");
        understood++;
      } catch (WorkerConfigException expected) {
        assertFalse(expected.getMessage().isBlank(), text.toString());
      } catch (RuntimeException other) {
        throw new AssertionError("for this file:\n" + text, other);
      }
    }
    assertTrue(understood > 10, understood + " of 400 files could still be read");
  }
}
