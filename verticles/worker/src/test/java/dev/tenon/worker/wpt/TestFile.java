package dev.tenon.worker.wpt;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A JavaScript test, as its `// META:` lines describe it.
///
/// @param path below the root
/// @param scripts paths of what is loaded before it, in order
/// @param variants query strings that it is run with; one empty one where it names none
/// @see <a href="https://web-platform-tests.org/writing-tests/testharness.html">testharness.js tests</a>
record TestFile(String path, List<String> scripts, List<String> variants, boolean takesLong, String title) {

  private static final Pattern META = Pattern.compile("^//\\s*META:\\s*(\\w+)=(.*)$");

  TestFile {
    scripts = List.copyOf(scripts);
    variants = List.copyOf(variants);
  }

  static TestFile parse(String path, String text) {
    List<String> scripts = new ArrayList<>();
    List<String> variants = new ArrayList<>();
    boolean takesLong = false;
    String title = path.substring(path.lastIndexOf('/') + 1);
    for (String line : text.lines().takeWhile(each -> each.startsWith("//") || each.isBlank()).toList()) {
      Matcher meta = META.matcher(line.strip());
      if (!meta.matches()) {
        continue;
      }
      String value = meta.group(2).strip();
      switch (meta.group(1)) {
        case "script" -> scripts.add(URI.create("/" + path).resolve(value).getPath());
        case "variant" -> variants.add(value);
        case "timeout" -> takesLong = value.equals("long");
        case "title" -> title = value;
        default -> { }
      }
    }
    return new TestFile(path, scripts, variants.isEmpty() ? List.of("") : variants, takesLong, title);
  }

  /// Whether this kind of file can be run without a document.
  static boolean isScript(String path) {
    return path.endsWith(".any.js") || path.endsWith(".window.js");
  }

  /// Whether a file is a test of a kind that needs a document, a worker or a page of its own.
  static boolean isPage(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return (name.matches(".*\\.(x?html?|xht|svg|xml)") || name.endsWith(".worker.js")) && !path.matches(".*/(resources|support)/.*");
  }
}
