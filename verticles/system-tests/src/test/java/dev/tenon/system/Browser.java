package dev.tenon.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Chromium without a window. Names of hosts lead nowhere in it, so that a page that needs one shows.
///
/// @param program where it is
record Browser(Path program) {

  /// What happened while a page was open.
  ///
  /// @param page the document after its scripts have run, as HTML
  /// @param complaints what the page's console has about errors and the Content-Security-Policy
  /// @param asked host and port of every request that the page made
  record Visit(String page, List<String> complaints, Set<String> asked) {}

  /// The one on the path. A test that needs one is left out where there is none; `.ci/run` installs it.
  static Browser find() {
    Optional<Path> found = Stream.of(System.getenv("PATH").split(":")).flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome").map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable).findFirst();
    assumeTrue(found.isPresent(), "chromium is not installed");
    return new Browser(found.get());
  }

  /// Opens a page and waits until its scripts and requests have come to rest.
  Visit visit(String url, Path folder) {
    Path log = folder.resolve("net.json");
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Command.Outcome outcome = new Command(folder, Map.of(), List.of(
        program.toString(), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-dev-shm-usage", "--disable-sync", "--disable-extensions", "--user-data-dir=" + folder.resolve("profile"),
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--log-net-log=" + log, "--enable-logging=stderr",
        "--virtual-time-budget=20000", "--timeout=60000", "--dump-dom", url)).run();
    List<String> complaints = outcome.err().lines().filter(line -> line.contains("CONSOLE") && (line.contains("Content Security Policy") || line.contains("rror"))).toList();
    return new Visit(outcome.out(), complaints, asked(log, URI.create(url).getScheme() + "://" + URI.create(url).getHost()));
  }

  private static Set<String> asked(Path log, String site) {
    Set<String> hosts = new TreeSet<>();
    try {
      for (JsonNode event : Account.json(Files.readString(log)).get("events")) {
        JsonNode request = event.path("params");
        boolean ofThePage = request.path("network_isolation_key").asText().startsWith(site);   // the browser asks for things of its own, too
        if (ofThePage && request.path("url").asText().matches("(http|ws)s?:.*")) {
          hosts.add(URI.create(request.path("url").asText().replaceAll("[?#].*", "")).getAuthority());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return hosts;
  }
}
