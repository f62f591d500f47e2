package dev.tenon.node;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What of a worker is watched for changes.
///
/// @param files that went into the worker, and some that would if they were there; every change of one counts
/// @param folders in which files that come and go count
record WatchedFiles(Set<Path> files, Set<Path> folders) {

  static final WatchedFiles NONE = new WatchedFiles(Set.of(), Set.of());

  /// Looked for beside the configuration; a file of such a name that is not there yet may come.
  private static final Set<String> SETTINGS = Set.of("wrangler.json", "wrangler.jsonc", "wrangler.toml", "tsconfig.json", "package.json");
  private static final Set<String> NEVER = Set.of("node_modules", "target", "__pycache__");
  private static final int FOLDERS_MAX = 2_000;
  private static final int DEPTH_MAX = 24;

  WatchedFiles {
    files = Collections.unmodifiableSet(new LinkedHashSet<>(files));
    folders = Collections.unmodifiableSet(new LinkedHashSet<>(folders));
  }

  /// Whether the files in the watched folders count too, which nobody has read.
  enum Unread { COUNT, LEFT_OUT }

  /// @param given the worker's folder or file
  /// @param inputs what was read for it
  /// @param environment whose `.dev.vars` may come; empty for none
  static WatchedFiles of(Path given, Collection<Path> inputs, String environment, Unread unread) {
    Set<Path> files = new LinkedHashSet<>(inputs);
    Set<Path> folders = new LinkedHashSet<>();
    if (Files.isDirectory(given)) {
      SETTINGS.forEach(name -> files.add(given.resolve(name)));
      for (String vars : Set.of(".dev.vars", ".env", ".env.local")) {
        files.add(given.resolve(vars));
        if (!environment.isEmpty()) {
          files.add(given.resolve(vars.replace(".env.local", ".env") + "." + environment));
          files.add(given.resolve(".env." + environment + ".local"));
        }
      }
      // npm writes it last.
      files.add(given.resolve("node_modules/.package-lock.json"));
      files.add(given.resolve(".wrangler/deploy/config.json"));
      walk(given, folders, files, unread);
    } else {
      // Nothing says that the rest of the folder is the worker's.
      files.add(given);
      folders.add(given.getParent());
      if (unread == Unread.COUNT) {
        files.addAll(neighbours(given));
      }
    }
    inputs.stream().filter(Files::isDirectory).forEach(tree -> walk(tree, folders, files, Unread.COUNT));
    files.removeAll(folders);
    return new WatchedFiles(files, folders);
  }

  Collection<Path> everything() {
    Set<Path> all = new LinkedHashSet<>(files);
    all.addAll(folders);
    return all;
  }

  /// Where the system is asked to tell of changes.
  Set<Path> foldersToHear() {
    Set<Path> hear = new LinkedHashSet<>(folders);
    files.forEach(file -> hear.add(file.getParent()));
    return hear;
  }

  private static List<Path> neighbours(Path file) {
    try (Stream<Path> all = Files.list(file.getParent())) {
      return all.filter(Files::isRegularFile).filter(each -> !FileStamp.passes(each.getFileName().toString())).limit(FOLDERS_MAX).toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static void walk(Path tree, Set<Path> folders, Set<Path> files, Unread unread) {
    try {
      Files.walkFileTree(tree, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEPTH_MAX, new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
          String name = String.valueOf(folder.getFileName());
          if (!folder.equals(tree) && (name.startsWith(".") || NEVER.contains(name)) || folders.size() >= FOLDERS_MAX) {
            return FileVisitResult.SKIP_SUBTREE;
          }
          folders.add(folder);
          return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
          // Sources are known by where links lead to; that a link leads elsewhere is seen at the link.
          if ((unread == Unread.COUNT || Files.isSymbolicLink(file)) && !FileStamp.passes(file.getFileName().toString())) {
            files.add(file);
          }
          return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
          return FileVisitResult.CONTINUE;
        }
      });
    } catch (IOException gone) {
      // What cannot be walked is watched as far as it was.
    }
  }
}
