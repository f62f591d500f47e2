package dev.tenon.gateway;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.ExchangeHandler;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.identity.Identity;
import dev.tenon.bus.identity.KeyAlgorithm;
import dev.tenon.bus.identity.SigningKey;
import dev.tenon.bus.identity.TokenIssuer;
import dev.tenon.bus.identity.TokenRules;
import dev.tenon.contract.Contract;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// A gateway in front of components that a test writes by hand, on a bus of one node.
final class EdgeUnderTest implements AutoCloseable {

  static final TokenRules RULES = new TokenRules("tenon-auth", "tenon");
  static final SigningKey KEY = SigningKey.generate(KeyAlgorithm.EDDSA);

  final Vertx vertx = Vertx.vertx();
  final TokenIssuer issuer = TokenIssuer.of(RULES, Duration.ofMinutes(10), List.of(KEY));
  final List<ExchangeRequest> seen = new CopyOnWriteArrayList<>();
  Gateway gateway;

  /// A component `things` that does what `handler` says, and a component `auth` with the keys.
  EdgeUnderTest(ExchangeHandler handler) {
    this(ThingsContract.contract(), ListenerOptions.of(0), handler);
  }

  EdgeUnderTest(Contract contract, ListenerOptions options, ExchangeHandler handler) {
    serve("auth", request -> json(200, issuer.jwks().encode()));
    serve("things", request -> {
      seen.add(request);
      return handler.handle(request);
    });
    open(GatewayOptions.of(options, List.of(new Route("things", contract))).withInstances(1));
    Await.until("the keys are there", gateway::ready);
  }

  private EdgeUnderTest() {}

  /// Nothing yet: no components, no gateway.
  static EdgeUnderTest bare() {
    return new EdgeUnderTest();
  }

  void open(GatewayOptions options) {
    gateway = Await.result(Gateway.open(vertx, options));
  }

  void serve(String component, ExchangeHandler handler) {
    Await.result(vertx.deployVerticle(new VerticleBase() {
      @Override
      public Future<?> start() {
        return ExchangeBus.of(vertx).serve(component, "1.0.0", handler);
      }
    }));
  }

  Wire wire() throws IOException {
    return new Wire(gateway.port());
  }

  String bearer(String... scopes) {
    return "Authorization: Bearer " + issuer.issue(new Identity("0192f1a4-7c1e-7d55-8c0a-3f2b9d1e6a70", Set.of(scopes))) + "\r\n";
  }

  /// A token with any claims, signed with the key that is known.
  static String signed(JsonObject claims) {
    try {
      byte[] secret = Base64.getUrlDecoder().decode(KEY.privateJwk().getString("d"));
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(KeyFactory.getInstance("Ed25519").generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret)));
      Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
      String header = new JsonObject().put("alg", "EdDSA").put("typ", "JWT").put("kid", KEY.id()).encode();
      String content = base64.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "." + base64.encodeToString(claims.encode().getBytes(StandardCharsets.UTF_8));
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + base64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static Future<ExchangeResponse> json(int status, String text) {
    return answer(status, "application/json", Body.of(Buffer.buffer(text)));
  }

  static Future<ExchangeResponse> answer(int status, String contentType, Body body) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    if (!contentType.isEmpty()) {
      headers.add("content-type", contentType);
    }
    return Future.succeededFuture(new ExchangeResponse(status, "", headers, body));
  }

  @Override
  public void close() {
    Await.result(vertx.close());
  }
}
