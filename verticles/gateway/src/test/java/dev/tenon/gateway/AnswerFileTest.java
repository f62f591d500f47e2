package dev.tenon.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.FileBody;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that are handed to the client's socket.
class AnswerFileTest {

  private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private PlainEdge edge;

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  private int listen(ListenerOptions options, Path file, long offset, long length) {
    AtomicReference<PlainEdge> opened = new AtomicReference<>();
    Await.result(vertx.deployVerticle(new VerticleBase() {
      @Override
      public Future<?> start() {
        return PlainEdge.listen(vertx, options, request -> Future.succeededFuture(new ExchangeResponse(200, "", MultiMap.caseInsensitiveMultiMap().add("content-type", "x/y"),
            new Body.Stream(new FileBody(vertx, file, offset, length, request.context().cancellation()), OptionalLong.of(length))))).onSuccess(opened::set);
      }
    }));
    edge = opened.get();
    return edge.port();
  }

  private Path file(int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new Random(5).nextBytes(content);
    return Files.write(folder.resolve("file"), content);
  }

  @Test
  void partsArriveOneAfterTheOtherOverOneConnection() throws IOException {
    Path file = file(3_000_000);
    byte[] part = Arrays.copyOfRange(Files.readAllBytes(file), 500_000, 2_500_000);
    try (Wire wire = new Wire(listen(ListenerOptions.of(0), file, 500_000, 2_000_000))) {
      for (int i = 0; i < 2; i++) {
        Wire.Answer answer = wire.send(GET).answer();
        assertEquals("200 2000000 x/y", answer.status() + " " + answer.header("content-length") + " " + answer.header("content-type"));
        assertArrayEquals(part, answer.bytes());
      }
    }
    Await.until("nothing is in flight", () -> edge.inFlight() == 0);
  }

  @Test
  void aClientThatReadsNothingIsGivenUp() throws IOException {
    Path file = file(24_000_000);
    try (Wire wire = new Wire(listen(ListenerOptions.of(0).withStallMax(Duration.ofMillis(200)), file, 0, 24_000_000))) {
      wire.send(GET);
      Await.until("the answer is under way", () -> edge.inFlight() == 1);
      Await.until("its client is given up", () -> edge.inFlight() == 0);
    }
  }

  @Test
  void aFileThatBecameShorterIsNoWholeAnswer() throws IOException {
    Path file = file(100_000);
    try (Wire wire = new Wire(listen(ListenerOptions.of(0), file, 0, 200_000))) {
      wire.send(GET);
      assertTrue(wire.closed());
    }
    Await.until("nothing is in flight", () -> edge.inFlight() == 0);
  }
}
