package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.worker.ModuleSource.Type;
import dev.tenon.worker.WorkerDefinition.Format;
import dev.tenon.worker.config.Compatibility;
import dev.tenon.worker.config.Problem;
import dev.tenon.worker.config.WorkerConfigException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerLoaderTest {

  private static final byte[] WASM = {0, 'a', 's', 'm', 1, 0, 0, 0};
  private static final String HELLO = "export default { fetch() { return new Response('hello'); } };\n";

  @TempDir
  Path temporary;

  private Folder folder;

  @BeforeEach
  void makeFolder() throws Exception {
    folder = new Folder(Files.createDirectories(temporary.resolve("my-worker")).toRealPath());
  }

  private LoadedWorker load() {
    return WorkerLoader.load(folder.path(), LoadOptions.DEFAULT);
  }

  private static List<String> texts(List<Problem> problems) {
    return problems.stream().map(Problem::toString).toList();
  }

  private void checkErrors(String... expected) {
    WorkerConfigException failure = assertThrows(WorkerConfigException.class, this::load);
    assertEquals(List.of(expected), texts(failure.problems()));
    assertEquals(String.join("\n", expected), failure.getMessage());
  }

  @Test
  void singleFileNeedsNoConfiguration() {
    folder.put("hello.js", HELLO);
    LoadedWorker loaded = WorkerLoader.load(folder.file("hello.js"), LoadOptions.DEFAULT);
    WorkerDefinition worker = loaded.definition();
    assertEquals("hello", worker.name());
    assertEquals("hello.js", worker.mainModule());
    assertEquals(HELLO, worker.main().text());
    assertEquals(Format.MODULES, worker.format());
    assertEquals(Compatibility.NEWEST, worker.compatibilityDate());
    assertEquals(Map.of(), worker.bindings());
    assertEquals(WorkerLimits.DEFAULT, worker.limits());
    assertEquals(List.of(), loaded.warnings());
    assertEquals(Set.of(folder.file("hello.js")), loaded.inputs());
  }

  @Test
  void typescriptAndJsxAndPackagesBecomeOneModule() {
    folder
        .put("wrangler.toml", """
            name = "shop"
            main = "src/index.tsx"
            compatibility_date = "2025-01-01"
            """)
        .put("tsconfig.json", "{ \"compilerOptions\": { \"jsx\": \"react-jsx\", \"jsxImportSource\": \"tiny\" } }")
        .put("src/index.tsx", """
            import { greet } from 'greeter';
            import type { Name } from './types';
            import data from './data.json';
            const name: Name = data.name as Name;
            export default { fetch: (): Response => new Response(String(<b title={greet(name)}>{process.env.NODE_ENV}</b>)) };
            """)
        .put("src/types.ts", "export type Name = string;\n")
        .put("src/data.json", "{ \"name\": \"Ada\" }")
        .put("node_modules/greeter/package.json", """
            { "name": "greeter", "exports": { ".": { "node": "./node.js", "workerd": "./workerd.js", "default": "./other.js" } } }""")
        .put("node_modules/greeter/node.js", "exports.greet = () => 'from node';")
        .put("node_modules/greeter/workerd.js", "module.exports.greet = (name) => 'hello ' + name + ' from workerd';")
        .put("node_modules/greeter/other.js", "export const greet = () => 'from elsewhere';")
        .put("node_modules/tiny/package.json", "{ \"name\": \"tiny\", \"exports\": { \"./jsx-runtime\": \"./jsx-runtime.js\" } }")
        .put("node_modules/tiny/jsx-runtime.js", "export const jsx = (tag, props) => `<${tag} title=\"${props.title}\">${props.children}</${tag}>`;");
    LoadedWorker loaded = load();
    WorkerDefinition worker = loaded.definition();
    assertEquals("shop", worker.name());
    assertEquals(LocalDate.of(2025, 1, 1), worker.compatibilityDate());
    assertEquals(List.of("index.js"), worker.modules().stream().map(ModuleSource::name).toList());
    String code = worker.main().text();
    assertTrue(code.contains("from workerd") && !code.contains("from node") && !code.contains("from elsewhere"), code);
    assertTrue(code.contains("\"production\""), code);
    String developed = WorkerLoader.load(folder.path(), LoadOptions.DEFAULT.withNodeEnv("development")).definition().main().text();
    assertTrue(developed.contains("\"development\"") && !developed.contains("\"production\""), developed);
    JsonObject map = new JsonObject(worker.main().sourceMap().orElseThrow());
    assertTrue(map.getJsonArray("sources").contains("src/index.tsx"), map.encode());
    assertEquals(
        Set.of("wrangler.toml", "src/index.tsx", "src/data.json", "node_modules/greeter/workerd.js", "node_modules/tiny/jsx-runtime.js"),
        loaded.inputs().stream().map(folder.path()::relativize).map(Path::toString).collect(Collectors.toSet()));
    assertEquals(List.of(), texts(loaded.warnings()));
  }

  private static final String TOML = "name = \"w\"\nmain = \"index.js\"\ncompatibility_date = \"2025-05-01\"\n";

  private static Map<String, Type> types(WorkerDefinition worker) {
    return worker.modules().stream().collect(Collectors.toMap(module -> module.name().replaceFirst("^[0-9a-f]{40}-", "HASH-"), ModuleSource::type));
  }

  @Test
  void otherFilesStandBesideTheBundleByContentHash() {
    folder
        .put("wrangler.toml", TOML + "rules = [ { type = \"Text\", globs = [\"**/*.md\"], fallthrough = true } ]\n")
        .put("index.js", """
            import wasm from './lib/codec.wasm';
            import other from 'codecs/codec.wasm?module';
            import text from './a.txt';
            import page from './lib/page.html';
            import query from './q.sql';
            import bytes from './b.bin';
            import doc from './doc.md';
            export default { fetch: () => new Response([wasm, other, text, page, query, bytes, doc].join()) };
            """)
        .put("lib/codec.wasm", WASM)
        .put("node_modules/codecs/package.json", "{ \"name\": \"codecs\" }")
        .put("node_modules/codecs/codec.wasm", Arrays.copyOf(WASM, 9))
        .put("a.txt", "text").put("lib/page.html", "<p>").put("q.sql", "select 1").put("b.bin", new byte[] {1, 2}).put("doc.md", "# doc");
    LoadedWorker loaded = load();
    WorkerDefinition worker = loaded.definition();
    List<String> wasm = worker.modules().stream().filter(module -> module.type() == Type.WASM).map(ModuleSource::name).toList();
    assertEquals(2, wasm.size());
    assertTrue(wasm.stream().allMatch(name -> name.matches("[0-9a-f]{40}-codec\\.wasm")), wasm.toString());
    assertEquals(7, worker.modules().size() - 1);
    ModuleSource text = worker.modules().stream().filter(module -> module.name().endsWith("-a.txt")).findFirst().orElseThrow();
    assertEquals(new ModuleSource("372ea08cab33e71c02c651dbc83a474d32c676ea-a.txt", Type.TEXT, Buffer.buffer("text")), text);
    assertTrue(worker.main().text().contains("from \"./" + text.name() + "\""), worker.main().text());
    assertEquals(Type.DATA, worker.modules().stream().filter(module -> module.name().endsWith("-b.bin")).findFirst().orElseThrow().type());
    assertEquals(Type.TEXT, worker.modules().stream().filter(module -> module.name().endsWith("-doc.md")).findFirst().orElseThrow().type());
    assertTrue(loaded.inputs().contains(folder.file("lib/codec.wasm")), loaded.inputs().toString());
  }

  @Test
  void fileNamesMayBePreserved() {
    folder.put("wrangler.toml", TOML + "preserve_file_names = true\n").put("a.txt", "text")
        .put("index.js", "import text from './a.txt'; export default { fetch: () => new Response(text) };");
    assertEquals(Map.of("index.js", Type.ESM, "a.txt", Type.TEXT), types(load().definition()));
  }

  @Test
  void shadowedRuleIsSaidWhenItIsNeeded() {
    folder.put("wrangler.toml", TOML + "rules = [ { type = \"Text\", globs = [\"**/*.md\"] } ]\n").put("a.txt", "text")
        .put("index.js", "import text from './a.txt';\nexport default { fetch: () => new Response(text) };\n");
    checkErrors("""
        index.js:1:18: "./a.txt" matches a module rule (**/*.txt) that is left out, because an earlier rule of the same type does not say fallthrough = true
            import text from './a.txt';
                             ^""");
  }

  @Test
  void aliasAndDefineApplyToTheBundle() {
    folder.put("wrangler.toml", TOML + """
        alias = { "old" = "./new.js", "gone" = "pkg/sub" }
        define = { VERSION = "'1.2.3'" }
        """)
        .put("new.js", "export const name = 'the new one';")
        .put("node_modules/pkg/sub.js", "export const name = 'of the package';")
        .put("src/deep.js", "export { name } from 'old';")
        .put("index.js", "import { name } from './src/deep.js'; import { name as other } from 'gone'; export default { fetch: () => new Response(name + other + VERSION) };");
    String code = load().definition().main().text();
    assertTrue(code.contains("the new one") && code.contains("of the package") && code.contains("1.2.3"), code);
  }

  @Test
  void noBundleLeavesFilesAsTheyAre() {
    folder.put("wrangler.toml", """
            main = "dist/index.js"
            name = "w"
            compatibility_date = "2025-05-01"
            no_bundle = true
            rules = [ { type = "ESModule", globs = ["**/*.js"] }, { type = "CommonJS", globs = ["**/*.cjs"] } ]
            """)
        .put("dist/index.js", "import { a } from './lib/a.js';\nexport default { fetch: () => new Response(a) };\n//# sourceMappingURL=index.js.map")
        .put("dist/index.js.map", "{\"version\":3,\"sources\":[\"x.ts\"]}")
        .put("dist/lib/a.js", "export const a = 1;")
        .put("dist/old.cjs", "exports.a = 1;")
        .put("dist/data.txt", "text")
        .put("dist/codec.wasm", WASM)
        .put("dist/node_modules/x/index.js", "never");
    WorkerDefinition worker = load().definition();
    assertEquals(Map.of("index.js", Type.ESM, "lib/a.js", Type.ESM, "old.cjs", Type.COMMONJS, "data.txt", Type.TEXT, "codec.wasm", Type.WASM), types(worker));
    assertEquals(Optional.of("{\"version\":3,\"sources\":[\"x.ts\"]}"), worker.main().sourceMap());
    assertEquals(Format.MODULES, worker.format());
  }

  @Test
  void additionalModulesAreFoundAndStayOutsideTheBundle() {
    folder.put("wrangler.toml", """
            main = "src/index.ts"
            name = "w"
            compatibility_date = "2025-05-01"
            find_additional_modules = true
            rules = [ { type = "ESModule", globs = ["lang/*.js"] } ]
            """)
        .put("src/index.ts", "import { help } from './deep/help';\nexport default { fetch: async () => new Response(await help('fr')) };")
        .put("src/deep/help.ts", "import en from '../lang/en.js';\nexport const help = async (name: string) => en + (await import(`../lang/${name}.js`)).default;")
        .put("src/lang/en.js", "export default 'hello';")
        .put("src/lang/fr.js", "export default 'bonjour';");
    WorkerDefinition worker = load().definition();
    assertEquals(Map.of("index.js", Type.ESM, "lang/en.js", Type.ESM, "lang/fr.js", Type.ESM), types(worker));
    assertTrue(worker.main().text().contains("from \"./lang/en.js\""), worker.main().text());
  }

  @Test
  void serviceWorkerIsRecognisedAndGetsItsModulesInside() {
    folder.put("wrangler.toml", TOML)
        .put("index.js", """
            import text from './a.txt';
            import bytes from './b.bin';
            import wasm from './c.wasm';
            addEventListener('fetch', (event) => event.respondWith(new Response(text + bytes + wasm)));
            """)
        .put("a.txt", "quote \" and \nline").put("b.bin", new byte[] {1, 2, 3}).put("c.wasm", WASM);
    LoadedWorker loaded = load();
    WorkerDefinition worker = loaded.definition();
    assertEquals(Format.SERVICE_WORKER, worker.format());
    assertEquals(1, worker.modules().size());
    String code = worker.main().text();
    assertTrue(code.contains("quote \\\" and") || code.contains("'quote \" and"), code);
    assertTrue(code.contains("atob(\"AQID\")") && code.contains("new WebAssembly.Module("), code);
    assertTrue(loaded.inputs().containsAll(List.of(folder.file("a.txt"), folder.file("b.bin"), folder.file("c.wasm"))), loaded.inputs().toString());
  }

  @Test
  void variablesComeFromThreePlaces() {
    folder.put("wrangler.toml", TOML + "[vars]\nA = \"config\"\nB = \"config\"\nC = \"config\"\nJ = { x = [1] }\n")
        .put("index.js", HELLO)
        .put(".dev.vars", "B=dev\nC=dev\nSECRET=\"s3cret\"\n");
    LoadedWorker loaded = WorkerLoader.load(folder.path(), LoadOptions.DEFAULT.withVars(Map.of("C", "given", "D", "given")));
    assertEquals(Map.of("A", new Binding.Text("config"), "B", new Binding.Text("dev"), "C", new Binding.Text("given"), "D", new Binding.Text("given"),
        "SECRET", new Binding.Text("s3cret"), "J", new Binding.Json("{\"x\":[1]}")), loaded.definition().bindings());
    assertTrue(loaded.inputs().contains(folder.file(".dev.vars")));
    assertEquals(new Binding.Text("config"),
        WorkerLoader.load(folder.path(), LoadOptions.DEFAULT.withDevVars(LoadOptions.DevVars.IGNORE)).definition().bindings().get("B"));
  }

  @Test
  void environmentHasItsOwnDevVars() {
    folder.put("wrangler.toml", TOML + "[env.staging]\n").put("index.js", HELLO).put(".dev.vars", "A=1").put(".dev.vars.staging", "A=2");
    assertEquals(new Binding.Text("1"), load().definition().bindings().get("A"));
    WorkerDefinition staging = WorkerLoader.load(folder.path(), LoadOptions.DEFAULT.withEnvironment("staging")).definition();
    assertEquals(new Binding.Text("2"), staging.bindings().get("A"));
    assertEquals("w-staging", staging.name());
  }

  @Test
  void bindingsAreMadeByProvidersAndByTheRuntime() {
    folder.put("wrangler.toml", TOML + """
        text_blobs = { BLOB = "blob.txt" }
        [[services]]
        binding = "AUTH"
        service = "auth"
        [[services]]
        binding = "ADMIN"
        service = "auth"
        entrypoint = "Admin"
        props = { user = "Ada" }
        [ai]
        binding = "AI"
        [limits]
        cpu_ms = 50
        subrequests = 3
        """).put("index.js", HELLO).put("blob.txt", "blob");
    BindingProvider ai = (kind, name, config) -> kind.equals("ai") ? Optional.of(new Binding.Text(name + config.encode())) : Optional.empty();
    WorkerDefinition worker = WorkerLoader.load(folder.path(), LoadOptions.DEFAULT.withProviders(List.of(ai))).definition();
    assertEquals(Map.of("AUTH", new Binding.Service("auth"), "ADMIN", new Binding.Service("auth", "Admin", "{\"user\":\"Ada\"}"), "AI", new Binding.Text("AI{\"binding\":\"AI\"}"), "BLOB", new Binding.Text("blob")), worker.bindings());
    assertEquals(Duration.ofMillis(50), worker.limits().cpu());
    assertEquals(3, worker.limits().subrequests());
  }

  @Test
  void unsupportedBindingsAreRefusedByName() {
    folder.put("wrangler.toml", TOML + """
        [[kv_namespaces]]
        binding = "CACHE"
        id = "1"
        [[services]]
        binding = "RPC"
        service = "other"
        entrypoint = 3
        """).put("index.js", HELLO);
    checkErrors(
        """
        wrangler.toml:4:1: binding "CACHE" needs "kv_namespaces", which Tenon does not support yet – remove it from the configuration to run the worker without it
            [[kv_namespaces]]
            ^""",
        """
        wrangler.toml:7:1: binding "RPC" has an "entrypoint" that is no text – name an export of the service, e.g. "Admin"
            [[services]]
            ^""");
  }

  @Test
  void providerMayRefuseAConfiguration() {
    folder.put("wrangler.toml", TOML + "ai = { binding = \"AI\" }\n").put("index.js", HELLO);
    BindingProvider strict = (_, _, _) -> {
      throw new IllegalArgumentException("no model is installed");
    };
    WorkerConfigException failure = assertThrows(WorkerConfigException.class,
        () -> WorkerLoader.load(folder.path(), LoadOptions.DEFAULT.withProviders(List.of(strict))));
    assertEquals("wrangler.toml:4:1: binding \"AI\" cannot be made: no model is installed\n    ai = { binding = \"AI\" }\n    ^", failure.getMessage());
  }

  @Test
  void problemsOfConfigurationAndCodeAreReportedTogether() {
    folder.put("wrangler.toml", TOML + "minify = 1\n")
        .put("package.json", "{ \"dependencies\": { \"hono\": \"^4\" } }")
        .put("index.js", """
            import { Hono } from 'hono';
            import { z } from 'zod';
            import { sub } from '@scope/pkg/sub';
            import own from './lib/own';
            export default new Hono(z, sub, own);
            """);
    checkErrors(
        "wrangler.toml:4:1: \"minify\" must be true or false, not 1\n    minify = 1\n    ^",
        "index.js:1:22: package \"hono\" is not installed – run npm install in the worker's folder\n    import { Hono } from 'hono';\n                         ^",
        "index.js:2:19: package \"zod\" is not installed – run npm install zod in the worker's folder\n    import { z } from 'zod';\n                      ^",
        "index.js:3:21: package \"@scope/pkg\" is not installed – run npm install @scope/pkg in the worker's folder\n    import { sub } from '@scope/pkg/sub';\n                        ^",
        "index.js:4:17: there is no module \"./lib/own\" – check the path and the file's name\n    import own from './lib/own';\n                    ^");
  }

  @Test
  void syntaxErrorsHaveTheirPlace() {
    folder.put("wrangler.toml", TOML.replace("index.js", "src/index.ts"))
        .put("src/index.ts", "const grüße = 'ä'; const x: = 1;\nexport default {};\n");
    checkErrors("src/index.ts:1:29: Unexpected \"=\"\n    const grüße = 'ä'; const x: = 1;\n                                ^");
  }

  @Test
  void syntaxErrorOfAPlainFileIsSaidBeforeItRuns() {
    folder.put("hello.js", "export default {\n  fetch() { return new Response('hi'; }\n};\n");
    WorkerConfigException failure = assertThrows(WorkerConfigException.class, () -> WorkerLoader.load(folder.file("hello.js"), LoadOptions.DEFAULT));
    assertEquals("hello.js:2:37: Expected \")\" but found \";\"\n      fetch() { return new Response('hi'; }\n                                        ^", failure.getMessage());
  }

  @Test
  void entryPointMustExistAndBeCode() {
    folder.put("wrangler.toml", TOML);
    checkErrors("wrangler.toml:2:1: the entry point \"index.js\" does not exist – check \"main\", or build it first\n    main = \"index.js\"\n    ^");
    folder.put("wrangler.toml", "name = \"w\"\ncompatibility_date = \"2025-05-01\"\n");
    checkErrors("the configuration names neither an entry point nor assets – add main = \"src/index.js\", or assets.directory = \"./public\"");
    folder.put("wrangler.toml", TOML.replace("index.js", "app.py")).put("app.py", "");
    checkErrors("wrangler.toml:2:1: the entry point \"app.py\" is not JavaScript or TypeScript – name a .cjs, .cts, .js, .jsx, .mjs, .mts, .ts, .tsx file as \"main\""
        + "\n    main = \"app.py\"\n    ^");
  }

  @Test
  void folderWithoutAnythingSaysSo() {
    WorkerConfigException failure = assertThrows(WorkerConfigException.class, this::load);
    assertEquals(folder.path() + ": the folder has neither a wrangler.toml, wrangler.json or wrangler.jsonc nor an entry point such as src/index.js"
        + " – add one, or name the worker's file instead", failure.getMessage());
    Path nowhere = folder.file("nowhere.js");
    assertEquals(nowhere + ": there is no such file or folder – check the path",
        assertThrows(WorkerConfigException.class, () -> WorkerLoader.load(nowhere, LoadOptions.DEFAULT)).getMessage());
  }

  @Test
  void folderWithoutConfigurationIsLoadedByItsEntryPoint() {
    folder.put("src/index.js", HELLO);
    WorkerDefinition worker = load().definition();
    assertEquals("my-worker", worker.name());
    assertEquals("index.js", worker.mainModule());
  }

  @Test
  void buildCommandMakesTheEntryPoint() {
    folder.put("wrangler.toml", "name = \"w\"\nmain = \"dist/index.js\"\ncompatibility_date = \"2025-05-01\"\n[build]\ncommand = \"test -d ../dist && echo there is one already && exit 3; mkdir ../dist && cp in.js ../dist/index.js\"\ncwd = \"src\"\n")
        .put("src/in.js", HELLO);
    assertEquals(HELLO, load().definition().main().text());
    checkErrors("""
        wrangler.toml:5:1: "build.command" ended with exit code 3 – it wrote:
        there is one already
            command = "test -d ../dist && echo there is one already && exit 3; mkdir ../dist && cp in.js ../dist/index.js"
            ^""");
  }

  @Test
  void frameworksBuildIsFollowedToItsConfiguration() {
    folder.put("wrangler.jsonc", "{ \"name\": \"source\", \"main\": \"src/x.js\" }")
        .put(".wrangler/deploy/config.json", "{ \"configPath\": \"../../dist/wrangler.json\" }")
        .put("dist/wrangler.json", "{ \"name\": \"built\", \"main\": \"index.js\", \"compatibility_date\": \"2025-05-01\" }")
        .put("dist/index.js", HELLO);
    assertEquals("built", load().definition().name());
  }

  @Test
  void nodeModulesAreNamedWhenTheyAreNotThere() {
    folder.put("wrangler.toml", TOML + "compatibility_flags = [\"nodejs_compat\"]\n")
        .put("index.js", "import sea from 'node:sea';\nimport { connect } from 'cloudflare:nowhere';\nexport default { sea, connect };\n");
    checkErrors(
        "index.js:1:17: \"node:sea\" is a module of Node.js that Tenon does not provide\n    import sea from 'node:sea';\n                    ^",
        "index.js:2:25: \"cloudflare:nowhere\" is a module that Tenon does not provide yet\n    import { connect } from 'cloudflare:nowhere';\n                            ^");
  }

  @Test
  void nodeModulesNeedTheirFlag() {
    String imports = "import fs from 'node:fs';\nimport 'buffer';\nexport default { fs };\n";
    folder.put("wrangler.toml", TOML).put("index.js", imports);
    checkErrors(
        "index.js:1:16: \"node:fs\" is a module of Node.js: add \"nodejs_compat\" to compatibility_flags to use it\n    import fs from 'node:fs';\n                   ^",
        "index.js:2:8: \"buffer\" is a module of Node.js: add \"nodejs_compat\" to compatibility_flags to use it\n    import 'buffer';\n           ^");
    folder.put("wrangler.toml", TOML.replace("2025-05-01", "2024-05-01") + "compatibility_flags = [\"nodejs_compat\"]\n");
    checkErrors("index.js:2:8: \"buffer\" is a module of Node.js: import it as \"node:buffer\", or raise compatibility_date to 2024-09-23 or later\n    import 'buffer';\n           ^");
    folder.put("wrangler.toml", TOML + "compatibility_flags = [\"nodejs_als\"]\n")
        .put("index.js", "import { AsyncLocalStorage } from 'node:async_hooks';\nimport 'node:fs';\nexport default { AsyncLocalStorage };\n");
    checkErrors("index.js:2:8: \"node:fs\" is a module of Node.js: add \"nodejs_compat\" to compatibility_flags to use it\n    import 'node:fs';\n           ^");
    folder.put("wrangler.toml", TOML + "compatibility_flags = [\"nodejs_compat\"]\n").put("index.js", imports)
        .put("node_modules/buffer/index.js", "exports.from = 'from npm';");
    String code = load().definition().main().text();
    assertTrue(code.contains("import \"node:buffer\"") && code.contains("from \"node:fs\"") && !code.contains("from npm"), code);
  }

  @Test
  void packagesMayStandInForNodeModules() {
    folder.put("wrangler.toml", TOML)
        .put("index.js", "import { EventEmitter } from 'events'; import lib from 'lib'; export default { fetch: () => new Response(EventEmitter + lib) };")
        .put("node_modules/events/index.js", "exports.EventEmitter = 'from npm';")
        .put("node_modules/lib/package.json", "{ \"name\": \"lib\", \"main\": \"index.js\", \"browser\": { \"fs\": false, \"./server.js\": \"./client.js\" } }")
        .put("node_modules/lib/index.js", "require('fs'); module.exports = require('./server.js'); try { require('repl'); } catch {}")
        .put("node_modules/lib/server.js", "module.exports = 'server';")
        .put("node_modules/lib/client.js", "module.exports = 'client';");
    String code = load().definition().main().text();
    assertTrue(code.contains("from npm") && code.contains("client") && !code.contains("'server'"), code);
  }

  @Test
  void runtimeModulesStayImports() {
    folder.put("wrangler.toml", TOML).put("index.js",
        "import { WorkerEntrypoint } from 'cloudflare:workers'; export default class extends WorkerEntrypoint { fetch() { return new Response('hi'); } }");
    String code = load().definition().main().text();
    assertTrue(code.contains("from \"cloudflare:workers\""), code);
    folder.put("index.js", "import { env } from 'cloudflare:workers'; addEventListener('fetch', () => env);");
    checkErrors("index.js:1:21: \"cloudflare:workers\" cannot be imported by a worker without a default export, which counts as a service worker:"
        + " add export default { … } to the entry point\n    import { env } from 'cloudflare:workers'; addEventListener('fetch', () => env);\n                        ^");
  }

  @Test
  void namedExportsWithoutADefaultAreWarnedAbout() {
    folder.put("wrangler.toml", TOML).put("index.js", "export const fetch = () => new Response('hi');");
    LoadedWorker loaded = load();
    assertEquals(Format.SERVICE_WORKER, loaded.definition().format());
    assertEquals(List.of("index.js: it exports fetch but has no default export, and so counts as a service worker – add export default { … }"), texts(loaded.warnings()));
  }

  @Test
  void bundlesOfOthersAreLoadedAsFiles() {
    folder.put("App.bundle.mjs", "var a = {}; export { a as default };");
    assertEquals("app-bundle", WorkerLoader.load(folder.file("App.bundle.mjs"), LoadOptions.DEFAULT).definition().name());
    folder.put("typed.ts", "const x: number = 1; export default { fetch: (): Response => new Response(String(x)) };");
    WorkerDefinition typed = WorkerLoader.load(folder.file("typed.ts"), LoadOptions.DEFAULT).definition();
    assertEquals("typed.js", typed.mainModule());
    assertTrue(!typed.main().text().contains(": number"), typed.main().text());
  }
}
