package dev.tenon.worker;

import dev.tenon.worker.config.Problem;
import dev.tenon.worker.config.Problems;
import dev.tenon.worker.esbuild.Build;
import dev.tenon.worker.esbuild.Message;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Turns what esbuild says into problems, with what to do about the usual ones.
final class BuildMessages {

  private static final Pattern UNRESOLVED = Pattern.compile("Could not resolve \"(.+)\"", Pattern.DOTALL);
  private static final List<String> DEPENDENCIES = List.of("dependencies", "devDependencies", "optionalDependencies", "peerDependencies");

  private final Path root;

  BuildMessages(Path root) {
    this.root = root;
  }

  void report(Build.Built built, Problems problems) {
    built.errors().forEach(message -> problems.error(problem(message)));
    built.warnings().forEach(message -> problems.warning(problem(message)));
  }

  private Problem problem(Message message) {
    Optional<Problem.Place> at = message.location().map(BuildMessages::place);
    Matcher unresolved = UNRESOLVED.matcher(message.text());
    if (unresolved.matches()) {
      return unresolved(at, unresolved.group(1), message);
    }
    return new Problem(at, message.text(), notes(message));
  }

  private Problem unresolved(Optional<Problem.Place> at, String name, Message message) {
    if (name.startsWith(".") || name.startsWith("/")) {
      return new Problem(at, "there is no module \"" + name + "\"", "check the path and the file's name");
    }
    String packageName = packageName(name);
    if (Files.isDirectory(root.resolve("node_modules").resolve(packageName))) {
      return new Problem(at, "package \"" + packageName + "\" is installed, but has no \"" + name + "\"", notes(message));
    }
    return new Problem(at, "package \"" + packageName + "\" is not installed",
        "run " + (declares(packageName) ? "npm install" : "npm install " + packageName) + " in the worker's folder");
  }

  private static String packageName(String name) {
    String[] parts = name.split("/", 3);
    return name.startsWith("@") && parts.length > 1 ? parts[0] + "/" + parts[1] : parts[0];
  }

  /// Whether the package.json that counts for the worker names the package.
  private boolean declares(String packageName) {
    for (Path folder = root; folder != null; folder = folder.getParent()) {
      Path file = folder.resolve("package.json");
      if (Files.isRegularFile(file)) {
        try {
          JsonObject manifest = new JsonObject(Files.readString(file));
          return DEPENDENCIES.stream().anyMatch(key -> manifest.getValue(key) instanceof JsonObject names && names.containsKey(packageName));
        } catch (IOException | DecodeException e) {
          return false;
        }
      }
    }
    return false;
  }

  private static String notes(Message message) {
    return message.notes().stream()
        .map(note -> note.location().map(at -> at.file() + ":" + at.line() + ": ").orElse("") + note.text())
        .collect(Collectors.joining("; "));
  }

  private static Problem.Place place(Message.Location at) {
    byte[] line = at.lineText().getBytes(StandardCharsets.UTF_8);
    int column = new String(line, 0, Math.min(at.column(), line.length), StandardCharsets.UTF_8).length() + 1;
    return new Problem.Place(at.file(), at.line(), column, at.lineText());
  }
}
