package dev.tenon.node;

import dev.tenon.contract.Contract;
import dev.tenon.gateway.EdgeMetrics;
import dev.tenon.gateway.Gateway;
import dev.tenon.gateway.GatewayOptions;
import dev.tenon.gateway.ListenerOptions;
import dev.tenon.gateway.Openness;
import dev.tenon.gateway.Route;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// The edge: every contract of `contracts/` behind one port.
final class EdgePart {

  private static final String COMPONENT = "x-tenon-component";

  private final Gateway gateway;

  private EdgePart(Gateway gateway) {
    this.gateway = gateway;
  }

  /// Reads all contracts; blocks. A contract belongs to the component of its folder's name, unless it names another with `x-tenon-component`.
  static List<Route> routes(Path contracts) {
    try (Stream<Path> folders = Files.list(contracts)) {
      return folders.filter(folder -> Files.isRegularFile(folder.resolve("openapi.yaml"))).sorted().map(EdgePart::route).toList();
    } catch (IOException missing) {
      throw new StartFailure("contracts in " + contracts + " – the folder cannot be read – put it back, or make it readable", missing);
    }
  }

  private static Route route(Path folder) {
    String name = folder.getFileName().toString();
    Contract contract = Contract.load(name, folder.resolve("openapi.yaml"));
    return new Route(contract.document().text(COMPONENT).orElse(name), contract);
  }

  /// Opens the port.
  ///
  /// @param assets where on the bus files are had for paths that no contract has
  static Future<EdgePart> open(Vertx vertx, Listen listen, Openness openness, List<Route> routes, List<String> assets, EdgeMetrics metrics) {
    GatewayOptions options = GatewayOptions.of(ListenerOptions.of(listen.port()).withHost(listen.host()), routes).withMetrics(metrics).withOpenness(openness).withAssets(assets);
    return Gateway.open(vertx, options).map(EdgePart::new).recover(failed -> Future.failedFuture(failed instanceof BindException
        ? new StartFailure("edge – " + listen + " cannot be bound (" + failed.getMessage() + ") – stop what uses it, or choose another with --edge-port", failed)
        : failed));
  }

  int port() {
    return gateway.port();
  }

  Future<String> check() {
    return gateway.ready()
        ? Future.succeededFuture(gateway.inFlight() + " requests under way")
        : Future.failedFuture("the keys that tokens are checked with are not there yet");
  }

  /// Takes no more requests, and completes when those under way have ended or `drain` has passed.
  Future<Void> close(Duration drain) {
    return gateway.close(drain);
  }
}
