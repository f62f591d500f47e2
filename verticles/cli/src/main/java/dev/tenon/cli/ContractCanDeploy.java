package dev.tenon.cli;

import dev.tenon.contract.ContractException;
import dev.tenon.contract.gate.Breakage;
import dev.tenon.contract.gate.ComponentVersion;
import dev.tenon.contract.gate.Gate;
import dev.tenon.contract.gate.Repository;
import dev.tenon.contract.gate.SourceTree;
import dev.tenon.contract.gate.Verdict;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tenon contract can-deploy`.
@Command(name = "can-deploy", description = "Say whether a component, as it is in this folder, may be deployed: what it would break for whom, and whether its version says so.")
final class ContractCanDeploy implements Callable<Integer> {

  /// What is live.
  static final class Live {

    @Option(names = "--against", paramLabel = "REVISION", description = "What is live is what this revision of git holds: a branch, a tag or a commit (default: this folder).")
    private String revision;

    @Option(names = "--control", paramLabel = "URL", description = "What is live is what this node's control listener says, for example http://127.0.0.1:8090.")
    private String control;
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "COMPONENT", description = "The component's name, or that of its folder in contracts/.")
  private String component;

  @ArgGroup private Live live = new Live();

  @Option(names = "--dir", paramLabel = "DIR", description = "The repository (default: the current folder, or this checkout where that has no contracts/).")
  private Path directory;

  @Option(names = "--beside", description = "Live versions of other majors stay: consumers of those do not mind.")
  private boolean beside;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Path root = root();
    Repository here = read(SourceTree.of(root));
    ComponentVersion candidate = here.component(component).orElseThrow(() -> Complaint.misuse("component '" + component + "' – it is not in " + root.toAbsolutePath().normalize() + " – there are "
        + String.join(", ", here.components().stream().map(ComponentVersion::component).toList())));
    Verdict verdict = Gate.judge(candidate, live(root, here), here.contracts(), version -> beside && version.version().major() != candidate.version().major());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(toJson(verdict).encodePrettily());
    } else {
      print(verdict, out);
    }
    out.flush();
    return verdict.allowed() ? 0 : 1;
  }

  private Path root() {
    if (directory != null) {
      if (!Files.isDirectory(directory)) {
        throw Complaint.misuse("--dir – there is no folder " + directory + " – name one");
      }
      return directory;
    }
    Path current = Path.of("");
    return Files.isDirectory(current.resolve("contracts")) ? current : Home.find().root();
  }

  private List<ComponentVersion> live(Path root, Repository here) {
    if (live.control != null) {
      return new LiveComponents(live.control).read();
    }
    return live.revision == null ? here.components() : read(new GitTree(root, live.revision)).components();
  }

  private static Repository read(SourceTree tree) {
    try {
      return Repository.read(tree);
    } catch (ContractException wrong) {
      throw new Complaint("contracts and manifests – they cannot be used:\n" + wrong.getMessage(), wrong);
    }
  }

  private static void print(Verdict verdict, PrintWriter out) {
    out.println(verdict.component() + " " + verdict.version() + (verdict.allowed() ? " can be deployed" : " cannot be deployed")
        + verdict.from().map(from -> " after " + from + ": its contract needs " + (verdict.required().word().equals("none") ? "no new number" : "a " + verdict.required().word() + " version")).orElse(", and is new")
        + (verdict.staying().isEmpty() ? "" : ", beside " + String.join(", ", verdict.staying().stream().map(Object::toString).toList())));
    verdict.numbers().forEach(number -> out.println("  breaking  " + number));
    verdict.breakages().forEach(breakage -> out.println("  " + breakage.severity().word() + "  " + breakage.message() + "  [" + breakage.rule() + "]"));
  }

  private static JsonObject toJson(Verdict verdict) {
    JsonArray breakages = new JsonArray();
    for (Breakage breakage : verdict.breakages()) {
      breakages.add(new JsonObject().put("direction", breakage.direction().word()).put("severity", breakage.severity().word()).put("consumer", breakage.consumer())
          .put("provider", breakage.provider()).put("operation", breakage.operation()).put("rule", breakage.rule()).put("message", breakage.message()));
    }
    JsonObject result = new JsonObject().put("component", verdict.component()).put("version", verdict.version().toString()).put("allowed", verdict.allowed());
    verdict.from().ifPresent(from -> result.put("from", from.toString()));
    return result.put("requiredBump", verdict.required().word())
        .put("versionFits", verdict.numbers().isEmpty())
        .put("versionProblems", new JsonArray(verdict.numbers()))
        .put("staying", new JsonArray(verdict.staying().stream().map(Object::toString).toList()))
        .put("breakages", breakages);
  }
}
