package dev.tenon.worker.assets;

import dev.tenon.worker.config.AssetSettings;
import dev.tenon.worker.config.Problem;
import dev.tenon.worker.config.Problems;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads a folder of assets, and says everything that is wrong with it.
final class AssetFolder extends SimpleFileVisitor<Path> {

  static final int FILES_MAX = 20_000;
  static final long FILE_BYTES_MAX = 25L * 1024 * 1024;
  private static final String PAGES_WORKER = "_worker.js";

  private final Path folder;
  private final String shown;
  private final Problems problems;
  private final IgnoreRules ignored = new IgnoreRules();
  private final TreeMap<String, Asset> assets = new TreeMap<>();
  private final Set<Path> inputs = new TreeSet<>();
  private boolean hasIgnoreFile;
  private int tooMany;

  /// @param folder without symbolic links
  /// @param shown what messages call it
  AssetFolder(Path folder, String shown, Problems problems) {
    this.folder = folder;
    this.shown = shown;
    this.problems = problems;
  }

  /// Blocks.
  Assets read(AssetSettings settings, NavigationRule navigation) {
    text(IgnoreRules.FILE).ifPresent(text -> {
      hasIgnoreFile = true;
      ignored.addAll(text);
    });
    RedirectRules redirects = text(RedirectRules.FILE)
        .map(text -> RedirectRules.parse(shown(RedirectRules.FILE), text, settings.htmlHandling(), problems)).orElse(RedirectRules.NONE);
    HeaderRules headers = text(HeaderRules.FILE).map(text -> HeaderRules.parse(shown(HeaderRules.FILE), text, problems)).orElse(HeaderRules.NONE);
    try {
      Files.walkFileTree(folder, this);
    } catch (IOException e) {
      problems.error(Problem.of(Problem.Place.of(shown), "the folder of assets cannot be read (" + e.getMessage() + ")", "make it readable"));
    }
    if (tooMany > 0) {
      problems.error(Problem.of(Problem.Place.of(shown), "the folder has " + (FILES_MAX + tooMany) + " assets, and a worker may have " + FILES_MAX,
          "remove some, or name those that are not meant for clients in " + shown(IgnoreRules.FILE)));
    }
    return new Assets(folder, assets, settings, redirects, headers, navigation, inputs);
  }

  private Optional<String> text(String name) {
    Path file = folder.resolve(name);
    inputs.add(file);
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      problems.error(Problem.of(Problem.Place.of(shown(name)), "the file cannot be read as UTF-8 text", "save it as that"));
      return Optional.empty();
    }
  }

  private String shown(String path) {
    return shown.isEmpty() ? path : shown + "/" + path;
  }

  private String relative(Path path) {
    List<String> names = new ArrayList<>();
    folder.relativize(path).forEach(name -> names.add(name.toString()));
    return String.join("/", names);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    if (directory.equals(folder)) {
      inputs.add(directory);
      return FileVisitResult.CONTINUE;
    }
    return ignored.ignoresFolder(relative(directory)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path found, BasicFileAttributes attributes) throws IOException {
    String path = relative(found);
    if (ignored.ignoresFile(path)) {
      return FileVisitResult.CONTINUE;
    }
    inputs.add(found);
    if (attributes.isSymbolicLink()) {
      linked(found, path);
    } else if (attributes.isRegularFile()) {
      add(path, found, attributes);
    }
    return FileVisitResult.CONTINUE;
  }

  /// A link within the folder stands for its file; where it leads out, clients would read files that nobody meant for them.
  private void linked(Path link, String path) throws IOException {
    if (!Files.exists(link)) {
      problems.warning(Problem.of(Problem.Place.of(shown(path)), "the symbolic link leads nowhere and is not served", "remove it, or name it in " + shown(IgnoreRules.FILE)));
      return;
    }
    Path file = link.toRealPath();
    if (!file.startsWith(folder)) {
      problems.warning(Problem.of(Problem.Place.of(shown(path)), "the symbolic link leads out of the folder of assets and is not served", "copy what it names into the folder"));
    } else if (Files.isRegularFile(file)) {
      add(path, file, Files.readAttributes(file, BasicFileAttributes.class));
    }
  }

  private void add(String path, Path file, BasicFileAttributes attributes) throws IOException {
    if (!hasIgnoreFile && path.startsWith(PAGES_WORKER)) {
      problems.error(Problem.of(Problem.Place.of(shown(path)), "the code of a Pages worker would be served to everybody",
          "write \"" + PAGES_WORKER + "\" into " + shown(IgnoreRules.FILE) + ", or leave that file empty if this is meant"));
    } else if (attributes.size() > FILE_BYTES_MAX) {
      problems.error(Problem.of(Problem.Place.of(shown(path)), "the file has " + attributes.size() + " bytes, and an asset may have " + FILE_BYTES_MAX + " (25 MiB)",
          "make it smaller, or name it in " + shown(IgnoreRules.FILE)));
    } else if (assets.size() >= FILES_MAX) {
      tooMany++;
    } else {
      String url = "/" + path;
      assets.put(url, new Asset(url, FileHash.of(file, attributes), attributes.size(), MediaTypes.of(path), file, attributes.lastModifiedTime()));
    }
  }
}
