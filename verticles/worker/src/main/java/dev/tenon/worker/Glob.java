package dev.tenon.worker;

/// Globs as wrangler's module rules understand them, as regular expressions that both Java and Go read.
final class Glob {

  private Glob() {}

  /// For an import as it is written: `*` and `**` match anything, slashes too, so that `**/*.txt` matches `./a.txt` but not `a.txt`.
  static String forImports(String glob) {
    return "^" + translate(glob, ".*", ".*") + "$";
  }

  /// For a path inside a folder: `*` stays within one name, `**/` matches any number of folders, none included.
  static String forPaths(String glob) {
    return "^" + translate(glob, "(?:[^/]*(?:/|$))*", "[^/]*") + "$";
  }

  private static String translate(String glob, String folders, String star) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (c != '*') {
        regex.append("/$^+.()=!|?[]{},\\".indexOf(c) > 0 ? "\\" : "").append(c);
        continue;
      }
      int start = i;
      while (i + 1 < glob.length() && glob.charAt(i + 1) == '*') {
        i++;
      }
      boolean wholeSegment = (start == 0 || glob.charAt(start - 1) == '/') && (i + 1 == glob.length() || glob.charAt(i + 1) == '/');
      if (i > start && wholeSegment && !folders.equals(star)) {
        regex.append(folders);
        i++;
      } else {
        regex.append(star);
      }
    }
    return regex.toString();
  }
}
