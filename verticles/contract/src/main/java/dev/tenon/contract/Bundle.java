package dev.tenon.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A document of which not every reference leads somewhere, for those who look for all that is wrong with it: [dev.tenon.contract.lint].
///
/// @param source every `$ref` stays inside it, but for those that `problems` names
/// @param places where its values were written
public record Bundle(ContractDocument source, List<ContractProblem> problems, SourcePlaces places) {

  public Bundle {
    problems = List.copyOf(problems);
  }

  /// Reads a document and the files it refers to.
  ///
  /// @throws ContractException when there is no document at all: no such file, neither YAML nor JSON, not an object, of a version that is not understood
  public static Bundle read(String file, ContractFiles files) {
    List<ContractProblem> problems = new ArrayList<>();
    SourcePlaces places = new SourcePlaces();
    ContractDocument source = Bundler.bundle(file, files, problems, places);
    return new Bundle(source, problems, places);
  }

  /// Reads the document as the contract of a component.
  ///
  /// @throws ContractException with everything that keeps it from being one
  public Contract contract(String name) {
    return new ContractReader(name, source, new ArrayList<>(problems), Map.of()).read();
  }
}
