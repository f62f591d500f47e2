package dev.tenon.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// There is no Docker engine where the tests run; what can be held without one is held here.
class DockerfileTest {

  /// Paths of the image that `./tenon build` makes; everything else that is copied into it stands in the checkout.
  private static final List<String> BUILT = List.of(".tenon/runtime", ".tenon/cache");

  private final List<String> instructions = instructions();

  @Test
  void theBuildStageRunsTheStepsOfTheScriptAndNoneOfItsOwn() {
    List<String> runs = stage("build").stream().filter(line -> line.startsWith("RUN ")).toList();
    assertEquals("RUN ./tenon build", runs.getLast());
    for (String run : runs.subList(0, runs.size() - 1)) {
      assertTrue(run.matches("RUN (ln|chmod) .*"), run + " prepares the tools of the stage");
    }
    for (String line : instructions) {
      assertFalse(line.matches("RUN .*(mvnw|jlink|npm ci|javac|AOTCache).*"), line + " is a step of the tenon script");
    }
  }

  @Test
  void basesAreNamedExactly() {
    for (String line : instructions) {
      if (line.startsWith("FROM ")) {
        assertTrue(line.matches("FROM \\S+:[0-9][^\\s]*[0-9.][^\\s]*( AS \\w+)?"), line + " names a version");
        assertFalse(line.contains(":latest"), line);
      }
    }
  }

  @Test
  void theJdkOfTheBuildIsTheOneOfTheProject() throws IOException {
    String pom = Files.readString(Checkout.root().resolve("pom.xml"));
    String version = pom.replaceAll("(?s).*<jdk.version>(\\d+)</jdk.version>.*", "$1");
    assertTrue(instructions.stream().anyMatch(line -> line.startsWith("FROM eclipse-temurin:" + version + ".")), "JDK " + version);
  }

  @Test
  void theImageHoldsWhatTheScriptNeedsAndAllOfItExists() {
    List<String> copied = new ArrayList<>();
    for (String line : stage("")) {
      if (line.startsWith("COPY --from=build ")) {
        String[] words = line.split("\\s+");
        for (int i = 2; i < words.length - 1; i++) {
          copied.add(words[i].replaceFirst("^/opt/tenon/", ""));
        }
      }
    }
    assertTrue(copied.containsAll(List.of("tenon", "contracts", "js-workers", "cluster-config")), copied.toString());
    assertTrue(copied.containsAll(BUILT), copied.toString());
    for (String path : copied) {
      assertTrue(BUILT.contains(path) || Files.exists(Checkout.root().resolve(path)), path + " exists");
    }
  }

  @Test
  void itRunsTenonNodeAsAnOrdinaryUserAndAsksItsHealth() throws IOException {
    List<String> last = stage("");
    assertTrue(last.contains("USER tenon"), last.toString());
    assertTrue(last.stream().anyMatch(line -> line.startsWith("ENTRYPOINT [\"tenon\", \"node\"")), last.toString());
    String settings = Files.readString(Checkout.root().resolve("cluster-config/node.yaml"));
    String port = settings.replaceAll("(?s).*\\ncontrol:.*?port: (\\d+).*", "$1");
    assertTrue(last.stream().anyMatch(line -> line.startsWith("HEALTHCHECK ") && line.contains("/127.0.0.1/" + port) && line.contains("/health/ready")),
        "the health check asks the control listener on " + port);
  }

  /// The instructions of one stage; the last stage has no name.
  private List<String> stage(String name) {
    List<String> found = new ArrayList<>();
    boolean inside = false;
    for (String line : instructions) {
      if (line.startsWith("FROM ")) {
        inside = name.isEmpty() ? !line.contains(" AS ") : line.endsWith(" AS " + name);
      } else if (inside) {
        found.add(line);
      }
    }
    return found;
  }

  private static List<String> instructions() {
    try {
      Path file = Checkout.root().resolve("Dockerfile");
      return Files.readString(file).replace("\\\n", " ").lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
