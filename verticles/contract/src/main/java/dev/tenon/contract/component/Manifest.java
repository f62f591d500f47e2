package dev.tenon.contract.component;

import dev.tenon.contract.Contract;
import dev.tenon.contract.ContractException;
import dev.tenon.contract.ContractProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What `component.yaml` says to others: who the component is, what it promises and what it needs. A service's file has more, which the kit reads.
///
/// @param name how others call it; empty where a worker's file leaves that to its configuration
/// @param version of the component; empty where a worker's file leaves that to its `package.json`
/// @param contract where its OpenAPI document is; empty for a component without one, or one that is found by its name
/// @param consumes the components it needs, by name
/// @param origin the file, for messages
public record Manifest(Optional<String> name, Optional<SemanticVersion> version, Optional<String> contract, Map<String, Consumed> consumes, String origin) {

  /// What the file is called.
  public static final String FILE = "component.yaml";

  /// Keys of a service's manifest that are not read here.
  private static final Set<String> OF_THE_KIT = Set.of("main", "database", "settings");

  public Manifest {
    consumes = Map.copyOf(consumes);
  }

  /// A component of which there is no file.
  public static Manifest none(String origin) {
    return new Manifest(Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), origin);
  }

  /// Reads the `component.yaml` beside a worker's configuration, where there is one.
  ///
  /// @throws ContractException with everything that is wrong with it, each with its line
  public static Manifest ofWorker(Path folder) {
    Path file = folder.resolve(FILE);
    return Files.isRegularFile(file) ? parse(text(file), file.toString(), Set.of()) : none(file.toString());
  }

  /// Reads a file of a service or of a worker for what is said to others.
  ///
  /// @throws ContractException with everything that is wrong with that part of it, each with its line
  public static Manifest read(Path file) {
    return parse(text(file), file.toString(), OF_THE_KIT);
  }

  /// Reads the text of a manifest, a service's or a worker's.
  ///
  /// @param origin the file, for messages
  /// @throws ContractException with everything that is wrong with it, each with its line
  public static Manifest parse(String yaml, String origin) {
    return parse(yaml, origin, OF_THE_KIT);
  }

  /// Reads the `consumes` of a manifest alone, for who reads the rest.
  ///
  /// @param problems gets everything that is wrong with it
  public static Map<String, Consumed> consumes(String yaml, String origin, List<ContractProblem> problems) {
    return new ManifestReader(origin, problems).consumesOf(yaml);
  }

  private static Manifest parse(String yaml, String origin, Set<String> others) {
    List<ContractProblem> problems = new ArrayList<>();
    Manifest manifest = new ManifestReader(origin, problems).read(yaml, others);
    if (!problems.isEmpty()) {
      throw new ContractException(problems);
    }
    return manifest;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new ContractException(List.of(new ContractProblem(new dev.tenon.contract.Location(file.toString(), 1, 1), "cannot be read (" + unreadable.getMessage() + ") – make it readable")));
    }
  }

  /// What it consumes that the contracts do not have.
  ///
  /// @param contracts by component; of one that is not among them nothing is said
  public List<ContractProblem> misfits(Map<String, Contract> contracts) {
    List<ContractProblem> misfits = new ArrayList<>();
    consumes.values().forEach(consumed -> Optional.ofNullable(contracts.get(consumed.component())).ifPresent(contract -> {
      consumed.operations().orElse(Map.of()).forEach((operation, at) -> {
        if (contract.operations().stream().noneMatch(known -> known.id().equals(operation))) {
          misfits.add(new ContractProblem(at, "consumes the operation \"" + operation + "\" of " + consumed.component() + ", which its contract does not have – it has "
              + String.join(", ", contract.operations().stream().map(dev.tenon.contract.Operation::id).sorted().toList())));
        }
      });
      consumed.events().forEach((event, at) -> {
        if (contract.document().object("webhooks").filter(webhooks -> webhooks.has(event)).isEmpty()) {
          misfits.add(new ContractProblem(at, "consumes the event \"" + event + "\" of " + consumed.component() + ", which its contract does not have under \"webhooks\" – correct it"));
        }
      });
    }));
    misfits.sort(java.util.Comparator.comparing((ContractProblem problem) -> problem.at().line()).thenComparing(problem -> problem.at().column()));
    return misfits;
  }
}
