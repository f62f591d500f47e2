package dev.tenon.prove;

import dev.tenon.contract.Contract;
import dev.tenon.contract.Operation;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The contract tests of one component, against one place that serves it. Not thread-safe: requests are sent one after the other.
///
/// ```java
/// ContractTests tests = ContractTests.of(Path.of("contracts/auth"), ContractTests.Options.at(edge));
/// tests.cases().forEach(each -> assertTrue(tests.run(each).passed()));
/// ```
public final class ContractTests {

  /// Where and how to test.
  ///
  /// @param url where the component is reached, mostly an edge
  /// @param seed the same seed gives the same requests
  /// @param timeout for each request, to its last byte
  /// @param token the access token to use instead of one that the set-up finds
  /// @param bodies a folder for bodies that are too long for a `curl` line
  public record Options(URI url, long seed, Duration timeout, Optional<String> token, Path bodies) {

    public static Options at(URI url) {
      return new Options(url, 1, Duration.ofSeconds(15), Optional.empty(), Path.of(System.getProperty("java.io.tmpdir"), "tenon-contract-tests"));
    }

    public Options withSeed(long other) {
      return new Options(url, other, timeout, token, bodies);
    }

    public Options withTimeout(Duration other) {
      return new Options(url, seed, other, token, bodies);
    }

    public Options withBodies(Path folder) {
      return new Options(url, seed, timeout, token, folder);
    }

    public Options withToken(String other) {
      return new Options(url, seed, timeout, Optional.of(other), bodies);
    }
  }

  private static final String TOKEN = "TOKEN";

  private final SetUp setUp;
  private final Options options;
  private final Wire wire;
  private final Curl curl;
  private final Variables variables = new Variables();
  private final List<ContractCase> cases;
  private final List<String> gaps;
  private final Set<String> succeeded = new LinkedHashSet<>();
  private boolean prepared;

  private ContractTests(Contract contract, Path folder, SetUp setUp, Options options) {
    this.setUp = setUp;
    this.options = options;
    this.wire = new Wire(options.url(), options.timeout());
    this.curl = new Curl(options.url(), options.bodies(), options.timeout());
    CaseWriter writer = new CaseWriter(contract, folder, setUp, options.seed());
    this.cases = List.copyOf(writer.cases());
    this.gaps = List.copyOf(new LinkedHashSet<>(writer.gaps()));
  }

  /// The tests of the contract in a folder: its `openapi.yaml`, and its `test.yaml` where there is one. Sends nothing yet.
  ///
  /// @throws ProveException when the set-up cannot be used
  /// @throws dev.tenon.contract.ContractException when the contract cannot be
  public static ContractTests of(Path folder, Options options) {
    return of(Contract.load(folder.toAbsolutePath().getFileName().toString(), folder.resolve("openapi.yaml")), folder, SetUp.in(folder), options);
  }

  /// @param folder where files that the contract's examples name lie
  public static ContractTests of(Contract contract, Path folder, SetUp setUp, Options options) {
    SetUp own = options.token().isPresent() && setUp.token().isEmpty() ? new SetUp(setUp.variables(), setUp.before(), TOKEN, setUp.operations()) : setUp;
    return new ContractTests(contract, folder, own, options);
  }

  /// In the order in which they should run.
  public List<ContractCase> cases() {
    return cases;
  }

  /// What no request was made for, and why, one sentence each.
  public List<String> gaps() {
    return gaps;
  }

  public long seed() {
    return options.seed();
  }

  /// Sends a case's request, after the requests that prepare it. The first call makes the requests of the set-up.
  ///
  /// @throws ProveException when a request of the set-up fails
  public Verdict run(ContractCase tested) {
    prepare();
    for (SetUp.Step step : tested.before()) {
      take(step);
    }
    Reply reply = wire.send(tested.request(), variables);
    List<String> wrong = Judgement.of(tested, reply).stream().map(variables::hide).toList();
    int status = reply instanceof Reply.Answer answer ? answer.status() : 0;
    if (status / 100 == 2) {
      succeeded.add(tested.operation().id());
    }
    return new Verdict(tested.id(), tested.what(), status, wrong, curl.line(tested.request(), tested.id()));
  }

