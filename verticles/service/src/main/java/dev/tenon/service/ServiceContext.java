package dev.tenon.service;

import dev.tenon.bus.ExchangeBus;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a service is started with.
public final class ServiceContext {

  private final Vertx vertx;
  private final ExchangeBus bus;
  private final ComponentManifest manifest;
  private final Pool database;
  private final Sealer sealer;
  private final Map<String, ServiceCheck> checks = new LinkedHashMap<>();

  ServiceContext(Vertx vertx, ExchangeBus bus, ComponentManifest manifest, Pool database, Sealer sealer) {
    this.vertx = vertx;
    this.bus = bus;
    this.manifest = manifest;
    this.database = database;
    this.sealer = sealer;
  }

  public Vertx vertx() {
    return vertx;
  }

  /// For calls to other components.
  public ExchangeBus bus() {
    return bus;
  }

  public String component() {
    return manifest.name();
  }

  /// Connections to the service's own database, as many as its manifest says. The kit closes it.
  ///
  /// @throws ServiceException when the manifest asks for no database
  public Pool database() {
    if (database == null) {
      throw new ServiceException("service '" + component() + "' – it has no database – write `database: {}` into its component.yaml");
    }
    return database;
  }

  /// Encrypts what may not be read at rest.
  public Sealer sealer() {
    return sealer;
  }

  /// The manifest's `settings` as a record: what it does not name is as in `defaults`.
  ///
  /// @throws ServiceException that lists every unknown name and every value that does not fit, with its line
  public <R extends Record> R settings(R defaults) {
    return new Settings(manifest.origin()).overlay(defaults, manifest.settings());
  }

  /// Adds a part of this service to the node's health; it is shown as `<component>/<name>`.
  public void health(String name, ServiceCheck check) {
    checks.put(name, check);
  }

  Map<String, ServiceCheck> checks() {
    return checks;
  }
}
