package dev.tenon.cli.graph;

import java.util.regex.Pattern;

/// TypeScript whose imports of types look like those of values: esbuild forgets the former before it resolves anything, and code that needs another's types depends on it too.
final class TypeImports {

  private static final Pattern IMPORT = Pattern.compile("\\bimport\\s+type\\s+(?=[\\w$*{])(?!from\\b)");
  private static final Pattern EXPORT = Pattern.compile("\\bexport\\s+type\\s*(?=[*{])");
  /// `import("./x").T` and `typeof import("./x")` where a type stands.
  private static final Pattern IN_A_TYPE = Pattern.compile("[:=|&<,(]\\s*(?:typeof\\s+)?import\\(\\s*(['\"])([^'\"\\n]+)\\1\\s*\\)");
  private static final Pattern REFERENCE = Pattern.compile("(?m)^///\\s*<reference\\s+path=(['\"])([^'\"\\n]+)\\1\\s*/>");

  private TypeImports() {}

  /// The same modules are imported, and the text parses where it did before.
  static String reveal(String source) {
    StringBuilder text = new StringBuilder(EXPORT.matcher(IMPORT.matcher(source).replaceAll("import ")).replaceAll("export "));
    IN_A_TYPE.matcher(source).results().forEach(found -> text.append("\nimport '").append(found.group(2)).append("';"));
    REFERENCE.matcher(source).results().forEach(found -> text.append("\nimport '").append(relative(found.group(2))).append("';"));
    return text.append('\n').toString();
  }

  private static String relative(String path) {
    return path.startsWith(".") ? path : "./" + path;
  }
}
