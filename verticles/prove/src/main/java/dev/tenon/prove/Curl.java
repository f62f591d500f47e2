package dev.tenon.prove;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;

/// Writes requests as `curl` lines for a POSIX shell. What the set-up found out stands there as `$NAME`, so that no secret is printed. Bodies too long for a line
/// are put into files.
final class Curl {

  private static final int LINE_CHARACTERS_MAX = 3_000;
  /// Keeps curl from asking first whether a long body is welcome.
  private static final String AT_ONCE = " -H 'expect:'";

  private final URI base;
  private final Path bodies;
  private final Duration timeout;

  /// @param bodies where the files with long bodies go; made when there is one
  Curl(URI base, Path bodies, Duration timeout) {
    this.base = base;
    this.bodies = bodies;
    this.timeout = timeout;
  }

  /// @param id names the file that a long body goes into
  String line(Request request, String id) {
    StringBuilder line = new StringBuilder("curl -sS -i -m ").append(Math.max(1, timeout.toSeconds()));
    line.append(request.method().equals("HEAD") ? " -I" : " -X " + request.method());
    line.append(' ').append(quoted(base.toString() + request.target()));
    request.headers().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(header ->
        line.append(" -H ").append(quoted(header.getValue().isEmpty() ? header.getKey() + ";" : header.getKey() + ": " + header.getValue())));
    switch (request.payload()) {
      case Payload.None none -> { }
      case Payload.Filed filed -> line.append(AT_ONCE).append(" --data-binary ").append(quoted("@" + filed.file()));
      case Payload.Written written -> {
        if (!request.headers().containsKey("content-type")) {
          line.append(" -H 'content-type:'");
        }
        boolean isLong = written.text().length() > LINE_CHARACTERS_MAX && !Variables.USE.matcher(written.text()).find();
        line.append(isLong ? AT_ONCE : "").append(" --data-binary ").append(quoted(isLong ? "@" + file(id, written.text()) : written.text()));
      }
    }
    return line.toString();
  }

  private Path file(String id, String text) {
    try {
      Files.createDirectories(bodies);
      Path file = bodies.resolve(id.replaceAll("[^A-Za-z0-9._-]+", "_") + ".body");
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
      return file.toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// In single quotes, with variables in double quotes between.
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("'");
    Matcher matcher = Variables.USE.matcher(text);
    int from = 0;
    while (matcher.find()) {
      quoted.append(text.substring(from, matcher.start()).replace("'", "'\\''")).append("'\"$").append(matcher.group(1)).append("\"'");
      from = matcher.end();
    }
    return quoted.append(text.substring(from).replace("'", "'\\''")).append('\'').toString().replaceAll("(\")''$", "$1");
  }
}
