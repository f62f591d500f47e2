package dev.tenon.worker;

import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import dev.tenon.bus.Failure.Code;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// One hop to the network. Follows no redirects; whoever does comes here again for each, and is checked again.
///
/// The host is resolved first, its addresses are checked, and the connection is made to a checked address and no other: an answer of the name service that changes
/// in between changes nothing. Pooled connections lead to checked addresses too.
///
/// A request that asks for a WebSocket ([EgressWebSocket]) obeys the same rules; it has a connection of its own.
///
/// Compressed responses arrive as they are, with their `content-encoding`; no coding is asked for unless the request does. Thread-safe; one for all workers of a node with the same [Egress].
public final class EgressClient implements Fetcher {

  private final Vertx vertx;
  private final Egress egress;
  private final EgressLimits limits;
  private final HostResolver resolver;
  private final AddressRule rule;
  private final HttpClient client;
  private final NetClient sockets;

  /// Says why an address may not be reached under [Egress#PUBLIC]; empty when it may.
  @FunctionalInterface
  interface AddressRule {
    Optional<String> refuses(InetAddress address);
  }

  EgressClient(Vertx vertx, Egress egress, EgressLimits limits, HostResolver resolver, AddressRule rule) {
    this.vertx = vertx;
    this.egress = egress;
    this.limits = limits;
    this.resolver = resolver;
    this.rule = rule;
    this.client = vertx.createHttpClient(
        new HttpClientOptions()
            .setConnectTimeout((int) limits.connect().toMillis())
            .setSslHandshakeTimeout(limits.connect().toMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
            .setMaxHeaderSize(128 * 1024)
            .setMaxInitialLineLength(16 * 1024),
        new PoolOptions().setHttp1MaxSize(limits.connectionsPerHost()).setMaxWaitQueueSize(limits.waitingPerHost()));
    this.sockets = vertx.createNetClient(
        new NetClientOptions()
            .setConnectTimeout((int) limits.connect().toMillis())
            .setSslHandshakeTimeout(limits.connect().toMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
            .setHostnameVerificationAlgorithm("HTTPS"));
  }

  /// A client that names hosts as Vert.x does: `/etc/hosts`, then the name servers of the machine.
  public static EgressClient create(Vertx vertx, Egress egress, EgressLimits limits) {
    return new EgressClient(vertx, egress, limits, host -> resolve(vertx, host), PublicAddresses::notPublic);
  }

  @Override
  public Future<ExchangeResponse> fetch(ExchangeRequest request) {
    String url = request.scheme() + "://" + request.authority();
    if (egress == Egress.NONE) {
      return refused("fetch of " + url + " refused: this worker may reach nothing on the network (egress is \"none\") – run it with --egress public to allow it");
    }
    boolean tls = request.scheme().equals("https");
    HostAndPort target = HostAndPort.parseAuthority(request.authority(), tls ? 443 : 80);
    if (target == null || !tls && !request.scheme().equals("http") || request.method().equals("CONNECT")) {
      return Future.failedFuture(new Failure(Code.PROTOCOL, "fetch of " + url + " failed: only http and https URLs can be fetched"));
    }
    String host = target.host().startsWith("[") ? target.host().substring(1, target.host().length() - 1) : target.host();
    if (request.asksForWebSocket()) {
      return new EgressWebSocket(vertx, sockets, limits, request, url, host, target.port()).run(addresses(host, url));
    }
    EgressExchange exchange = new EgressExchange(vertx, client, limits, request, url, host, target.port());
    return exchange.run(addresses(host, url));
  }

  /// Closes all connections.
  public Future<Void> close() {
    return sockets.close().eventually(client::close);
  }

  private Future<List<InetAddress>> addresses(String host, String url) {
    Optional<InetAddress> literal = literal(host);
    Future<List<InetAddress>> all = literal.isPresent() ? Future.succeededFuture(List.of(literal.get())) : resolver.resolve(host)
        .recover(failure -> Future.failedFuture(new Failure(Code.NOBODY_THERE, "fetch of " + url + " failed: the name \"" + host + "\" cannot be resolved",
            String.valueOf(failure))));
    return all.compose(found -> {
      List<InetAddress> allowed = egress == Egress.ALL ? found : found.stream().filter(each -> rule.refuses(each).isEmpty()).toList();
      if (!allowed.isEmpty()) {
        return Future.succeededFuture(allowed);
      }
      if (found.isEmpty()) {
        return Future.failedFuture(new Failure(Code.NOBODY_THERE, "fetch of " + url + " failed: the name \"" + host + "\" has no address"));
      }
      InetAddress address = found.getFirst();
      String is = literal.isPresent() ? "it is " : "it leads to " + address.getHostAddress() + ", ";
      return refused("fetch of " + url + " refused: " + is + rule.refuses(address).orElseThrow()
          + ", and this worker may reach public addresses only (egress is \"public\") – run it with --egress all to allow it");
    });
  }

  /// Whether a host is an address itself.
  static boolean isLiteral(String host) {
    return literal(host).isPresent();
  }

  private static Optional<InetAddress> literal(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Future<List<InetAddress>> resolve(Vertx vertx, String host) {
    VertxInternal internal = (VertxInternal) vertx;
    Context context = vertx.getOrCreateContext();
    Promise<List<InetAddress>> promise = ((ContextInternal) context).promise();
    internal.nameResolver().resolveAll(host, answer -> promise.handle(answer.map(found -> found.stream().map(InetSocketAddress::getAddress).toList())));
    return promise.future();
  }

  private static <T> Future<T> refused(String message) {
    return Future.failedFuture(new Failure(Code.REFUSED, message));
  }
}
