package dev.tenon.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A checkout with the real `tenon` script, in which Maven, npm and the JDK are stand-ins that write down how they were called. It lets every path
/// of the script be walked in milliseconds.
final class StandInCheckout {

  private final Path folder;
  private final Path jdk;
  private final Map<String, String> environment = new LinkedHashMap<>();

  StandInCheckout(Path folder) throws IOException {
    this.folder = folder;
    this.jdk = folder.resolveSibling("jdk-25");
    Files.createDirectories(folder.resolve("verticles/cli/src/main/launcher"));
    Files.createDirectories(folder.resolve("contracts"));
    Files.createDirectories(folder.resolve(".mvn"));
    Files.copy(Checkout.root().resolve("tenon"), folder.resolve("tenon"));
    Files.copy(Checkout.root().resolve("verticles/cli/src/main/launcher/jvm.options"), folder.resolve("verticles/cli/src/main/launcher/jvm.options"));
    Files.writeString(folder.resolve("pom.xml"), "<project/>");
    Files.writeString(folder.resolve("verticles/cli/src/main/Main.java"), "class Main {}");
    program(folder.resolve("mvnw"), """
        echo "mvnw $*" >>"%1$s/calls"
        d="%1$s/verticles/cli/target/dist"
        mkdir -p "$d/lib" "$d/graal" "$d/compiler" "$d/inspector"
        cp "%1$s/verticles/cli/src/main/Main.java" "$d/lib/tenon-cli-1.jar"
        echo other >"$d/lib/other.jar"; echo js >"$d/graal/js.jar"; echo compiler >"$d/compiler/compiler.jar"
        printf lib/other.jar >"$d/classpath"
        echo '[INFO] Building Tenon · cli 1 [1/1]'
        """.formatted(folder));
    jdk(jdk, "25.0.3");
    environment.put("TENON_JDKS", jdk.toString());
    environment.put("JAVA_HOME", "");
    environment.put("TENON_HOME", "");
    past(folder);
  }

  Path folder() {
    return folder;
  }

  Path jdk() {
    return jdk;
  }

  StandInCheckout set(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Command command(String... arguments) {
    return commandAs(folder.resolve("tenon"), arguments);
  }

  Command commandAs(Path script, String... arguments) {
    List<String> words = new java.util.ArrayList<>(List.of(script.toString()));
    words.addAll(List.of(arguments));
    return new Command(folder.getParent(), environment, words);
  }

  /// How the stand-ins were called, in order.
  List<String> calls() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  long calls(String program) throws IOException {
    return calls().stream().filter(call -> call.startsWith(program + " ")).count();
  }

  /// A JDK whose java says what it was started with, and whose jlink makes an image with the same java.
  void jdk(Path home, String version) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    program(home.resolve("bin/javac"), "");
    program(home.resolve("bin/java"), """
        echo "java $*" >>"%s/calls"
        for word in "$@"; do
          case $word in -XX:AOTCache=*) case " $* " in *AOTMode=create*) touch "${word#*=}" ;; esac ;; esac
        done
        case " $* " in *dev.tenon.cli.Tenon*) words="$*"; echo "started by $0:${words##*dev.tenon.cli.Tenon}" ;; esac
        """.formatted(folder));
    program(home.resolve("bin/jlink"), """
        echo "jlink $*" >>"%1$s/calls"
        while [ $# -gt 0 ]; do if [ "$1" = --output ]; then mkdir -p "$2/bin"; cp "%2$s/bin/java" "$2/bin/java"; fi; shift; done
        """.formatted(folder, home));
  }

  static void program(Path file, String script) throws IOException {
    Files.writeString(file, "#!/usr/bin/env bash\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// Everything was last changed a minute ago, so that a change is newer than a build.
  private static void past(Path folder) throws IOException {
    FileTime then = FileTime.from(Instant.now().minusSeconds(60));
    try (var files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, then);
      }
    }
  }
}
