package dev.tenon.worker.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The variables and secrets a developer keeps beside the configuration: `.dev.vars`, and `.dev.vars.NAME` instead of it for an environment.
///
/// The format is dotenv's: `KEY=value`, with `export`, quotes and comments; `\n` and `\r` mean line ends inside double quotes only.
///
/// @see <a href="https://github.com/motdotla/dotenv">dotenv</a>
public final class DevVars {

  private static final Pattern LINE = Pattern.compile(
      "^[ \\t]*(?:export[ \\t]+)?([\\w.-]+)(?:[ \\t]*=[ \\t]*|:[ \\t]+)"
          + "('[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|`[^`\\\\]*+(?:\\\\.[^`\\\\]*+)*+`|[^#\\r\\n]*+)"
          + "[ \\t]*(?:#.*)?$",
      Pattern.MULTILINE);

  private DevVars() {}

  /// The file that counts, if there is one.
  public static Optional<Path> file(Path directory, Optional<String> environment) {
    return environment.map(name -> directory.resolve(".dev.vars." + name)).filter(Files::isRegularFile)
        .or(() -> Optional.of(directory.resolve(".dev.vars")).filter(Files::isRegularFile));
  }

  /// @throws WorkerConfigException when the file cannot be read
  public static Map<String, String> read(Path file) {
    try {
      return parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new WorkerConfigException(Problem.of(Problem.Place.of(file.getFileName().toString()), "the file cannot be read as UTF-8 text",
          "check its permissions and encoding"));
    }
  }

  static Map<String, String> parse(String text) {
    Map<String, String> vars = new LinkedHashMap<>();
    Matcher line = LINE.matcher(text.replace("\r\n", "\n").replace('\r', '\n'));
    while (line.find()) {
      vars.put(line.group(1), value(line.group(2).strip()));
    }
    return vars;
  }

  private static String value(String raw) {
    if (raw.length() < 2 || raw.charAt(0) != raw.charAt(raw.length() - 1) || "'\"`".indexOf(raw.charAt(0)) < 0) {
      return raw;
    }
    String inner = raw.substring(1, raw.length() - 1);
    return raw.charAt(0) == '"' ? inner.replace("\\n", "\n").replace("\\r", "\r") : inner;
  }
}
