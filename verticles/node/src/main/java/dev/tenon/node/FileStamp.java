package dev.tenon.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What tells a file, or a folder's list of files, from what it was before. Links are followed.
///
/// @param kind what is there
/// @param state time, size and identity of a file; the names in a folder
record FileStamp(Kind kind, String state) {

  enum Kind { MISSING, EMPTY, FILE, FOLDER }

  private static final FileStamp MISSING = new FileStamp(Kind.MISSING, "");
  /// Files that editors and the system leave beside those they write.
  private static final Set<String> PASSING = Set.of("4913", "Thumbs.db", "desktop.ini");

  static FileStamp of(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        return new FileStamp(Kind.FOLDER, names(path));
      }
      return new FileStamp(attributes.size() == 0 ? Kind.EMPTY : Kind.FILE,
          attributes.lastModifiedTime().toInstant() + " " + attributes.size() + " " + attributes.fileKey());
    } catch (IOException notThere) {
      return MISSING;
    }
  }

  static Map<Path, FileStamp> all(Collection<Path> paths) {
    Map<Path, FileStamp> stamps = HashMap.newHashMap(paths.size());
    paths.forEach(path -> stamps.put(path, of(path)));
    return stamps;
  }

  boolean isMissingOrEmpty() {
    return kind == Kind.MISSING || kind == Kind.EMPTY;
  }

  private static String names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).filter(name -> !passes(name)).collect(Collectors.toCollection(TreeSet::new)).toString();
    }
  }

  /// Whether a name is that of a file which is not meant to stay, or is nobody's source.
  static boolean passes(String name) {
    return name.startsWith(".") || name.startsWith("#") || name.endsWith("~") || name.endsWith(".swp") || name.endsWith(".tmp") || name.endsWith("___")
        || PASSING.contains(name);
  }
}
