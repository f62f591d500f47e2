package dev.tenon.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {

  @TempDir private Path scratch;
  private StandInCheckout checkout;

  @BeforeEach
  void makeCheckout() throws IOException {
    checkout = new StandInCheckout(scratch.resolve("a path with spaces"));
  }

  @Test
  void theFirstStartBuildsLinksAndTrainsThenBecomesTheJvm() throws IOException {
    Command.Outcome outcome = checkout.command("run", "my worker.js", "--port", "1").run();
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(outcome.out().contains("/image/bin/java: run my worker.js --port 1"), outcome.out());
    assertEquals(1, checkout.calls("mvnw"));
    assertEquals(1, checkout.calls("jlink"));
    assertEquals(1, checkout.calls().stream().filter(call -> call.contains("-XX:AOTMode=record")).count());
    String last = checkout.calls().getLast();
    assertTrue(last.contains("-XX:AOTCache="), last);
  }

  @Test
  void theOptionsFilePutsGraalOnTheModulePathAndTheRestOnTheClassPath() throws IOException {
    checkout.command("version").run();
    String options = Files.readString(checkout.folder().resolve(".tenon/runtime/current/jvm.options"));
    String runtime = checkout.folder().resolve(".tenon/runtime").resolve(Files.readSymbolicLink(checkout.folder().resolve(".tenon/runtime/current"))).toString();
    assertTrue(options.contains("--module-path \"" + runtime + "/graal:" + runtime + "/compiler\"\n"), options);
    assertTrue(options.contains("-classpath \"" + runtime + "/lib/tenon-cli-1.jar:" + runtime + "/lib/other.jar\"\n"), options);
    assertTrue(options.contains("-XX:+EnableJVMCI"), options);
  }

  @Test
  void aDebuggerIsOnTheModulePathOnlyWhereOneIsAskedFor() throws IOException {
    checkout.command("dev", "--inspect=0", "my worker.js").run();
    String debugged = checkout.calls().getLast();
    assertTrue(debugged.contains("/inspector dev.tenon") || debugged.contains("/inspector -Dtenon"), debugged);
    assertFalse(debugged.contains("-XX:AOTCache="), debugged);
    checkout.command("dev", "my worker.js").run();
    String usual = checkout.calls().getLast();
    assertFalse(usual.contains("/inspector"), usual);
    assertTrue(usual.contains("-XX:AOTCache="), usual);
  }

  @Test
  void theSecondStartBuildsNothing() throws IOException {
    checkout.command("version").run();
    int before = checkout.calls().size();
    Command.Outcome outcome = checkout.command("version").run();
    assertEquals("", outcome.err());
    assertEquals(before + 1, checkout.calls().size(), "only the JVM is called");
  }

  @Test
  void aChangedSourceIsBuiltAndACopyOfItIsNot() throws IOException {
    checkout.command("version").run();
    Path source = checkout.folder().resolve("verticles/cli/src/main/Main.java");
    Files.writeString(source, "class Main { int changed; }");
    newer(source);
    checkout.command("version").run();
    assertEquals(2, checkout.calls("mvnw"));
    assertEquals(2, checkout.calls("jlink"));
    newer(checkout.folder().resolve("tenon"));
    checkout.command("version").run();
    assertEquals(2, checkout.calls("jlink"), "the same jars keep the image");
  }

  @Test
  void aChangedTestOrDocumentIsNotBuilt() throws IOException {
    checkout.command("version").run();
    Files.createDirectories(checkout.folder().resolve("verticles/cli/src/test"));
    Files.writeString(checkout.folder().resolve("verticles/cli/src/test/MainTest.java"), "class MainTest {}");
    Files.writeString(checkout.folder().resolve("README.md"), "changed");
    checkout.command("version").run();
    assertEquals(1, checkout.calls("mvnw"));
  }

  @Test
  void twoFirstStartsBuildOnce() throws Exception {
    Process one = checkout.command("version").builder().redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    Process two = checkout.command("version").builder().redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    assertEquals(0, one.waitFor());
    assertEquals(0, two.waitFor());
    assertEquals(1, checkout.calls("mvnw"));
    assertEquals(1, checkout.calls("jlink"));
  }

  @Test
  void aLinkToTheScriptStartsTheSameCheckout() throws IOException {
    Path link = Files.createSymbolicLink(scratch.resolve("tenon-link"), Path.of("a path with spaces/tenon"));
    Command.Outcome outcome = checkout.commandAs(link, "version").run();
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(checkout.calls().getLast().contains("-Dtenon.home=" + checkout.folder()), checkout.calls().getLast());
  }

  @Test
  void withoutAJdk25OneSentenceSaysWhatIsThere() throws IOException {
    Path old = scratch.resolve("jdk-17");
    checkout.jdk(old, "17.0.15");
    Command.Outcome outcome = checkout.set("TENON_JDKS", old + ":" + scratch.resolve("nothing")).command("up").run();
    assertEquals(1, outcome.exitCode());
    assertEquals("tenon: needs a JDK 25 and found 17.0.15 in " + old + ": install one (https://adoptium.net/temurin/releases/?version=25,"
        + " or 'sdk install java 25-tem') or point JAVA_HOME at it\n", outcome.err());
  }

  @Test
  void withoutAnyJavaTheSentenceSaysSo() {
    Command.Outcome outcome = checkout.set("TENON_JDKS", scratch.resolve("nothing").toString()).command("up").run();
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.err().startsWith("tenon: needs a JDK 25 and found no Java at all: "), outcome.err());
  }

  @Test
  void anotherJdkMakesAnotherImage() throws IOException {
    checkout.command("version").run();
    Files.writeString(checkout.jdk().resolve("release"), "JAVA_VERSION=\"25.0.4\"\n");
    checkout.command("version").run();
    assertEquals(1, checkout.calls("mvnw"));
    assertEquals(2, checkout.calls("jlink"));
  }

  @Test
  void aJdkThatCannotLinkIsUsedAsItIs() throws IOException {
    StandInCheckout.program(checkout.jdk().resolve("bin/jlink"), "exit 1\n");
    Command.Outcome outcome = checkout.command("version").run();
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(outcome.err().contains("jlink failed"), outcome.err());
    String options = Files.readString(checkout.folder().resolve(".tenon/runtime/current/jvm.options"));
    assertTrue(options.contains("--upgrade-module-path"), options);
    assertFalse(checkout.calls().getLast().contains("-XX:AOTCache="));
  }

  @Test
  void aJvmWithoutJvmciRunsTheInterpreterAndSaysSo() throws IOException {
    StandInCheckout.program(checkout.jdk().resolve("bin/java"), """
        case " $* " in *EnableJVMCI*) exit 1 ;; esac
        """);
    Command.Outcome outcome = checkout.command("version").run();
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(outcome.err().contains("workers run in the interpreter"), outcome.err());
    assertFalse(Files.readString(checkout.folder().resolve(".tenon/runtime/current/jvm.options")).contains("JVMCI"));
  }

  @Test
  void aFailedBuildShowsItsErrorsAndStartsNothing() throws IOException {
    StandInCheckout.program(checkout.folder().resolve("mvnw"), "echo '[ERROR] Main.java:[1,1] broken'; exit 1\n");
    Command.Outcome outcome = checkout.command("version").run();
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.err().contains("[ERROR] Main.java:[1,1] broken\ntenon: the build failed: its log is "), outcome.err());
    assertEquals(List.of(), checkout.calls());
  }

  @Test
  void withoutNpmTheOtherPartsStart() throws IOException {
    Path worker = Files.createDirectories(checkout.folder().resolve("js-workers/image-worker"));
    Files.writeString(worker.resolve("package-lock.json"), "{}");
    Path tools = toolsWithoutNpm();
    Command.Outcome outcome = checkout.set("PATH", tools.toString()).command("up").run();
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(outcome.err().contains("tenon: npm was not found, so these workers stay out: image-worker (install Node.js 20 or newer and start again)\n"), outcome.err());
    assertTrue(outcome.out().contains("up"), outcome.out());
  }

  @Test
  void packagesAreInstalledOnce() throws IOException {
    Path worker = Files.createDirectories(checkout.folder().resolve("js-workers/image-worker"));
    Files.writeString(worker.resolve("package-lock.json"), "{}");
    Path tools = toolsWithoutNpm();
    StandInCheckout.program(tools.resolve("npm"), "echo \"npm $*\" >>\"" + checkout.folder() + "/calls\"\nmkdir -p node_modules\n");
    checkout.set("PATH", tools.toString());
    checkout.command("up").run();
    checkout.command("up").run();
    assertEquals(1, checkout.calls("npm"));
  }

  @Test
  void anInstallationWithoutSourcesRunsWhatItHas() throws IOException {
    checkout.command("build").run();
    Files.delete(checkout.folder().resolve("pom.xml"));
    Files.move(checkout.jdk(), scratch.resolve("gone"));
    int before = checkout.calls().size();
    Command.Outcome outcome = checkout.command("version").run();
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertEquals(before + 1, checkout.calls().size());
  }

  /// A folder for `PATH` with all that the script may use, which is what every Linux and macOS has.
  private Path toolsWithoutNpm() throws IOException {
    Path tools = Files.createDirectories(scratch.resolve("tools"));
    for (String name : List.of("basename", "bash", "cat", "cksum", "cmp", "cp", "dirname", "env", "find", "grep", "head", "ln", "ls", "mkdir", "paste",
        "readlink", "rm", "sed", "sh", "sleep", "sort", "tail", "tee", "touch", "tr")) {
      Path tool = Files.exists(Path.of("/bin", name)) ? Path.of("/bin", name) : Path.of("/usr/bin", name);
      Path script = tools.resolve(name);
      Files.writeString(script, "#!/bin/sh\nexec " + tool + " \"$@\"\n");
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return tools;
  }

  private static void newer(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(2)));
  }
}
