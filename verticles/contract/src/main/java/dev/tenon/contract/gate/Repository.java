package dev.tenon.contract.gate;

import dev.tenon.contract.Contract;
import dev.tenon.contract.ContractException;
import dev.tenon.contract.ContractProblem;
import dev.tenon.contract.component.Manifest;
import dev.tenon.contract.component.SemanticVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The components that a repository holds: its contracts, `contracts/<name>/openapi.yaml`, and every folder with a `component.yaml` or a wrangler configuration.
///
/// A contract belongs to the component of its folder's name, unless it names another with `x-tenon-component`. A component without a version of its own has that of its contract.
///
/// @param contracts by component
/// @param components by name
public record Repository(Map<String, Contract> contracts, List<ComponentVersion> components) {

  private static final Pattern CONTRACT = Pattern.compile("contracts/([^/]+)/openapi\\.(yaml|yml|json)");
  private static final Pattern COMPONENT = Pattern.compile("(?:(.+)/)?(component\\.yaml|wrangler\\.(?:toml|jsonc?))");
  private static final Pattern TOML_NAME = Pattern.compile("(?m)^\\s*name\\s*=\\s*[\"']([^\"'\\n]+)[\"']");
  private static final Pattern JSON_NAME = Pattern.compile("\"name\"\\s*:\\s*\"([^\"\\n]+)\"");
  private static final Pattern JSON_VERSION = Pattern.compile("\"version\"\\s*:\\s*\"([^\"\\n]+)\"");

  public Repository {
    contracts = Map.copyOf(contracts);
    components = List.copyOf(components);
  }

  /// Reads it.
  ///
  /// @throws ContractException with everything that is wrong with its contracts and manifests
  public static Repository read(SourceTree tree) {
    List<ContractProblem> problems = new ArrayList<>();
    List<String> files = tree.files().stream().sorted().toList();
    Map<String, Contract> contracts = contracts(tree, files, problems);
    Map<String, ComponentVersion> components = new TreeMap<>();
    List<Manifest> manifests = new ArrayList<>();
    Set<String> folders = new HashSet<>();
    for (String file : files) {
      Matcher matcher = COMPONENT.matcher(file);
      String folder = matcher.matches() ? Optional.ofNullable(matcher.group(1)).orElse("") : "";
      if (matcher.matches() && !folder.contains("src/test/") && folders.add(folder)) {
        component(tree, folder, contracts, manifests, problems).ifPresent(found -> components.putIfAbsent(found.component(), found));
      }
    }
    contracts.forEach((name, contract) -> components.computeIfAbsent(name, _ -> new ComponentVersion(
        name, SemanticVersion.parse(contract.documentVersion()).orElse(SemanticVersion.of(0, 0, 0)), Optional.of(contract), Map.of(), Set.of())));
    manifests.forEach(manifest -> problems.addAll(manifest.misfits(contracts)));
    if (!problems.isEmpty()) {
      throw new ContractException(problems);
    }
    return new Repository(contracts, List.copyOf(components.values()));
  }

  /// A component by its name, or by that of its contract's folder.
  public Optional<ComponentVersion> component(String name) {
    return components.stream().filter(component -> component.component().equals(name)).findFirst()
        .or(() -> components.stream().filter(component -> component.contract().filter(contract -> contract.name().equals(name)).isPresent()).findFirst());
  }

  private static Map<String, Contract> contracts(SourceTree tree, List<String> files, List<ContractProblem> problems) {
    Map<String, Contract> contracts = new TreeMap<>();
    for (String file : files) {
      Matcher matcher = CONTRACT.matcher(file);
      if (matcher.matches()) {
        try {
          Contract contract = Contract.load(matcher.group(1), file.substring(file.lastIndexOf('/') + 1), tree.folder("contracts/" + matcher.group(1)));
          contracts.putIfAbsent(contract.document().text("x-tenon-component").orElse(contract.name()), contract);
        } catch (ContractException wrong) {
          wrong.problems().forEach(problem -> problems.add(new ContractProblem(problem.at(), "in " + tree.shown(file) + ": " + problem.message())));
        }
      }
    }
    return contracts;
  }

  private static Optional<ComponentVersion> component(SourceTree tree, String folder, Map<String, Contract> contracts, List<Manifest> manifests, List<ContractProblem> problems) {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    Manifest manifest;
    try {
      String file = prefix + Manifest.FILE;
      manifest = tree.read(file).map(text -> Manifest.parse(text, tree.shown(file))).orElseGet(() -> Manifest.none(tree.shown(file)));
    } catch (ContractException wrong) {
      problems.addAll(wrong.problems());
      return Optional.empty();
    }
    String name = manifest.name()
        .or(() -> tree.read(prefix + "wrangler.toml").flatMap(text -> first(TOML_NAME, text)))
        .or(() -> Stream.of("wrangler.json", "wrangler.jsonc").flatMap(file -> tree.read(prefix + file).stream()).findFirst().flatMap(text -> first(JSON_NAME, text)))
        .orElse(folder.substring(folder.lastIndexOf('/') + 1));
    if (name.isEmpty()) {
      return Optional.empty();
    }
    manifests.add(manifest);
    Optional<Contract> contract = Optional.ofNullable(contracts.get(name));
    SemanticVersion version = manifest.version()
        .or(() -> tree.read(prefix + "package.json").flatMap(text -> first(JSON_VERSION, text)).flatMap(SemanticVersion::parse))
        .or(() -> contract.flatMap(found -> SemanticVersion.parse(found.documentVersion())))
        .orElse(SemanticVersion.of(0, 0, 0));
    return Optional.of(new ComponentVersion(name, version, contract, manifest.consumes(), Set.of()));
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
