package dev.tenon.contract.coupling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.contract.coupling.WorkerReader.Import;
import dev.tenon.contract.coupling.WorkerReader.ServiceBinding;
import dev.tenon.contract.coupling.WorkerReader.Use;
import dev.tenon.contract.coupling.WorkerReader.WorkerCode;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CouplingTest {

  @TempDir private Path scratch;

  private Path root;
  private final List<Import> imports = new ArrayList<>();
  private final List<ServiceBinding> bindings = new ArrayList<>();

  @BeforeEach
  void makeTheRepository() throws IOException {
    root = scratch.toRealPath();
    write("verticles/auth/component.yaml", "name: auth\n");
    write("verticles/usage/component.yaml", "name: usage\n");
    compile("auth", "app.auth.Accounts", "app.auth.Passwords");
    compile("auth", "app.auth.Passwords");
    compile("usage", "app.usage.Counter", "java.util.List");
    write("js-workers/image/wrangler.toml", "name = \"image\"\n");
    write("js-workers/ai/wrangler.jsonc", "{}");
  }

  @Test
  void ofComponentsThatAreApartNothingIsBetween() {
    Coupling coupling = measure();
    assertEquals(List.of("auth", "usage", "ai", "image"), coupling.components().stream().map(Component::name).toList());
    check(coupling.between());
    check(coupling.inside(), "auth app.auth.Accounts names auth app.auth.Passwords");
    assertEquals(0, coupling.ratio());
  }

  @Test
  void aConsumedOperationIsOneDependency() throws IOException {
    write("verticles/usage/component.yaml", "name: usage\nversion: 1.0.0\nconsumes:\n  auth: { version: ^1.2, operations: [getPlan, getUser, getPlan] }\n  billing: { events: [paid] }\n");
    Coupling coupling = measure();
    check(coupling.between(), "usage consumes auth getPlan", "usage consumes auth getUser", "usage consumes billing paid");
    assertEquals(List.of(), coupling.codeBetween());
    assertEquals(0.75, coupling.ratio());
    assertEquals(1.0, coupling.ratio(component(coupling, "usage")));
    assertEquals(0, coupling.ratio(component(coupling, "auth")), "being consumed is no dependency");
  }

  @Test
  void aBindingCountsUnlessTheManifestSaysWhatItIsFor() throws IOException {
    bindings.add(new ServiceBinding("AUTH", "auth"));
    check(measure().between(), "image AUTH binds auth");
    write("js-workers/image/component.yaml", "consumes: { auth: { operations: [getPlan] } }\n");
    check(measure().between(), "image consumes auth getPlan");
  }

  @Test
  void aClassThatNamesAnotherComponentsIsCodeBetween() throws IOException {
    compile("usage", "app.usage.Reader", "app.auth.Accounts");
    Coupling coupling = measure();
    check(coupling.codeBetween(), "usage app.usage.Reader names auth app.auth.Accounts");
    assertEquals(0.5, coupling.ratio());
  }

  @Test
  void soIsATestsClass() throws IOException {
    write("verticles/usage/target/test-classes/app/usage/ReaderTest.class", naming("app.usage.ReaderTest", "app.auth.Accounts"));
    check(measure().codeBetween(), "usage app.usage.ReaderTest names auth app.auth.Accounts");
  }

  @Test
  void aTextThatLooksLikeAClassIsNone() throws IOException {
    write("verticles/usage/target/classes/app/usage/Text.class", ClassFile.of().build(ClassDesc.of("app.usage.Text"), builder -> builder.withMethodBody(
        "go", MethodTypeDesc.of(ConstantDescs.CD_String), ClassFile.ACC_STATIC, code -> code.ldc("Lapp/auth/Accounts;").areturn())));
    check(measure().between());
  }

  @Test
  void whatSignaturesAndArraysNameCounts() throws IOException {
    write("verticles/usage/target/classes/app/usage/Shape.class", ClassFile.of().build(ClassDesc.of("app.usage.Shape"), builder -> builder.withField(
        "all", ClassDesc.of("app.auth.Accounts").arrayType(2), ClassFile.ACC_PRIVATE)));
    check(measure().codeBetween(), "usage app.usage.Shape names auth app.auth.Accounts");
  }

  @Test
  void nestedClassesArePartsOfTheirTopLevelClass() {
    ClassReferences nested = ClassReferences.of(classFile(Nested.Inner.class));
    assertEquals("dev.tenon.contract.coupling.CouplingTest", nested.topLevel());
    assertTrue(nested.references().contains("java.util.BitSet"), nested.references().toString());
  }

  @Test
  void aModuleOfAnotherComponentIsCodeBetween() {
    imports.add(new Import(root.resolve("js-workers/image/src/index.ts"), root.resolve("js-workers/image/src/plan.ts"), Use.DEPLOYED));
    imports.add(new Import(root.resolve("js-workers/image/test/a.ts"), root.resolve("js-workers/image/src/plan.ts"), Use.FOR_TESTS));
    imports.add(new Import(root.resolve("js-workers/image/test/a.ts"), root.resolve("js-workers/ai/src/words.ts"), Use.FOR_TESTS));
    imports.add(new Import(root.resolve("js-workers/image/src/index.ts"), root.resolve("js-workers/image/node_modules/hono/index.js"), Use.DEPLOYED));
    imports.add(new Import(root.resolve("js-workers/image/src/index.ts"), root.resolve("contracts/client/index.ts"), Use.DEPLOYED));
    Coupling coupling = measure();
    check(coupling.between(), "image test/a.ts imports ai src/words.ts");
    check(coupling.inside(), "auth app.auth.Accounts names auth app.auth.Passwords", "image src/index.ts imports image src/plan.ts");
  }

  @Test
  void anNpmPackageOfAnotherWorkerIsCodeBetween() throws IOException {
    write("js-workers/ai/package.json", "{ \"name\": \"@app/ai\" }");
    for (String asked : List.of("\"other\": \"file:../ai\"", "\"other\": \"link:../ai/src\"", "\"@app/ai\": \"workspace:*\"", "\"@app/ai\": \"1.0.0\"")) {
      write("js-workers/image/package.json", "{ \"name\": \"image\", \"devDependencies\": { \"hono\": \"^4\", " + asked + " } }");
      check(measure().codeBetween(), "image package.json asks for the package of ai");
    }
    write("js-workers/image/package.json", "{ \"dependencies\": { \"contracts\": \"file:../../contracts\", \"own\": \"file:./own\" } }");
    check(measure().codeBetween());
  }

  @Test
  void aMavenDependencyOnAnotherServiceIsCodeBetween() throws IOException {
    write("verticles/auth/pom.xml", "<project><parent><groupId>app</groupId></parent><artifactId>app-auth</artifactId></project>");
    write("verticles/usage/pom.xml", "<project><groupId>app</groupId><artifactId>app-usage</artifactId><dependencies><dependency><groupId>${project.groupId}</groupId>"
        + "<artifactId>app-auth</artifactId><scope>test</scope></dependency></dependencies></project>");
    check(measure().codeBetween(), "usage pom.xml asks for the package of auth");
  }

  @Test
  void whatCannotBeMeasuredIsSaid() throws IOException {
    write("verticles/usage/component.yaml", "consumes: [auth]\n");
    checkRefused(root.resolve("verticles/usage/component.yaml") + " – consumes is not a mapping – write consumes: { auth: { version: ^1.2, operations: [getPlan] } }");
    write("verticles/usage/component.yaml", "name: auth\n");
    checkRefused(root.resolve("verticles/usage") + " – its name \"auth\" is that of " + root.resolve("verticles/auth") + " too – rename one");
    write("verticles/usage/component.yaml", "name: usage\n");
    write("verticles/new/component.yaml", "name: new\n");
    checkRefused("new – there are no classes in " + root.resolve("verticles/new/target/classes") + " – build it first, for example with ./mvnw compile");
    root = Files.createDirectory(root.resolve("empty"));
    checkRefused(root + " – it has neither a service (verticles/*/component.yaml) nor a worker (js-workers/*/wrangler.toml) – name the repository's top folder");
  }

  @Test
  void thePictureShowsComponentsOperationsAndCode() throws IOException {
    write("verticles/usage/component.yaml", "name: usage\nconsumes: { auth: { operations: [getPlan] }, \"b&b\": { operations: [getRoom] } }\n");
    compile("usage", "app.usage.Reader", "app.auth.Accounts");
    String svg = CouplingPicture.svg(measure(), 0.3);
    for (String text : List.of(">usage<", ">getPlan<", ">getRoom<", ">b&amp;b<", ">in another repository<", ">code, 1×<", "Coupling 0.750, at most 0.30: 3 between components, 1 inside")) {
      assertTrue(svg.contains(text), text + " in " + svg);
    }
    assertEquals(svg, CouplingPicture.svg(measure(), 0.3));
  }

  private Coupling measure() {
    return Coupling.measure(root, folder -> folder.endsWith("image") ? new WorkerCode("image", imports, bindings) : new WorkerCode("ai", List.of(), List.of()));
  }

  private void checkRefused(String expected) {
    assertEquals(expected, assertThrows(CouplingException.class, this::measure).getMessage());
  }

  private static void check(Collection<Dependency> found, String... expected) {
    assertEquals(List.of(expected), found.stream().map(Dependency::toString).toList());
  }

  private static Component component(Coupling coupling, String name) {
    return coupling.components().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private void compile(String service, String name, String... called) throws IOException {
    write("verticles/" + service + "/target/classes/" + name.replace('.', '/') + ".class", naming(name, called));
  }

  private static byte[] naming(String name, String... called) {
    return ClassFile.of().build(ClassDesc.of(name), builder -> builder.withMethodBody("go", MethodTypeDesc.of(ConstantDescs.CD_void), ClassFile.ACC_STATIC, code -> {
      for (String each : called) {
        code.invokestatic(ClassDesc.of(each), "go", MethodTypeDesc.of(ConstantDescs.CD_void));
      }
      code.return_();
    }));
  }

  private void write(String path, String text) throws IOException {
    write(path, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private void write(String path, byte[] content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private static byte[] classFile(Class<?> type) {
    try (var in = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
      return in.readAllBytes();
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  /// Read as byte code.
  static final class Nested {
    static final class Inner {
      private final java.util.BitSet bits = new java.util.BitSet();

      int size() {
        return bits.size();
      }
    }
  }
}
