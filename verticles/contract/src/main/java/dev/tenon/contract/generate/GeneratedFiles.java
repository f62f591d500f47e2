package dev.tenon.contract.generate;

import dev.tenon.contract.Contract;
import dev.tenon.contract.generate.java.JavaGenerator;
import dev.tenon.contract.generate.typescript.TypeScriptGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Files that were generated: their texts, by their paths with `/` between the parts. Immutable.
public record GeneratedFiles(SortedMap<String, String> texts) {

  public GeneratedFiles {
    texts = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(texts));
  }

  /// One contract as Java.
  ///
  /// @param packageName of everything
  public static GeneratedFiles java(Contract contract, String packageName) {
    return new GeneratedFiles(new TreeMap<>(JavaGenerator.generate(Api.of(contract), packageName)));
  }

  /// One contract as a module with declarations, and the runtime that such modules share.
  public static GeneratedFiles typeScript(Contract contract) {
    return new GeneratedFiles(new TreeMap<>(TypeScriptGenerator.generate(Api.of(contract))));
  }

  /// Several contracts as one npm package.
  ///
  /// @param name e.g. `@tenon/contracts`
  public static GeneratedFiles npmPackage(String name, String version, List<Contract> contracts) {
    TreeMap<String, String> all = new TreeMap<>();
    contracts.forEach(contract -> all.putAll(TypeScriptGenerator.generate(Api.of(contract))));
    all.put("package.json", TypeScriptGenerator.packageJson(name, version, contracts.stream().map(Contract::name).toList()));
    return new GeneratedFiles(all);
  }

  /// These and others.
  public GeneratedFiles and(GeneratedFiles others) {
    TreeMap<String, String> all = new TreeMap<>(texts);
    all.putAll(others.texts);
    return new GeneratedFiles(all);
  }

  /// Makes a folder hold these files. A file that is right already is not touched, so that nothing is compiled again without need; what else was
  /// generated there before is deleted.
  ///
  /// @param owned what is ours in the folder: whatever lies below these paths and is not among the files is deleted
  /// @return the paths that were written or deleted
  public List<String> writeTo(Path folder, String... owned) throws IOException {
    List<String> changed = new ArrayList<>();
    for (Map.Entry<String, String> file : texts.entrySet()) {
      Path path = folder.resolve(file.getKey());
      if (!Files.isRegularFile(path) || !Files.readString(path, StandardCharsets.UTF_8).equals(file.getValue())) {
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue(), StandardCharsets.UTF_8);
        changed.add(file.getKey());
      }
    }
    for (String part : owned) {
      deleteOthers(folder, folder.resolve(part).normalize(), changed);
    }
    return changed;
  }

  /// The paths at which a folder differs from these files.
  public List<String> differences(Path folder) throws IOException {
    List<String> different = new ArrayList<>();
    for (Map.Entry<String, String> file : texts.entrySet()) {
      Path path = folder.resolve(file.getKey());
      if (!Files.isRegularFile(path) || !Files.readString(path, StandardCharsets.UTF_8).equals(file.getValue())) {
        different.add(file.getKey());
      }
    }
    return different;
  }

  private void deleteOthers(Path folder, Path part, List<String> changed) throws IOException {
    if (!Files.isDirectory(part)) {
      return;
    }
    try (Stream<Path> files = Files.walk(part)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        if (!texts.containsKey(name)) {
          Files.delete(file);
          changed.add(name);
        }
      }
    }
  }
}
