package dev.tenon.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// An application of `src/test/apps`, run by `./tenon run` as it is. Its npm packages are installed into `target/apps` once for each lock file.
final class Application implements AutoCloseable {

  private static final Path SOURCES = Checkout.root().resolve("verticles/system-tests/src/test/apps");
  private static final Path INSTALLED = Checkout.root().resolve("verticles/system-tests/target/apps");

  /// What npm and builds make; never copied, and never deleted when sources are.
  private static final Set<String> MADE = Set.of("node_modules", ".svelte-kit");

  private final TenonProcess tenon;
  private final String url;

  private Application(TenonProcess tenon) {
    this.tenon = tenon;
    this.url = tenon.await("^listening on (http://127\\.0\\.0\\.1:\\d+)$").group(1);
  }

  /// Starts an application that shares the packages of all; returns when it listens.
  ///
  /// @param options of `tenon run`
  static Application start(String name, String... options) {
    return run(installed(SOURCES, "all").resolve(name), options);
  }

  /// Starts an application that has packages of its own and is built by `npm run build`.
  static Application startBuilt(String name, String... options) {
    Path folder = installed(SOURCES.resolve(name), name);
    npm(folder, "run", "build");
    endWhatIsLeft(folder);
    return run(folder, options);
  }

  private static Application run(Path folder, String... options) {
    List<String> words = new ArrayList<>(List.of("run", folder.toString(), "--port", "0"));
    words.addAll(List.of(options));
    TenonProcess tenon = TenonProcess.start(words.toArray(String[]::new));
    try {
      return new Application(tenon);
    } catch (AssertionError failed) {
      tenon.close();
      throw failed;
    }
  }

  String url() {
    return url;
  }

  /// What it has said.
  TenonProcess process() {
    return tenon;
  }

  HttpResponse<String> get(String target, String... headers) {
    return TenonProcess.send(request(target, headers).build());
  }

  HttpResponse<String> send(String method, String target, String body, String... headers) {
    return TenonProcess.send(request(target, headers).method(method, BodyPublishers.ofString(body)).build());
  }

  HttpResponse<byte[]> sendBytes(String method, String target, byte[] body, String... headers) {
    return TenonProcess.sendForBytes(request(target, headers).method(method, BodyPublishers.ofByteArray(body)).build());
  }

  @Override
  public void close() {
    tenon.close();
  }

  private HttpRequest.Builder request(String target, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + target));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private static synchronized Path installed(Path sources, String name) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(sources.resolve("package-lock.json")));
      Path folder = INSTALLED.resolve(name + "-" + HexFormat.of().formatHex(hash, 0, 6));
      copy(sources, folder);
      Path done = folder.resolve("node_modules/.complete");
      if (!Files.exists(done)) {
        npm(folder, "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        Files.writeString(done, "");
      }
      return folder;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void npm(Path folder, String... words) {
    List<String> all = new ArrayList<>(List.of("npm"));
    all.addAll(List.of(words));
    Command.Outcome outcome = Command.of(all.toArray(String[]::new)).in(folder).run();
    if (outcome.exitCode() != 0) {
      throw new AssertionError(all + " in " + folder + ": " + outcome.out() + outcome.err());
    }
  }

  /// A build of SvelteKit leaves the workerd behind that stood for bindings.
  private static void endWhatIsLeft(Path folder) {
    String programs = folder.toAbsolutePath().resolve("node_modules").toString();
    ProcessHandle.allProcesses().filter(process -> process.info().command().orElse("").startsWith(programs)).forEach(ProcessHandle::destroyForcibly);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).filter(each -> !isMade(from.relativize(each))).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static boolean isMade(Path file) {
    for (Path part : file) {
      if (MADE.contains(part.toString())) {
        return true;
      }
    }
    return false;
  }

  /// Bytes as text, one character each.
  static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
