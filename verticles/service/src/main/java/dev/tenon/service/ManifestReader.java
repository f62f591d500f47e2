package dev.tenon.service;

import dev.tenon.service.ComponentManifest.Database;
import dev.tenon.contract.ContractProblem;
import dev.tenon.contract.component.Consumed;
import dev.tenon.contract.component.Manifest;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/// Parses `component.yaml`.
final class ManifestReader {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,47}");
  private static final Pattern VERSION = Pattern.compile("(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z.-]+)?");
  private static final Pattern CLASS = Pattern.compile("([\\p{L}_$][\\p{L}\\d_$]*\\.)+[\\p{L}_$][\\p{L}\\d_$]*");
  private static final Pattern CONTRACT = Pattern.compile("([\\w.-]+/)+[\\w.-]+\\.(ya?ml|json)");
  private static final Pattern FOLDER = Pattern.compile("[\\w.-]+(/[\\w.-]+)*");
  private static final int CONNECTIONS_DEFAULT = 8;
  private static final int CONNECTIONS_MAX = 100;
  private static final String MIGRATIONS_DEFAULT = "db/migration";

  private ManifestReader() {}

  static ComponentManifest read(String yaml, String origin) {
    YamlProblems problems = new YamlProblems(origin);
    Optional<Node> document = parse(yaml, problems);
    document.filter(node -> !(node instanceof MappingNode)).ifPresent(node -> problems.add(node, "the file is not a mapping"));
    problems.stopIfAny();
    YamlSection root = YamlSection.of("", document, problems);
    String name = root.required("name", NAME, "1 to 48 of a-z, 0-9 and -, starting with a letter");
    String version = root.required("version", VERSION, "a semantic version such as 1.2.0");
    String main = root.required("main", CLASS, "the name of a class with its package");
    String contract = root.required("contract", CONTRACT, "the path of an OpenAPI document on the class path, such as contracts/auth/openapi.yaml");
    Optional<Database> database = root.has("database") ? Optional.of(database(root.section("database"))) : Optional.empty();
    Optional<Node> settings = root.raw("settings");
    root.raw("consumes");
    List<ContractProblem> wrong = new ArrayList<>();
    Map<String, Consumed> consumes = Manifest.consumes(yaml, origin, wrong);
    wrong.forEach(problem -> problems.add(problem.at().line(), problem.message()));
    problems.finish();
    return new ComponentManifest(name, version, main, contract, consumes, database, settings, origin);
  }

  private static Database database(YamlSection section) {
    return new Database(
        section.optional("migrations", MIGRATIONS_DEFAULT,
            text -> FOLDER.matcher(text).matches() ? Optional.of(text) : Optional.empty(), "a folder on the class path"),
        section.integer("connections", CONNECTIONS_DEFAULT, 1, CONNECTIONS_MAX));
  }

  private static Optional<Node> parse(String yaml, YamlProblems problems) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    try {
      return Optional.ofNullable(new Yaml(options).compose(new StringReader(yaml)));
    } catch (MarkedYAMLException broken) {
      int line = broken.getProblemMark() == null ? 1 : broken.getProblemMark().getLine() + 1;
      problems.add(line, "not YAML: " + broken.getProblem());
      return Optional.empty();
    }
  }
}
