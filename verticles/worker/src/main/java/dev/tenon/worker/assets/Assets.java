package dev.tenon.worker.assets;

import dev.tenon.worker.config.AssetSettings;
import dev.tenon.worker.config.Problem;
import dev.tenon.worker.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// A worker's static assets: its files by path and by content, and the rules for serving them. Immutable.
public final class Assets {

  private final Path folder;
  private final SortedMap<String, Asset> byPath;
  private final AssetSettings settings;
  private final RedirectRules redirects;
  private final HeaderRules headers;
  private final NavigationRule navigation;
  private final Set<Path> inputs;

  Assets(
      Path folder, SortedMap<String, Asset> byPath, AssetSettings settings, RedirectRules redirects, HeaderRules headers, NavigationRule navigation, Set<Path> inputs) {
    this.folder = folder;
    this.byPath = Collections.unmodifiableSortedMap(new TreeMap<>(byPath));
    this.settings = settings;
    this.redirects = redirects;
    this.headers = headers;
    this.navigation = navigation;
    this.inputs = Collections.unmodifiableSet(new TreeSet<>(inputs));
  }

  /// Reads a folder of assets. What is wrong goes to `problems`. Blocks: every file is read once to take its hash.
  ///
  /// @param shown what messages call the folder
  public static Assets read(Path folder, String shown, AssetSettings settings, NavigationRule navigation, Problems problems) {
    try {
      return new AssetFolder(folder.toRealPath(), shown, problems).read(settings, navigation);
    } catch (IOException e) {
      problems.error(Problem.of(Problem.Place.of(shown), "the folder of assets " + (Files.exists(folder) ? "cannot be read" : "does not exist"), "check the path"));
      return new Assets(folder, new TreeMap<>(), settings, RedirectRules.NONE, HeaderRules.NONE, navigation, Set.of(folder));
    }
  }

  /// Where the files are; without symbolic links. Whoever reloads watches it: a file that appears in it is an asset.
  public Path folder() {
    return folder;
  }

  /// Every asset by its path in URLs.
  public SortedMap<String, Asset> byPath() {
    return byPath;
  }

  /// One file for each content: what has to be copied so that another machine can serve these assets.
  public Map<String, Path> byHash() {
    Map<String, Path> files = new LinkedHashMap<>();
    byPath.values().forEach(asset -> files.putIfAbsent(asset.hash(), asset.file()));
    return files;
  }

  /// Files and folders that these assets were read from.
  public Set<Path> inputs() {
    return inputs;
  }

  public AssetSettings settings() {
    return settings;
  }

  Optional<Asset> at(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  RedirectRules redirects() {
    return redirects;
  }

  HeaderRules headers() {
    return headers;
  }

  NavigationRule navigation() {
    return navigation;
  }
}
