package dev.tenon.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A Tenon with contracts and workers of a test's own, which runs on the run-time image of the checkout: what somebody has who keeps a system of their own beside an installed Tenon.
final class Installation {

  private final Path folder;

  /// @param folder an empty one
  Installation(Path folder) throws IOException {
    this.folder = folder;
    TenonProcess.run("version"); // builds the run-time image where there is none
    Files.copy(Checkout.root().resolve("tenon"), folder.resolve("tenon"));
    copy(Checkout.root().resolve("cluster-config"), folder.resolve("cluster-config"));
    Files.createDirectories(folder.resolve("contracts"));
  }

  /// Writes a file of the system.
  ///
  /// @param path such as `js-workers/shop/src/index.js`
  Installation with(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /// Starts one of its nodes, with free ports and a data directory of its own.
  ///
  /// @param command `up` or `node`
  TenonProcess start(String command, String name, String... arguments) {
    List<String> words = new ArrayList<>(List.of(folder.resolve("tenon").toString(), command, "--edge-port", "0", "--control-port", "0", "--no-warm-up",
        "--data-dir", data(name).toString()));
    words.addAll(List.of(arguments));
    String state = Optional.ofNullable(System.getenv("TENON_HOME")).orElse(Checkout.root().resolve(".tenon").toString());
    return TenonProcess.start(new Command(folder, Map.of("TENON_HOME", state), words));
  }

  /// What a second node needs to join a first one.
  String[] joining(TenonProcess first, String name, String... more) throws IOException {
    String database = first.await("database +postgresql://(\\S+)").group(1);
    String password = Files.readString(data(name).resolve("postgres/superuser.password")).strip();
    List<String> words = new ArrayList<>(List.of("--join", first.await("cluster +(127\\.0\\.0\\.1:\\d+)").group(1),
        "--database", "postgresql://" + database.replaceFirst("@", ":" + password + "@"), "--key-file", data(name).resolve("node.key").toString()));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private Path data(String name) {
    return folder.resolve("data").resolve(name);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
