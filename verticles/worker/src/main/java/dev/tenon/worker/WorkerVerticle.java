package dev.tenon.worker;

import dev.tenon.bus.ExchangeBus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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
  private MessageConsumer<Object> calls;

  /// Where a worker comes from.
  private sealed interface Source {
    record Given(WorkerDefinition definition, WorkerOptions options) implements Source {}

    record Files(Path fileOrDirectory, LoadOptions load) implements Source {}
  }

  private WorkerVerticle(Source source) {
    this.source = source;
  }

  public WorkerVerticle(WorkerDefinition definition, WorkerOptions options) {
    this(new Source.Given(definition, options));
  }

  /// The worker in a folder or file, loaded when the verticle is deployed. Messages to the event bus's address `worker:NAME` are requests to it.
  ///
  /// @param load its environment, variables and bindings; what the deployment's configuration says counts too
  public static WorkerVerticle of(Path fileOrDirectory, LoadOptions load) {
    return new WorkerVerticle(new Source.Files(fileOrDirectory, load));
  }

  @Override
  public Future<?> start() {
    return given()
        .compose(given -> DeployedWorker.deploy(vertx, ExchangeBus.of(vertx), given.definition(), given.options()))
        .onSuccess(deployed -> {
          worker = deployed;
          if (source instanceof Source.Files) {
            calls = EventBusCalls.take(vertx, deployed.component(), deployed);
          }
        });
  }

  @Override
  public Future<?> stop() {
    Future<Void> isolates = calls == null ? Future.succeededFuture() : calls.unregister();
    isolates = worker == null ? isolates : isolates.eventually(worker::undeploy);
    return ownEgress == null ? isolates : isolates.eventually(ownEgress::close);
  }

  private Future<Source.Given> given() {
    return switch (source) {
      case Source.Given given -> Future.succeededFuture(given);
      case Source.Files(Path fileOrDirectory, LoadOptions load) -> load(fileOrDirectory, load);
    };
  }

  private Future<Source.Given> load(Path fileOrDirectory, LoadOptions load) {
    ownEgress = EgressClient.create(vertx, egress(config()), EgressLimits.DEFAULT);
    LoadOptions options = options(load, config());
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

  private static LoadOptions options(LoadOptions load, JsonObject config) {
    Map<String, String> vars = new LinkedHashMap<>(load.vars());
    config.getJsonObject("vars", new JsonObject()).forEach(entry -> vars.put(entry.getKey(), String.valueOf(entry.getValue())));
    String environment = config.getString("env");
    return environment == null ? load.withVars(vars) : load.withVars(vars).withEnvironment(environment);
  }

  /// The running worker; [IllegalStateException] before the verticle is deployed.
  public DeployedWorker worker() {
    if (worker == null) {
      throw new IllegalStateException("the worker is not deployed yet – wait for deployVerticle to complete");
    }
    return worker;
  }
}
