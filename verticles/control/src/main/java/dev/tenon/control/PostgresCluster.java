package dev.tenon.control;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// One data directory of PostgreSQL and what can be done to it: create, start, stop. Whoever calls owns the directory.
final class PostgresCluster {

  private static final Duration CREATE_DEADLINE = Duration.ofSeconds(60);
  private static final Duration START_DEADLINE = Duration.ofSeconds(60);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);
  private static final Duration KILL_DEADLINE = Duration.ofSeconds(5);
  private static final long POLL_NANOS = 2_000_000;
  private static final int LOG_LINES_SHOWN = 3;
  private static final String DRAFT = "creating-";

  private final Path directory;
  private final Path data;
  private final PostgresBinaries binaries;
  private final PostgresUser user;

  PostgresCluster(Path directory, PostgresBinaries binaries) throws IOException {
    this.directory = directory;
    this.data = directory.resolve("data");
    this.binaries = binaries;
    this.user = PostgresUser.forFilesIn(exists() ? data : directory);
  }

  boolean exists() {
    return Files.isDirectory(data);
  }

  /// Makes the directory whole or not at all, with one superuser and one database, both of the same name.
  void create(String name, String password) throws IOException {
    deleteDrafts();
    Path draft = directory.resolve(DRAFT + ProcessHandle.current().pid());
    run("", "initdb", "-D", draft.toString(), "-U", name, "-E", "UTF8", "--locale=C", "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8", "--auth=reject", "--no-instructions");
    Files.writeString(draft.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
    sql(draft,
        "CREATE DATABASE " + name,
        "REVOKE CONNECT ON DATABASE " + name + ", postgres, template1 FROM PUBLIC",
        passwordChange(name, password));
    Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Gives the superuser a new password while the server is stopped.
  void changePassword(String name, String password) throws IOException {
    sql(data, passwordChange(name, password));
  }

  /// @throws ControlException when the data is of another major version than the programs
  void checkVersion() throws IOException {
    String major = Files.readString(data.resolve("PG_VERSION"), StandardCharsets.US_ASCII).strip();
    if (!major.equals(PostgresBinaries.major())) {
      throw new ControlException("database in " + directory + " – its files are of PostgreSQL " + major + ", this Tenon runs "
          + PostgresBinaries.version() + " – dump it with the Tenon that made it and restore it here, or choose another with --data-dir");
    }
  }

  /// Starts the server; returns when it takes connections.
  ///
  /// @return false when it ended at once, which may be chance (the port was taken meanwhile, a dying server was in the way)
  boolean start(int port, Map<String, String> settings) throws IOException {
    writeSettings(port, settings);
    Path log = log();
    if (Files.exists(log)) {
      Files.move(log, directory.resolve("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    Process starter = begin("pg_ctl", "start", "-D", data.toString(), "-l", log.toString(), "-t",
        String.valueOf(START_DEADLINE.toSeconds()));
    await(START_DEADLINE, () -> ready() || !starter.isAlive());
    return ready();
  }

  /// Stops whatever server runs on the directory: transactions rolled back, everything written down. Returns when it is gone.
  void stop() throws IOException {
    Optional<Postmaster> found = Postmaster.of(data);
    if (found.isEmpty()) {
      return;
    }
    ProcessHandle process = found.get().process();
    if (!found.get().isServer()) {
      Files.delete(Postmaster.file(data)); // the number went to another program: nothing of ours runs
      return;
    }
    begin("pg_ctl", "stop", "-W", "-m", "fast", "-D", data.toString());
    if (!await(STOP_DEADLINE, () -> !process.isAlive())) {
      begin("pg_ctl", "stop", "-W", "-m", "immediate", "-D", data.toString());
      if (!await(KILL_DEADLINE, () -> !process.isAlive())) {
        process.destroyForcibly();
        await(KILL_DEADLINE, () -> !process.isAlive());
      }
    }
  }

  /// The last things the server said, on one line.
  String lastWords() throws IOException {
    if (!Files.exists(log())) {
      return "it said nothing";
    }
    List<String> fatal = Files.readAllLines(log()).stream().filter(line -> line.contains("FATAL") || line.contains("PANIC"))
        .map(line -> line.replaceFirst("^.*?(FATAL|PANIC):\\s*", "")).toList();
    return fatal.isEmpty() ? "it said nothing" : String.join("; ", fatal.subList(Math.max(0, fatal.size() - LOG_LINES_SHOWN), fatal.size()));
  }

  Path log() {
    return directory.resolve("postgres.log");
  }

  private boolean ready() {
    try {
      return Postmaster.of(data).map(Postmaster::ready).orElse(false);
    } catch (IOException beingWritten) {
      return false;
    }
  }

  private void writeSettings(int port, Map<String, String> settings) throws IOException {
    StringBuilder text = new StringBuilder("# Written by Tenon at every start.\n");
    text.append("port = ").append(port).append('\n');
    new TreeMap<>(settings).forEach((name, value) -> text.append(name).append(" = '").append(value).append("'\n"));
    Files.writeString(data.resolve("postgresql.conf"), text);
  }

  private static String passwordChange(String name, String password) {
    return "ALTER ROLE " + name + " PASSWORD '" + ScramVerifier.of(password) + "'";
  }

  /// Statements without a server: nothing listens while the superuser has no password yet.
  private void sql(Path target, String... statements) throws IOException {
    run(String.join("\n", statements) + "\n",
        "postgres", "--single", "-c", "exit_on_error=on", "-D", target.toString(), "postgres");
  }

  private void run(String input, String program, String... arguments) throws IOException {
    Process process = process(program, arguments).redirectErrorStream(true).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException endedBeforeReading) {
      // its output says why
    }
    Thread killer = Thread.ofVirtual().start(() -> killAfterDeadline(process));
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean failed = process.onExit().join().exitValue() != 0;
    killer.interrupt();
    if (failed) {
      throw new ControlException("database in " + directory + " – PostgreSQL's " + program + " failed: "
          + output.lines().filter(line -> !line.isBlank()).reduce((_, last) -> last).orElse("it said nothing")
          + " – mend that, or choose another with --data-dir");
    }
  }

  private static void killAfterDeadline(Process process) {
    try {
      if (!process.waitFor(CREATE_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException finished) {
      Thread.currentThread().interrupt();
    }
  }

  private Process begin(String program, String... arguments) throws IOException {
    return process(program, arguments).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }

  private ProcessBuilder process(String program, String... arguments) {
    List<String> command = new ArrayList<>(user.prefix());
    command.add(binaries.program(program).toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  private static boolean await(Duration deadline, BooleanSupplier condition) {
    long end = System.nanoTime() + deadline.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0 || Thread.interrupted()) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }

  /// What processes left that were killed while they created.
  private void deleteDrafts() throws IOException {
    try (Stream<Path> drafts = Files.find(directory, 1, (path, _) -> path.getFileName().toString().startsWith(DRAFT))) {
      for (Path draft : drafts.toList()) {
        try (Stream<Path> tree = Files.walk(draft)) {
          for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
    }
  }
}
