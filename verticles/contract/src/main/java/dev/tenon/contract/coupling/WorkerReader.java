package dev.tenon.contract.coupling;

import java.nio.file.Path;
import java.util.List;

/// Knows wrangler's configuration and what JavaScript imports.
@FunctionalInterface
public interface WorkerReader {

  /// Reads a worker; blocks.
  ///
  /// @param folder with a wrangler configuration
  /// @throws CouplingException when it cannot be read
  WorkerCode read(Path folder);

  /// What a worker is made of.
  ///
  /// @param name as wrangler's configuration says
  /// @param imports of its own modules, its tests' too
  record WorkerCode(String name, List<Import> imports, List<ServiceBinding> bindings) {

    public WorkerCode {
      imports = List.copyOf(imports);
      bindings = List.copyOf(bindings);
    }
  }

  /// A module and one that it imports, as absolute paths.
  record Import(Path from, Path to, Use use) {}

  /// Whether an import is part of what is deployed.
  enum Use { DEPLOYED, FOR_TESTS }

  /// A member of `env` that leads to another component.
  record ServiceBinding(String name, String service) {}
}
