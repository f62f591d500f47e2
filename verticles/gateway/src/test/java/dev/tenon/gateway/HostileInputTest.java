package dev.tenon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.Body;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Requests changed at random places, from a fixed seed: whatever comes in, the edge answers it or hangs up, and never blames itself.
class HostileInputTest {

  private static final int REQUESTS = 400;
  private static final String SPICE = "\r\n\0 %:/?#&={}[]\"\\,;\u00ff";

  @Test
  void noBytesMakeTheEdgeFail() throws IOException {
    try (EdgeUnderTest edge = new EdgeUnderTest(request -> switch (request.method()) {
      case "POST" -> EdgeUnderTest.json(201, "{\"name\":\"x\"}");
      case "DELETE" -> EdgeUnderTest.answer(204, "", Body.EMPTY);
      default -> request.target().startsWith("/things/open")
          ? EdgeUnderTest.answer(200, "text/plain", Body.of(Buffer.buffer("ok")))
          : EdgeUnderTest.json(200, "{\"name\":\"x\"}");
    })) {
      String get = "GET /things/7?size=small&tags=a&near=1,2 HTTP/1.1\r\nHost: edge\r\nX-Depth: 3\r\n" + edge.bearer() + "\r\n";
      String post = "POST /things HTTP/1.1\r\nHost: edge\r\nContent-Type: application/json\r\nContent-Length: 37\r\n" + edge.bearer() + "\r\n{\"name\":\"a\",\"parts\":[{\"name\":\"b\"}] } ";
      Random random = new Random(20260801);
      for (int i = 0; i < REQUESTS; i++) {
        byte[] bytes = changed(i % 2 == 0 ? get : post, random);
        try (Wire wire = edge.wire()) {
          String answer = wire.send(bytes).finish().rest();
          String sent = new String(bytes, StandardCharsets.ISO_8859_1);
          // 505 is for the version of HTTP that the client named, and blames nobody here.
          assertTrue(answer.isEmpty() || answer.matches("(?s)HTTP/1\\.[01] ([24]\\d\\d|505) .*"), () -> sent + "\n" + answer);
        }
      }
      Await.until("nothing is in flight", () -> edge.gateway.inFlight() == 0);
      try (Wire wire = edge.wire()) {
        assertEquals(200, wire.send(get).answer().status());
      }
    }
  }

  private static byte[] changed(String request, Random random) {
    StringBuilder text = new StringBuilder(request);
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(text.length());
      char spice = SPICE.charAt(random.nextInt(SPICE.length()));
      switch (random.nextInt(4)) {
        case 0 -> text.setCharAt(at, spice);
        case 1 -> text.insert(at, spice);
        case 2 -> text.deleteCharAt(at);
        default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(40))));
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
