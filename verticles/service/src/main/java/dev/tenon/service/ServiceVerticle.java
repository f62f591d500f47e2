package dev.tenon.service;

import dev.tenon.bus.ExchangeBus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// The life of one instance of a service: database, migrations, start, serve; and the same backwards.
final class ServiceVerticle extends VerticleBase {

  private final LoadedService loaded;
  private final ExchangeBus bus;
  private final Grants grants;
  private final Map<String, ServiceCheck> checks = new LinkedHashMap<>();
  private Pool pool;
  private ExchangeBus.Served served;

  ServiceVerticle(LoadedService loaded, ExchangeBus bus, Grants grants) {
    this.loaded = loaded;
    this.bus = bus;
    this.grants = grants;
  }

  @Override
  public Future<?> start() {
    ServiceContext services = new ServiceContext(vertx, bus, loaded.manifest(), openPool(), grants.sealer());
    return migrate()
        .compose(_ -> loaded.entry().start(services))
        .compose(operations -> serve(services, operations))
        .recover(failed -> stop().transform(_ -> Future.failedFuture(failed)));
  }

  /// Takes no new exchange, and completes when those in flight have ended or `deadline` has passed.
  Future<Void> drain(Duration deadline) {
    return served.close(deadline);
  }

  @Override
  public Future<?> stop() {
    return loaded.entry().stop().eventually(() -> pool == null ? Future.succeededFuture() : pool.close());
  }

  int inFlight() {
    return served.inFlight();
  }

  Map<String, ServiceCheck> checks() {
    return checks;
  }

  private Pool openPool() {
    return loaded.manifest().database().map(asked -> {
      DatabaseCredentials credentials = grants.database().orElseThrow(() -> new ServiceException("service '"
          + loaded.manifest().name() + "' – it wants a database and was given none – start the node with one"));
      pool = DatabasePool.open(vertx, loaded.manifest().name(), credentials,
          Math.min(asked.connectionsMax(), grants.connectionsMax()));
      checks.put("database", () -> pool.query("SELECT 1").execute().map("reachable"));
      return pool;
    }).orElse(null);
  }

  private Future<Void> migrate() {
    return pool == null
        ? Future.succeededFuture()
        : new Migrations(vertx, loaded.migrations(), grants.database().orElseThrow()).run(pool);
  }

  private Future<Void> serve(ServiceContext services, Operations operations) {
    ComponentManifest manifest = loaded.manifest();
    operations.checkFit(loaded.contract(), manifest);
    Dispatcher dispatcher = new Dispatcher(manifest.name(), new Routes(loaded.contract().operations()), operations.handlers());
    checks.putAll(services.checks());
    return bus.serve(manifest.name(), manifest.version(), dispatcher).map(registered -> {
      served = registered;
      return null;
    });
  }
}
