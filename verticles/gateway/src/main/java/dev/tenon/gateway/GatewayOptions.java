package dev.tenon.gateway;

import dev.tenon.bus.identity.TokenRules;
import java.util.List;

/// What the edge is made of.
///
/// @param routes the components behind it with their contracts; no two may claim the same method of the same path
/// @param tokens what access tokens must say
/// @param keysComponent the component whose `GET` of `keysPath` answers with the keys that tokens are checked with
/// @param instances event loops that serve; 0 for one on each
/// @param metrics hears of every request
/// @param openness what the edge tells about what is behind it; its pages come after the contracts' paths and before `assets`
/// @param assets who is asked, in turn, for files at paths that no contract has: names on the bus; a 404 without a body passes the question on
public record GatewayOptions(
    ListenerOptions listener, List<Route> routes, TokenRules tokens, String keysComponent, String keysPath, Cors cors, int instances,
    EdgeMetrics metrics, Openness openness, List<String> assets) {

  public GatewayOptions {
    routes = List.copyOf(routes);
    assets = List.copyOf(assets);
  }

  /// Tokens of the component `auth`, no other origins, one instance on each event loop.
  public static GatewayOptions of(ListenerOptions listener, List<Route> routes) {
    return new GatewayOptions(listener, routes, new TokenRules("tenon-auth", "tenon"), "auth", "/.well-known/jwks.json", Cors.NONE, 0, EdgeMetrics.NONE, Openness.CLOSED, List.of());
  }

  public GatewayOptions withInstances(int other) {
    return new GatewayOptions(listener, routes, tokens, keysComponent, keysPath, cors, other, metrics, openness, assets);
  }

  public GatewayOptions withCors(Cors other) {
    return new GatewayOptions(listener, routes, tokens, keysComponent, keysPath, other, instances, metrics, openness, assets);
  }

  public GatewayOptions withTokens(TokenRules rules) {
    return new GatewayOptions(listener, routes, rules, keysComponent, keysPath, cors, instances, metrics, openness, assets);
  }

  public GatewayOptions withMetrics(EdgeMetrics other) {
    return new GatewayOptions(listener, routes, tokens, keysComponent, keysPath, cors, instances, other, openness, assets);
  }

  public GatewayOptions withAssets(List<String> names) {
    return new GatewayOptions(listener, routes, tokens, keysComponent, keysPath, cors, instances, metrics, openness, names);
  }

  public GatewayOptions withOpenness(Openness other) {
    return new GatewayOptions(listener, routes, tokens, keysComponent, keysPath, cors, instances, metrics, other, assets);
  }
}
