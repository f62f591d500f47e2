package dev.tenon.worker;

import dev.tenon.bus.ExchangeBus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A worker as a verticle: deploy it once, whatever the number of event loops; it starts its isolates itself and stops them when it is undeployed.
///
/// `vertx.deployVerticle("worker:path/to/folder")` makes one from a worker's folder or file ([WorkerVerticleFactory]).
public final class WorkerVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerVerticle.class);

  private final Source source;
  private DeployedWorker worker;
  private EgressClient ownEgress;

  /// Where a worker comes from.
  private sealed interface Source {
    record Given(WorkerDefinition definition, WorkerOptions options) implements Source {}

    record Files(Path fileOrDirectory) implements Source {}
  }

  private WorkerVerticle(Source source) {
    this.source = source;
  }

  public WorkerVerticle(WorkerDefinition definition, WorkerOptions options) {
    this(new Source.Given(definition, options));
  }

  /// The worker in a folder or file, loaded when the verticle is deployed.
  static WorkerVerticle of(Path fileOrDirectory) {
    return new WorkerVerticle(new Source.Files(fileOrDirectory));
  }

  @Override
  public Future<?> start() {
    return given()
        .compose(given -> DeployedWorker.deploy(vertx, ExchangeBus.of(vertx), given.definition(), given.options()))
        .onSuccess(deployed -> worker = deployed);
  }

  @Override
  public Future<?> stop() {
    Future<Void> isolates = worker == null ? Future.succeededFuture() : worker.undeploy();
    return ownEgress == null ? isolates : isolates.eventually(ownEgress::close);
  }

  private Future<Source.Given> given() {
    return switch (source) {
      case Source.Given given -> Future.succeededFuture(given);
      case Source.Files(Path fileOrDirectory) -> load(fileOrDirectory);
    };
  }

  private Future<Source.Given> load(Path fileOrDirectory) {
    ownEgress = EgressClient.create(vertx, egress(config()), EgressLimits.DEFAULT);
    LoadOptions options = LoadOptions.DEFAULT.withVars(vars(config()));
    return vertx.executeBlocking(() -> WorkerLoader.load(fileOrDirectory, options), false)
        .onSuccess(loaded -> loaded.warnings().forEach(warning -> LOG.warn("worker {}: {}", loaded.definition().name(), warning)))
        .map(loaded -> new Source.Given(loaded.definition(), WorkerOptions.of(ownEgress)));
  }

  private static Egress egress(JsonObject config) {
    String name = config.getString("egress", "public");
    try {
      return Egress.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException("egress \"" + name + "\" is not known – use \"public\", \"all\" or \"none\"", unknown);
    }
  }

  private static Map<String, String> vars(JsonObject config) {
    return config.getJsonObject("vars", new JsonObject()).stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
  }

  /// The running worker; [IllegalStateException] before the verticle is deployed.
  public DeployedWorker worker() {
    if (worker == null) {
      throw new IllegalStateException("the worker is not deployed yet – wait for deployVerticle to complete");
    }
    return worker;
  }
}
