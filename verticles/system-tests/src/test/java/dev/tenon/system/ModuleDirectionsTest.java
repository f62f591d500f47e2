package dev.tenon.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.contract.coupling.ClassReferences;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ModuleDirectionsTest {

  @Test
  void codeFollowsTheArrows() {
    Map<String, List<ClassReferences>> modules = new TreeMap<>();
    for (Path module : Checkout.modules()) {
      modules.put(module.getFileName().toString(), ClassReferences.below(module.resolve("target/classes")));
    }
    assertFalse(modules.get("cli").isEmpty(), "the modules are compiled before this test");
    assertEquals(List.of(), ModuleDirections.violations(modules));
  }

  @Test
  void testsOfOtherModulesDoNotNameGraal() {
    List<String> found = new ArrayList<>();
    for (Path module : Checkout.modules()) {
      for (ClassReferences one : ClassReferences.below(module.resolve("target/test-classes"))) {
        one.references().stream()
            .filter(reference -> reference.startsWith("org.graalvm.") && !one.name().startsWith("dev.tenon.worker."))
            .forEach(reference -> found.add(one.name() + " names " + reference));
      }
    }
    assertEquals(List.of(), found);
  }

  @Test
  void pomsFollowTheArrows() throws Exception {
    List<String> found = new ArrayList<>();
    for (Path module : Checkout.modules()) {
      found.addAll(pomViolations(module.getFileName().toString(), parse(module.resolve("pom.xml"))));
    }
    assertEquals(List.of(), found);
  }

  @Test
  void servicesAreTheModulesWithAManifest() {
    for (Path module : Checkout.modules()) {
      String name = module.getFileName().toString();
      assertEquals(Checkout.isService(module), ModuleDirections.isService(name), name + " has a component.yaml exactly if it is a service");
    }
  }

  @Test
  void anArrowUpwardsIsFound() {
    check("bus", "dev.tenon.bus.Bad", "dev.tenon.gateway.Gateway",
        "dev.tenon.bus.Bad (bus) names dev.tenon.gateway.Gateway (gateway), which bus may not depend on");
  }

  @Test
  void anArrowBetweenNeighboursIsFound() {
    check("control", "dev.tenon.control.Bad", "dev.tenon.gateway.Gateway",
        "dev.tenon.control.Bad (control) names dev.tenon.gateway.Gateway (gateway), which control may not depend on");
  }

  @Test
  void anArrowToAServiceIsFound() {
    check("node", "dev.tenon.node.Bad", "dev.tenon.auth.Accounts",
        "dev.tenon.node.Bad (node) names dev.tenon.auth.Accounts (auth), which node may not depend on");
  }

  @Test
  void anArrowBetweenServicesIsFound() {
    check("usage", "dev.tenon.usage.Bad", "dev.tenon.auth.Accounts",
        "dev.tenon.usage.Bad (usage) names dev.tenon.auth.Accounts (auth), which usage may not depend on");
  }

  @Test
  void whatOnePackageOwnsIsFoundElsewhere() {
    check("gateway", "dev.tenon.gateway.Bad", "org.graalvm.polyglot.Context",
        "dev.tenon.gateway.Bad names org.graalvm.polyglot.Context, which only dev.tenon.worker may");
    check("control", "dev.tenon.control.Bad", "io.vertx.core.http.HttpServerRequest",
        "dev.tenon.control.Bad names io.vertx.core.http.HttpServerRequest, which only dev.tenon.gateway may");
    check("bus", "dev.tenon.bus.Bad", "io.vertx.ext.auth.jwt.JWTAuth",
        "dev.tenon.bus.Bad names io.vertx.ext.auth.jwt.JWTAuth, which only dev.tenon.bus.identity may");
  }

  @Test
  void theOwnerMayNameIt() {
    ClassReferences owner = ClassReferences.of(classNaming("dev.tenon.worker.Good", "org.graalvm.polyglot.Context"));
    assertEquals(List.of(), ModuleDirections.violations(Map.of("worker", List.of(owner))));
  }

  @Test
  void aPomWithADependencyOnAServiceIsFound() throws Exception {
    Document pom = parse(Checkout.root().resolve("verticles/node/pom.xml"));
    Element dependency = pom.createElement("dependency");
    dependency.appendChild(pom.createElement("groupId")).setTextContent("dev.tenon");
    dependency.appendChild(pom.createElement("artifactId")).setTextContent("tenon-auth");
    pom.getElementsByTagName("dependencies").item(0).appendChild(dependency);
    assertEquals(List.of("the pom of node depends on auth"), pomViolations("node", pom));
  }

  /// Compiles a class that calls another, and expects exactly one violation.
  private static void check(String module, String name, String called, String expected) {
    Map<String, List<ClassReferences>> modules = new TreeMap<>();
    modules.put("gateway", List.of(new ClassReferences("dev.tenon.gateway.Gateway", "dev.tenon.gateway.Gateway", Set.of())));
    modules.put("auth", List.of(new ClassReferences("dev.tenon.auth.Accounts", "dev.tenon.auth.Accounts", Set.of())));
    List<ClassReferences> classes = new ArrayList<>(modules.getOrDefault(module, List.of()));
    classes.add(ClassReferences.of(classNaming(name, called)));
    modules.put(module, classes);
    assertEquals(List.of(expected), ModuleDirections.violations(modules));
  }

  private static byte[] classNaming(String name, String called) {
    return ClassFile.of().build(ClassDesc.of(name), builder -> builder.withMethodBody(
        "go", MethodTypeDesc.of(ConstantDescs.CD_void), ClassFile.ACC_STATIC,
        code -> code.invokestatic(ClassDesc.of(called), "go", MethodTypeDesc.of(ConstantDescs.CD_void)).return_()));
  }

  private static Document parse(Path pom) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
  }

  private static List<String> pomViolations(String module, Document pom) {
    List<String> found = new ArrayList<>();
    NodeList dependencies = pom.getElementsByTagName("dependency");
    assertTrue(dependencies.getLength() > 0, module + " has dependencies");
    for (int i = 0; i < dependencies.getLength(); i++) {
      Element dependency = (Element) dependencies.item(i);
      String artifact = text(dependency, "artifactId");
      if (text(dependency, "groupId").equals("dev.tenon") && !text(dependency, "scope").equals("test")) {
        String other = artifact.replaceFirst("^tenon-", "");
        if (!ModuleDirections.allowed(module).contains(other)) {
          found.add("the pom of " + module + " depends on " + other);
        }
      }
    }
    return found;
  }

  private static String text(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }
}
