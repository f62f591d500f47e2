package dev.tenon.service;

import dev.tenon.contract.Contract;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;

/// A service that takes calls.
public final class Running {

  private final Vertx vertx;
  private final LoadedService loaded;
  private final ServiceVerticle verticle;
  private final String deploymentId;

  Running(Vertx vertx, LoadedService loaded, ServiceVerticle verticle, String deploymentId) {
    this.vertx = vertx;
    this.loaded = loaded;
    this.verticle = verticle;
    this.deploymentId = deploymentId;
  }

  public ComponentManifest manifest() {
    return loaded.manifest();
  }

  /// What it promises.
  public Contract contract() {
    return loaded.contract();
  }

  /// Exchanges it has taken and not finished.
  public int inFlight() {
    return verticle.inFlight();
  }

  /// Its parts and how to ask each whether it works: `database`, and what the service named itself.
  public Map<String, ServiceCheck> checks() {
    return Map.copyOf(verticle.checks());
  }

  /// Takes no new exchange, waits for those in flight at most `drain`, then stops it and gives back what it held.
  public Future<Void> stop(Duration drain) {
    return verticle.drain(drain)
        .eventually(() -> vertx.undeploy(deploymentId))
        .onComplete(_ -> loaded.close());
  }
}
