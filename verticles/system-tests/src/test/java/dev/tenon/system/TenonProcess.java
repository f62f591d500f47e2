package dev.tenon.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A real `./tenon` of this checkout, built as for its user, that runs until it is told to stop. Everything it says is kept.
final class TenonProcess implements AutoCloseable {

  /// Far beyond what a start takes; a test that waits this long has failed.
  private static final Duration DEADLINE = Duration.ofSeconds(90);

  private static final Pattern EDGE = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)");

  private final List<String> lines = new ArrayList<>();
  private final Process process;
  private final Thread reader;

  /// What is started by a build in the background ignores SIGINT and passes that on; a terminal's foreground does not.
  private static final List<String> HEEDS_INTERRUPTS =
      Files.isDirectory(Path.of("/proc/self")) ? List.of("env", "--default-signal=INT") : List.of();

  private TenonProcess(Process process) {
    this.process = process;
    this.reader = Thread.ofPlatform().daemon().name("tenon-output").start(this::read);
  }

  /// Starts it; returns at once.
  static TenonProcess start(String... arguments) {
    return startWith(List.of(), arguments);
  }

  /// Starts it by another program, e.g. `taskset`.
  static TenonProcess startWith(List<String> launcher, String... arguments) {
    return start(launcher, command(arguments));
  }

  /// Starts the `tenon` of another place than the checkout.
  static TenonProcess start(Command command) {
    return start(List.of(), command);
  }

  private static TenonProcess start(List<String> launcher, Command command) {
    List<String> words = new ArrayList<>(HEEDS_INTERRUPTS);
    words.addAll(launcher);
    words.addAll(command.words());
    try {
      return new TenonProcess(new Command(command.folder(), command.environment(), words).builder().redirectErrorStream(true).start());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /// Runs a command to its end.
  static Command.Outcome run(String... arguments) {
    return command(arguments).run();
  }

  static Command command(String... arguments) {
    List<String> words = new ArrayList<>(List.of(Checkout.root().resolve("tenon").toString()));
    words.addAll(List.of(arguments));
    return new Command(Checkout.root(), Map.of(), words);
  }

  /// Waits for a line that holds a match.
  Matcher await(String regex) {
    Pattern pattern = Pattern.compile(regex);
    long end = System.nanoTime() + DEADLINE.toNanos();
    synchronized (lines) {
      int next = 0;
      while (true) {
        for (; next < lines.size(); next++) {
          Matcher matcher = pattern.matcher(lines.get(next));
          if (matcher.find()) {
            return matcher;
          }
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (millis <= 0 || !reader.isAlive()) {
          throw new AssertionError("no line has '" + regex + "'; it said:\n" + output());
        }
        pause(millis);
      }
    }
  }

  /// Waits until a node is ready.
  TenonProcess awaitReady() {
    await("^ready after");
    return this;
  }

  /// The URL that a part printed when it was ready, e.g. `edge` or `control`.
  String url(String part) {
    Matcher line = await("s  " + part + " +" + EDGE.pattern());
    return line.group(1);
  }

  String output() {
    synchronized (lines) {
      return String.join("\n", lines) + "\n";
    }
  }

  List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  long pid() {
    return process.pid();
  }

  /// Sends a signal by its name, e.g. `INT`.
  void signal(String name) {
    Command.of("kill", "-" + name, String.valueOf(process.pid())).run();
  }

  /// Waits for its end.
  int exitCode() {
    try {
      if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("it did not end; it said:\n" + output());
      }
      reader.join(DEADLINE.toMillis());
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.destroy();
      try {
        exitCode();
      } finally {
        process.destroyForcibly();
      }
    }
  }

  /// A GET; the body as text.
  static HttpResponse<String> get(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)).build());
  }

  static HttpResponse<String> send(HttpRequest request) {
    return send(request, HttpResponse.BodyHandlers.ofString());
  }

  static HttpResponse<byte[]> sendForBytes(HttpRequest request) {
    return send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10)).build()) {
      return client.send(request, body);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private void pause(long millis) {
    try {
      lines.wait(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        synchronized (lines) {
          lines.add(line);
          lines.notifyAll();
        }
      }
    } catch (IOException ended) {
      synchronized (lines) {
        lines.notifyAll();
      }
    }
  }
}
