package dev.tenon.node;

import dev.tenon.bus.ExchangeBus;
import dev.tenon.control.ControlDatabase;
import dev.tenon.control.DatabaseAddress;
import dev.tenon.control.NodeKey;
import dev.tenon.service.ComponentSource;
import dev.tenon.service.DatabaseCredentials;
import dev.tenon.service.Grants;
import dev.tenon.service.Running;
import dev.tenon.service.Sealer;
import dev.tenon.service.ServiceHost;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/// The services of this node, each loaded from its folder and given its own database.
final class ServicesPart {

  private final Vertx vertx;
  private final NodeKey key;
  private final int connectionsMax;
  private final CompletableFuture<ControlDatabase> database;

  /// @param database may still be on its way: classes are loaded meanwhile
  ServicesPart(Vertx vertx, NodeKey key, int connectionsMax, CompletableFuture<ControlDatabase> database) {
    this.vertx = vertx;
    this.key = key;
    this.connectionsMax = connectionsMax;
    this.database = database;
  }

  /// Completes when the service takes exchanges.
  ///
  /// @param calls makes the bus that it calls others through
  Future<Running> start(ComponentSource source, UnaryOperator<ExchangeBus> calls) {
    return new ServiceHost(vertx, calls.apply(ExchangeBus.of(vertx))).deploy(source, grants(source));
  }

  private Future<Grants> grants(ComponentSource source) {
    String name = source.manifest().name();
    Sealer sealer = new Sealer(key.derive("seal/" + name));
    if (source.manifest().database().isEmpty()) {
      return Future.succeededFuture(new Grants(Optional.empty(), connectionsMax, sealer));
    }
    return Future.fromCompletionStage(database)
        .compose(control -> control.databases().of(name))
        .map(address -> new Grants(Optional.of(credentials(address)), connectionsMax, sealer));
  }

  private static DatabaseCredentials credentials(DatabaseAddress address) {
    return new DatabaseCredentials(address.host(), address.port(), address.database(), address.user(), address.password(),
        address.tls().name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
