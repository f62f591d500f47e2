package dev.tenon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.Failure;
import dev.tenon.bus.identity.Identity;
import dev.tenon.bus.identity.KeyAlgorithm;
import dev.tenon.bus.identity.SigningKey;
import dev.tenon.bus.identity.TokenCheck;
import dev.tenon.bus.identity.TokenIssuer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeyRingTest {

  private static String read(String token) {
    return "GET /things/7?size=small HTTP/1.1\r\nHost: edge\r\nX-Request-Id: req-1\r\nAuthorization: Bearer " + token + "\r\n\r\n";
  }

  private static void open(EdgeUnderTest edge) {
    edge.serve("things", request -> EdgeUnderTest.json(200, "{\"name\":\"x\"}"));
    edge.open(GatewayOptions.of(ListenerOptions.of(0), List.of(new Route("things", ThingsContract.contract()))).withInstances(1));
  }

  @Test
  void withoutKeysNothingGetsThrough() throws IOException {
    try (EdgeUnderTest edge = EdgeUnderTest.bare()) {
      open(edge);
      String token = edge.issuer.issue(new Identity("ada", Set.of()));
      try (Wire wire = edge.wire()) {
        Wire.Answer answer = wire.send(read(token)).answer();
        assertEquals("503 1 {\"type\":\"urn:tenon:problem:keys-missing\",\"title\":\"Not ready\",\"status\":503,\"detail\":\"The keys that tokens are checked with are not there yet – "
            + "try again in a moment.\",\"instance\":\"urn:tenon:request:req-1\"}", answer.status() + " " + answer.header("retry-after") + " " + answer.text());
        assertFalse(edge.gateway.ready());
        edge.serve("auth", request -> EdgeUnderTest.json(200, edge.issuer.jwks().encode()));
        Await.until("the keys are fetched when they are missed", () -> {
          try {
            return wire.send(read(token)).answer().status() == 200;
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
        assertTrue(edge.gateway.ready());
      }
    }
  }

  @Test
  void keysThatComeLateAreFoundWithoutBeingMissed() {
    try (EdgeUnderTest edge = EdgeUnderTest.bare()) {
      open(edge);
      assertFalse(edge.gateway.ready());
      edge.serve("auth", request -> EdgeUnderTest.json(200, edge.issuer.jwks().encode()));
      Await.until("the edge is ready", edge.gateway::ready);
    }
  }

  @Test
  void keysThatCannotBeUsedOpenNoDoor() throws IOException {
    for (String keys : List.of("{}", "{\"keys\":[]}", "nonsense", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}")) {
      try (EdgeUnderTest edge = EdgeUnderTest.bare()) {
        AtomicInteger asked = new AtomicInteger();
        edge.serve("auth", request -> {
          asked.incrementAndGet();
          return EdgeUnderTest.json(200, keys);
        });
        open(edge);
        Await.until("the keys were asked for", () -> asked.get() > 0);
        try (Wire wire = edge.wire()) {
          assertEquals(503, wire.send(read(edge.issuer.issue(new Identity("ada", Set.of())))).answer().status(), keys);
        }
      }
    }
  }

  @Test
  void anUnknownKeyIsAskedForOnceInAWhile() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    SigningKey second = SigningKey.generate(KeyAlgorithm.EDDSA);
    try (EdgeUnderTest edge = EdgeUnderTest.bare()) {
      edge.serve("auth", request -> {
        asked.incrementAndGet();
        return EdgeUnderTest.json(200, edge.issuer.jwks().encode());
      });
      open(edge);
      Await.until("the keys are there", edge.gateway::ready);
      TokenIssuer stranger = TokenIssuer.of(EdgeUnderTest.RULES, Duration.ofMinutes(1), List.of(second));
      try (Wire wire = edge.wire()) {
        for (int i = 0; i < 20; i++) {
          assertEquals(401, wire.send(read(stranger.issue(new Identity("eve", Set.of())))).answer().status());
        }
      }
      assertEquals(1, asked.get(), "strangers' tokens must not make the edge ask again and again");
    }
  }

  @Test
  void keysThatRotateAreFollowedAndTheOldOnesStayWhenAuthIsAway() {
    SigningKey second = SigningKey.generate(KeyAlgorithm.EDDSA);
    try (EdgeUnderTest edge = EdgeUnderTest.bare()) {
      AtomicInteger state = new AtomicInteger();
      edge.serve("auth", request -> switch (state.get()) {
        case 0 -> EdgeUnderTest.answer(200, "application/json", Body.of(Buffer.buffer(edge.issuer.jwks().encode())));
        case 1 -> Future.failedFuture(new Failure(Failure.Code.OVERLOADED, "not now"));
        default -> EdgeUnderTest.json(200, TokenIssuer.of(EdgeUnderTest.RULES, Duration.ofMinutes(1), List.of(second)).jwks().encode());
      });
      KeyRing ring = new KeyRing(ExchangeBus.of(edge.vertx), EdgeUnderTest.RULES, "auth", "/.well-known/jwks.json");
      String old = edge.issuer.issue(new Identity("ada", Set.of()));
      Await.result(ring.fetch());
      assertTrue(accepts(ring, old));
      state.set(1);
      Await.result(ring.fetch());
      assertTrue(accepts(ring, old));
      state.set(2);
      Await.result(ring.fetch());
      assertFalse(accepts(ring, old));
      assertTrue(accepts(ring, TokenIssuer.of(EdgeUnderTest.RULES, Duration.ofMinutes(1), List.of(second)).issue(new Identity("ada", Set.of()))));
    }
  }

  private static boolean accepts(KeyRing ring, String token) {
    return ring.verifier().orElseThrow().check(token) instanceof TokenCheck.Accepted;
  }
}
