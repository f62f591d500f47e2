package dev.tenon.contract.generate;

import dev.tenon.contract.Contract;
import dev.tenon.contract.ContractException;
import dev.tenon.contract.ContractFiles;
import dev.tenon.contract.generate.java.JavaGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The build's way to the generators: every contract of a folder, as Java sources and as one npm package.
public final class GenerateContracts {

  private static final int ARGUMENTS = 6;

  private GenerateContracts() {}

  /// @param arguments the folder that holds a folder for each contract, the folder for Java sources, the package below which each contract gets its own,
  ///     the folder for the npm package, that package's name and its version
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != ARGUMENTS) {
      throw new IllegalArgumentException("needs " + ARGUMENTS + " arguments: contracts, Java sources, Java package, npm folder, npm name, npm version");
    }
    try {
      List<Contract> contracts = contracts(Path.of(arguments[0]));
      TreeMap<String, String> java = new TreeMap<>();
      contracts.forEach(contract -> java.putAll(GeneratedFiles.java(contract, arguments[2] + "." + JavaGenerator.packagePart(contract.name())).texts()));
      int changed = new GeneratedFiles(java).writeTo(Path.of(arguments[1]), "").size()
          + GeneratedFiles.npmPackage(arguments[4], arguments[5], contracts).writeTo(Path.of(arguments[3]), "").size();
      System.out.println(contracts.size() + " contracts, " + changed + " generated files changed");
    } catch (ContractException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(1);
    }
  }

  private static List<Contract> contracts(Path folder) throws IOException {
    List<Contract> contracts = new ArrayList<>();
    try (Stream<Path> folders = Files.list(folder)) {
      for (Path each : folders.filter(path -> Files.isRegularFile(path.resolve("openapi.yaml"))).sorted().toList()) {
        String name = each.getFileName().toString();
        contracts.add(Contract.load(name, name + "/openapi.yaml", ContractFiles.in(folder)));
      }
    }
    return contracts;
  }
}
