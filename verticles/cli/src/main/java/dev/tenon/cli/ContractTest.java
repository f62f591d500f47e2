package dev.tenon.cli;

import dev.tenon.contract.Contract;
import dev.tenon.contract.ContractException;
import dev.tenon.prove.ContractCase;
import dev.tenon.prove.ContractTests;
import dev.tenon.prove.ProveException;
import dev.tenon.prove.SetUp;
import dev.tenon.prove.TestReport;
import dev.tenon.prove.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tenon contract test`.
@Command(name = "test", description = "Send requests made of a contract to a component that runs, and judge its answers by the contract.")
final class ContractTest implements Callable<Integer> {

  enum Format { TEXT, JSON, JUNIT }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CONTRACT", description = "The contract's file, its folder, or the name of a component of this checkout. A test.yaml beside it says what requests need.")
  private String contract;

  @Option(names = "--url", paramLabel = "URL", required = true, description = "Where it is served: an edge, http://127.0.0.1:8080.")
  private URI url;

  @Option(names = "--token-env", paramLabel = "NAME", description = "The environment variable that holds an access token (default: test.yaml says how to get one).")
  private String tokenEnv;

  @Option(names = "--seed", paramLabel = "N", description = "Another seed gives other requests, the same seed the same (default: 1).")
  private long seed = 1;

  @Option(names = "--case", paramLabel = "ID", description = "Run this case only; or all whose ids begin with ID, when it ends with /.")
  private String only;

  @Option(names = "--timeout", paramLabel = "SECONDS", description = "How long each answer may take (default: 15).")
  private int timeoutSeconds = 15;

  @Option(names = "--format", paramLabel = "FORMAT", description = "How to report: text, json or junit (default: text).")
  private Format format = Format.TEXT;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      ContractTests tests = tests();
      TestReport report = run(tests, out);
      switch (format) {
        case TEXT -> out.print(report.text());
        case JSON -> out.println(report.json());
        case JUNIT -> out.print(report.junit());
      }
      out.flush();
      return report.passed() ? 0 : 1;
    } catch (ProveException | ContractException e) {
      throw new Complaint(e.getMessage(), e);
    }
  }

  private ContractTests tests() {
    if (url.getHost() == null || url.getScheme() == null || !url.getScheme().matches("https?") || timeoutSeconds < 1) {
      throw Complaint.misuse(timeoutSeconds < 1 ? "--timeout – " + timeoutSeconds + " is not a number of seconds – use 1 or more"
          : "--url – " + url + " is not where something is served – use http://HOST:PORT");
    }
    Path file = file();
    Path folder = file.toAbsolutePath().getParent();
    ContractTests.Options options = ContractTests.Options.at(url).withSeed(seed).withTimeout(Duration.ofSeconds(timeoutSeconds));
    if (tokenEnv != null) {
      options = options.withToken(Optional.ofNullable(System.getenv(tokenEnv)).filter(token -> !token.isBlank())
          .orElseThrow(() -> Complaint.misuse("--token-env – " + tokenEnv + " is not set – put an access token into it")));
    }
    return ContractTests.of(Contract.load(folder.getFileName().toString(), file), folder, SetUp.in(folder), options);
  }

  private TestReport run(ContractTests tests, PrintWriter out) {
    List<ContractCase> chosen = tests.cases().stream().filter(each -> only == null || each.id().equals(only) || only.endsWith("/") && each.id().startsWith(only)).toList();
    if (chosen.isEmpty()) {
      throw Complaint.misuse("--case – there is no case " + only + " with the seed " + seed + " – leave --case out with --format json to see all");
    }
    List<Verdict> verdicts = new ArrayList<>();
    for (ContractCase each : chosen) {
      Verdict verdict = tests.run(each);
      verdicts.add(verdict);
      if (format == Format.TEXT && !verdict.passed()) {
        out.println(verdict.message());
        out.flush();
      }
    }
    return TestReport.of(tests, verdicts);
  }

  private Path file() {
    Path given = Path.of(contract);
    if (Files.isRegularFile(given)) {
      return given;
    }
    List<Path> folders = new ArrayList<>(List.of(given));
    if (contract.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      folders.addAll(ofComponent());
    }
    return folders.stream().flatMap(folder -> Stream.of("openapi.yaml", "openapi.yml", "openapi.json").map(folder::resolve)).filter(Files::isRegularFile).findFirst()
        .orElseThrow(() -> new Complaint(contract + " – there is no such contract – name its file, its folder or a component of this checkout"));
  }

  /// The folder of the contract that a component of this checkout serves.
  private List<Path> ofComponent() {
    Path contracts = Home.find().root().resolve("contracts");
    try (Stream<Path> folders = Files.list(contracts)) {
      List<Path> all = folders.filter(folder -> Files.isRegularFile(folder.resolve("openapi.yaml"))).sorted().toList();
      return all.stream().filter(folder -> folder.getFileName().toString().equals(contract)
          || Contract.load(folder.getFileName().toString(), folder.resolve("openapi.yaml")).document().text("x-tenon-component").equals(Optional.of(contract))).toList();
    } catch (IOException none) {
      return List.of();
    }
  }
}
