package dev.tenon.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.cli.graph.WorkerGraphs;
import dev.tenon.contract.coupling.Coupling;
import dev.tenon.contract.coupling.CouplingException;
import dev.tenon.contract.coupling.Dependency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The components of this repository stay apart, and components that are not are found.
class CouplingIT {

  private static final String SUM = "export const sum = (a, b) => a + b;\n";

  @TempDir private Path scratch;

  @Test
  void componentsOfThisRepositoryShareNoCodeAndLittleElse() {
    Coupling coupling = measure(Checkout.root());
    Set<String> names = coupling.components().stream().map(component -> component.name()).collect(Collectors.toSet());
    assertTrue(names.containsAll(Set.of("auth", "ai-worker", "image-worker")), names.toString());
    coupling.components().forEach(component -> assertFalse(coupling.inside(component).isEmpty(), component.name() + " has modules"));
    assertFalse(coupling.between().isEmpty(), "the image worker asks for plans");
    check(coupling.codeBetween());
    assertTrue(coupling.ratio() <= Coupling.RATIO_MAX, coupling.ratio() + " from " + coupling.between());
  }

  @Test
  void javaThatNamesAnotherServicesClassFailsTheBuild() throws IOException {
    write("verticles/auth/component.yaml", "name: auth\n");
    write("verticles/auth/src/app/auth/Plan.java", "package app.auth; public record Plan(String name) {}");
    write("verticles/usage/component.yaml", "name: usage\n");
    write("verticles/usage/src/app/usage/Quota.java", "package app.usage; public class Quota { java.util.List<app.auth.Plan> plans; }");
    compile("verticles/auth/target/classes", "verticles/auth/src/app/auth/Plan.java");
    compile("verticles/usage/target/classes", "-cp", scratch.resolve("verticles/auth/target/classes").toString(), "verticles/usage/src/app/usage/Quota.java");
    check(measure(scratch).codeBetween(), "usage app.usage.Quota names auth app.auth.Plan");
    assertTrue(measure(scratch).ratio() > Coupling.RATIO_MAX);
  }

  @Test
  void anImportThatLeavesTheWorkersFolderIntoAnothersIsFoundHoweverItIsWritten() throws IOException {
    worker("one", "export default { fetch: () => new Response('one') };");
    write("js-workers/one/src/sum.js", SUM);
    write("js-workers/one/src/types.ts", "export interface Shape { sides: number }\n");
    for (String source : List.of(
        "import { sum } from '../../one/src/sum.js'; export default { fetch: () => new Response(sum(1, 2)) };",
        "export { sum } from '../../one/src/sum.js'; export default {};",
        "export default { async fetch() { const { sum } = await import('../../one/src/sum.js'); return new Response(sum(1, 2)); } };",
        "const { sum } = require('../../one/src/sum'); export default { fetch: () => new Response(sum(1, 2)) };",
        "import { sum } from '@one/sum.js'; export default { fetch: () => new Response(sum(1, 2)) };")) {
      worker("two", source);
      write("js-workers/two/tsconfig.json", "{ \"compilerOptions\": { \"paths\": { \"@one/*\": [\"../one/src/*\"] } } }");
      check(measure(scratch).codeBetween(), "two src/index.ts imports one src/sum.js");
    }
    for (String source : List.of(
        "import type { Shape } from '../../one/src/types'; export default { fetch: (r: Shape) => r };",
        "import { Shape } from '../../one/src/types'; export default { fetch: (r: Shape) => r };",
        "export type { Shape } from '../../one/src/types'; export default {};",
        "export default { fetch: (r: import('../../one/src/types').Shape) => r };")) {
      worker("two", source);
      check(measure(scratch).codeBetween(), "two src/index.ts imports one src/types.ts");
    }
    worker("two", "// import { sum } from '../../one/src/sum.js';\nexport default { fetch: () => new Response(`import '../../one/src/sum.js'`) };");
    check(measure(scratch).between());
  }

  @Test
  void aPackageThatIsALinkIntoAnotherWorkerIsItsCode() throws IOException {
    worker("one", "export default {};");
    write("js-workers/one/src/sum.js", SUM);
    write("js-workers/one/package.json", "{ \"name\": \"one\", \"exports\": { \".\": \"./src/sum.js\" } }");
    worker("two", "import { sum } from 'sums'; import absent from 'not-installed'; export default { fetch: () => new Response(sum(1, 2) + absent) };");
    Files.createDirectories(scratch.resolve("js-workers/two/node_modules"));
    Files.createSymbolicLink(scratch.resolve("js-workers/two/node_modules/sums"), scratch.resolve("js-workers/one"));
    check(measure(scratch).codeBetween(), "two src/index.ts imports one src/sum.js");
  }

  @Test
  void testsCountWhereTheyLeaveTheirWorkerAndNotInside() throws IOException {
    worker("one", "import './sum.js'; import data from './data.txt'; export default { fetch: () => new Response(data) };");
    write("js-workers/one/src/sum.js", SUM);
    write("js-workers/one/src/data.txt", "data");
    write("js-workers/one/test/sum.test.js", "import '../src/sum.js';\n");
    worker("two", "export default {};");
    write("js-workers/two/test/both.test.js", "import '../../one/src/sum.js';\n");
    Coupling coupling = measure(scratch);
    check(coupling.inside(), "one src/index.ts imports one src/data.txt", "one src/index.ts imports one src/sum.js");
    check(coupling.between(), "two test/both.test.js imports one src/sum.js");
  }

  @Test
  void aModuleThatDoesNotParseIsNamed() throws IOException {
    worker("one", "import './broken.js'; export default {};");
    write("js-workers/one/src/broken.js", "export const = 1;\n");
    String message = assertThrows(CouplingException.class, () -> measure(scratch)).getMessage();
    assertEquals(scratch.toRealPath().resolve("js-workers/one") + " – its module graph cannot be made: src/broken.js:1: Expected identifier but found \"=\" – mend that", message);
  }

  private static Coupling measure(Path root) {
    try (WorkerGraphs workers = new WorkerGraphs(Checkout.root().resolve("target/esbuild"))) {
      return Coupling.measure(root, workers);
    }
  }

  private static void check(Collection<Dependency> found, String... expected) {
    assertEquals(List.of(expected), found.stream().map(Dependency::toString).toList());
  }

  private void worker(String name, String source) throws IOException {
    write("js-workers/" + name + "/wrangler.toml", "name = \"" + name + "\"\nmain = \"src/index.ts\"\ncompatibility_date = \"2026-01-01\"\n");
    write("js-workers/" + name + "/src/index.ts", source);
  }

  private void compile(String output, String... words) throws IOException {
    Files.createDirectories(scratch.resolve(output));
    String[] all = new String[words.length + 2];
    all[0] = "-d";
    all[1] = scratch.resolve(output).toString();
    System.arraycopy(words, 0, all, 2, words.length);
    all[all.length - 1] = scratch.resolve(all[all.length - 1]).toString();
    assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, all));
  }

  private void write(String path, String text) throws IOException {
    Path file = scratch.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