  /// Operations whose valid requests were all refused, after all cases have run: what was tested of them is little. One sentence each.
  public List<String> unreached() {
    List<String> all = new ArrayList<>();
    Set<String> tried = new LinkedHashSet<>();
    cases.stream().filter(each -> each.kind() == ContractCase.Kind.EXAMPLE || each.kind() == ContractCase.Kind.VALID).map(each -> each.operation().id()).forEach(tried::add);
    for (String id : tried) {
      if (!succeeded.contains(id) && cases.stream().filter(each -> each.operation().id().equals(id)).map(ContractCase::operation).anyMatch(ContractTests::maySucceed)) {
        all.add(id + " – no request was answered with a 2xx – say in test.yaml what its requests need");
      }
    }
    return all;
  }

  private static boolean maySucceed(Operation operation) {
    return operation.responses().stream().anyMatch(response -> response.status().startsWith("2") || response.status().equals("default"));
  }

  /// Lines for a shell that do what the set-up did, so that the variables which other lines use are there; empty where there is no set-up.
  public List<String> preparation() {
    List<String> lines = new ArrayList<>();
    setUp.variables().keySet().forEach(name -> lines.add("export " + name + "='" + variables.get(name).orElse("").replace("'", "'\\''") + "'"));
    for (SetUp.Step step : setUp.before()) {
      if (step.take().isEmpty()) {
        lines.add(curl.line(request(step), "set-up"));
      }
      step.take().entrySet().stream().filter(take -> options.token().isEmpty() || !take.getKey().equals(setUp.token())).forEach(take -> lines.add(exported(step, take)));
    }
    return lines;
  }

  private String exported(SetUp.Step step, Map.Entry<String, String> take) {
    String line = curl.line(request(step), "set-up").replace(" -i ", " ");
    String name = take.getValue().substring(take.getValue().lastIndexOf('/') + 1);
    return "export " + take.getKey() + "=$(" + line + " | sed -n 's/.*\"" + name + "\" *: *\"\\([^\"]*\\)\".*/\\1/p')";
  }

  private void prepare() {
    if (prepared) {
      return;
    }
    prepared = true;
    variables.set("unique", UUID.randomUUID().toString());
    setUp.variables().forEach((name, value) -> variables.set(name, variables.fill(value)));
    options.token().ifPresent(token -> variables.set(setUp.token(), token));
    for (SetUp.Step step : setUp.before()) {
      if (options.token().isEmpty() || !step.take().containsKey(setUp.token())) {
        take(step);
      }
    }
    if (!setUp.token().isEmpty() && variables.get(setUp.token()).isEmpty()) {
      throw new ProveException("test.yaml – the token is to be in " + setUp.token() + ", and no request takes it from an answer – add take: { " + setUp.token() + ": /pointer }");
    }
  }

  private void take(SetUp.Step step) {
    Reply reply = wire.send(request(step), variables);
    if (!(reply instanceof Reply.Answer answer) || answer.status() >= 300) {
      String how = reply instanceof Reply.Answer answer ? "was answered with " + answer.status() : ((Reply.Broken) reply).what();
      throw new ProveException("set-up – " + step + " " + how + " – correct it in test.yaml, or see what is wrong there:\n  " + curl.line(request(step), "set-up"));
    }
    step.take().forEach((name, from) -> variables.set(name, Judgement.taken(answer, from).orElseThrow(() ->
        new ProveException("set-up – the answer to " + step + " has nothing at " + from + " – correct it in test.yaml"))));
  }

  private Request request(SetUp.Step step) {
    Request request = new Request(step.method(), step.target(), Map.of(), Payload.NONE);
    if (!step.body().isEmpty()) {
      request = request.with("content-type", "application/json").with(new Payload.Written(step.body()));
    }
    return step.withToken() ? request.with("authorization", "Bearer ${" + setUp.token() + "}") : request;
  }
}
