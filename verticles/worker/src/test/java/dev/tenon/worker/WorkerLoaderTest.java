package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.worker.ModuleSource.Type;
import dev.tenon.worker.WorkerDefinition.Format;
import dev.tenon.worker.config.Compatibility;
import dev.tenon.worker.config.Problem;
import dev.tenon.worker.config.WorkerConfigException;
import io.vertx.core.json.JsonObject;
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
    folder = new Folder(java.nio.file.Files.createDirectories(temporary.resolve("my-worker")).toRealPath());
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
    JsonObject map = new JsonObject(worker.main().sourceMap().orElseThrow());
    assertTrue(map.getJsonArray("sources").contains("src/index.tsx"), map.encode());
    assertEquals(
        Set.of("wrangler.toml", "src/index.tsx", "src/data.json", "node_modules/greeter/workerd.js", "node_modules/tiny/jsx-runtime.js"),
        loaded.inputs().stream().map(folder.path()::relativize).map(Path::toString).collect(Collectors.toSet()));
    assertEquals(List.of(), texts(loaded.warnings()));
  }
}
