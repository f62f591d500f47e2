package dev.tenon.cli;

import dev.tenon.contract.Contract;
import dev.tenon.contract.ContractException;
import dev.tenon.contract.generate.GeneratedFiles;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tenon contract generate`.
@Command(
    name = "generate",
    description = "Write a contract's types and a client for its component, as Java or as TypeScript.",
    footer = {"", "Files that are right already are not touched; generated files of this package that have no source any more are deleted.",
        "What is generated, and how it is used: docs/contracts.md."})
final class ContractGenerateCommand implements Callable<Integer> {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*");

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CONTRACT", description = "The document, or a folder with an openapi.yaml.")
  private Path contract;

  @Option(names = "--java", paramLabel = "DIR", description = "A folder for Java sources; the package is made in it.")
  private Optional<Path> java = Optional.empty();

  @Option(names = "--package", paramLabel = "NAME", description = "The package of the Java sources.")
  private Optional<String> packageName = Optional.empty();

  @Option(names = "--typescript", paramLabel = "DIR", description = "A folder for the module: NAME.js with NAME.d.ts, and what such modules share.")
  private Optional<Path> typescript = Optional.empty();

  @Option(names = "--name", paramLabel = "NAME", description = "What the contract is called: who is called, and the client's name (default: the folder's name).")
  private Optional<String> name = Optional.empty();

  @Option(names = "--check", description = "Write nothing, and exit with 1 if something would change.")
  private boolean check;

  @Option(names = "--json", description = "Print the paths that changed as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    if (java.isEmpty() && typescript.isEmpty()) {
      throw Complaint.misuse("nothing to write – name a folder with --java DIR --package NAME, with --typescript DIR, or both");
    }
    if (java.isPresent() && packageName.filter(SourceVersion::isName).isEmpty()) {
      throw Complaint.misuse(packageName.map(given -> "--package – '" + given + "' is no name of a package – use one like org.example.shop")
          .orElse("--java – it needs --package NAME – name the package of the sources"));
    }
    Contract read = read();
    List<String> changed = new ArrayList<>();
    java.ifPresent(folder -> put(GeneratedFiles.java(read, packageName.orElseThrow()), folder, packageName.orElseThrow().replace('.', '/'), changed));
    typescript.ifPresent(folder -> put(GeneratedFiles.typeScript(read), folder, "runtime.js", changed));
    report(changed);
    return check && !changed.isEmpty() ? 1 : 0;
  }

  private Contract read() {
    List<ContractFolders.Found> found = ContractFolders.at(List.of(contract));
    if (found.size() > 1) {
      throw Complaint.misuse(contract + " – the folder has " + found.size() + " contracts – name one of them");
    }
    String called = name.orElse(found.getFirst().name());
    if (!NAME.matcher(called).matches()) {
      throw Complaint.misuse("--name – '" + called + "' cannot be a component's name – give one of letters, digits, dots and hyphens");
    }
    try {
      return Contract.load(called, found.getFirst().file());
    } catch (ContractException wrong) {
      throw new Complaint(contract + " – it is not valid:\n" + wrong.getMessage(), wrong);
    }
  }

  private void put(GeneratedFiles files, Path folder, String owned, List<String> changed) {
    try {
      (check ? files.differences(folder, owned) : files.writeTo(folder, owned)).forEach(path -> changed.add(folder.resolve(path).toString()));
    } catch (IOException broken) {
      throw new Complaint(folder + " – it cannot be written: " + broken.getMessage() + " – name a folder of yours", broken);
    }
  }

  private void report(List<String> changed) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new JsonObject().put("changed", changed).encode());
    } else {
      changed.forEach(out::println);
      String files = changed.size() + (changed.size() == 1 ? " file " : " files ");
      out.println(check ? files + (changed.isEmpty() ? "would change" : "would change – run the same command without --check") : files + "changed");
    }
    out.flush();
  }
}
