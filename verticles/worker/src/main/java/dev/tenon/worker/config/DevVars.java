package dev.tenon.worker.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The variables and secrets a developer keeps beside the configuration: `.dev.vars`, and `.dev.vars.NAME` instead of it for an environment. Where there is neither, `.env`,
/// `.env.local`, `.env.NAME` and `.env.NAME.local`, later ones over earlier ones, in which `${OTHER}` stands for another value.
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

  /// A reference to another value, or an escaped dollar.
  private static final Pattern REFERENCE = Pattern.compile("\\\\\\$|\\$\\{(?<braced>[\\w.]+)(?::?-(?<otherwise>[^}]*))?}|\\$(?<name>[A-Za-z_]\\w*)");

  /// The files that count, in order. `CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV=false` leaves `.env` out.
  public static List<Path> files(Path directory, Optional<String> environment, Map<String, String> processEnvironment) {
    Optional<Path> devVars = environment.map(name -> directory.resolve(".dev.vars." + name)).filter(Files::isRegularFile)
        .or(() -> Optional.of(directory.resolve(".dev.vars")).filter(Files::isRegularFile));
    if (devVars.isPresent()) {
      return List.of(devVars.get());
    }
    if (processEnvironment.getOrDefault("CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV", "").equalsIgnoreCase("false")) {
      return List.of();
    }
    List<String> names = new ArrayList<>(List.of(".env", ".env.local"));
    environment.ifPresent(name -> names.addAll(List.of(".env." + name, ".env." + name + ".local")));
    return names.stream().map(directory::resolve).filter(Files::isRegularFile).toList();
  }

  /// What these files say. `CLOUDFLARE_INCLUDE_PROCESS_ENV=true` adds the variables of this process to what `.env` files say, over them.
  ///
  /// @throws WorkerConfigException when a file cannot be read
  public static Map<String, String> read(List<Path> files, Map<String, String> processEnvironment) {
    boolean dotEnv = files.stream().allMatch(file -> file.getFileName().toString().startsWith(".env"));
    Map<String, String> vars = new LinkedHashMap<>();
    files.forEach(file -> vars.putAll(read(file)));
    if (!dotEnv) {
      return vars;
    }
    Map<String, String> process = processEnvironment.getOrDefault("CLOUDFLARE_INCLUDE_PROCESS_ENV", "").equalsIgnoreCase("true") ? processEnvironment : Map.of();
    vars.putAll(process);
    Map<String, String> expanded = new LinkedHashMap<>();
    vars.forEach((name, value) -> expanded.put(name, process.containsKey(name) ? value : expand(value, vars, new HashSet<>(Set.of(name)))));
    return expanded;
  }

  /// @param under what is being expanded; a value that refers to itself ends there
  private static String expand(String value, Map<String, String> vars, Set<String> under) {
    return REFERENCE.matcher(value).replaceAll(match -> {
      String name = match.group("braced") != null ? match.group("braced") : match.group("name");
      if (name == null) {
        return Matcher.quoteReplacement("$");
      }
      String otherwise = match.group("otherwise") == null ? "" : match.group("otherwise");
      String found = vars.getOrDefault(name, "");
      if (!under.add(name)) {
        return "";
      }
      String text = expand(found.isEmpty() ? otherwise : found, vars, under);
      under.remove(name);
      return Matcher.quoteReplacement(text);
    });
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
