package dev.tenon.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The two halves of a body, joined by a transport that delivers late and one thing at a time.
class BodyHalvesTest {

  private Vertx vertx;
  private Context loop;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    loop = Exchanges.loop(vertx);
  }

  @AfterEach
  void stop() {
    Exchanges.await(vertx.close());
  }

  /// Counts what is under way, and delivers each message in a turn of its own.
  private final class Transport implements BodySender.Sink {
    private final ArrayDeque<Runnable> messages = new ArrayDeque<>();
    private final Random random;
    private BodySender sender;
    private BodyReceiver receiver;
    private long sent;
    private long allowed;
    private long read;
    private long mostUnderWay;
    private int largest;

    private Transport(Random random) {
      this.random = random;
    }

    @Override
    public void data(Buffer chunk) {
      sent += BodySender.cost(chunk);
      assertTrue(sent <= allowed, "sent " + sent + " of " + allowed);
      largest = Math.max(largest, chunk.length());
      mostUnderWay = Math.max(mostUnderWay, sent - read);
      later(() -> receiver.data(chunk));
    }

    @Override
    public void end() {
      later(receiver::end);
    }

    @Override
    public void broke(Failure why) {
      later(() -> receiver.fail(why));
    }

    private void credit(long bytes) {
      later(() -> {
        allowed += bytes;
        sender.grant(bytes);
      });
    }

    private void later(Runnable message) {
      messages.add(message);
      if (messages.size() == 1) {
        next();
      }
    }

    private void next() {
      int turns = random.nextInt(3);
      turn(turns);
    }

    private void turn(int left) {
      loop.runOnContext(now -> {
        if (left > 0) {
          turn(left - 1);
          return;
        }
        messages.peek().run();
        messages.poll();
        if (!messages.isEmpty()) {
          next();
        }
      });
    }
  }

  @Test
  void anyChunksAnyWindowAnyDemandArriveExactlyAndWithinTheWindow() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      int window = BusOptions.WINDOW_BYTES_MIN + random.nextInt(100_000);
      int pieceMax = 1_000 + random.nextInt(40_000);
      Buffer content = ChunkStream.noise(random.nextInt(400_000), seed);
      ChunkStream source = new ChunkStream(loop, content, 1 + random.nextInt(random.nextBoolean() ? 200 : 150_000));
      Transport transport = new Transport(random);
      Buffer got = Buffer.buffer();
      Exchanges.<Void>on(loop, () -> {
        join(transport, source, window, pieceMax);
        Promise<Void> ended = Promise.promise();
        BodyReceiver reader = transport.receiver;
        reader.endHandler(end -> ended.complete());
        reader.exceptionHandler(ended::fail);
        reader.handler(chunk -> {
          got.appendBuffer(chunk);
          transport.read += BodySender.cost(chunk);
          if (random.nextInt(4) == 0) {
            reader.pause();
            loop.runOnContext(now -> reader.fetch(1 + random.nextInt(3)));
          } else {
            reader.fetch(1);
          }
        });
        reader.fetch(1);
        return ended.future();
      });
      assertEquals(content, got, "seed " + seed);
      assertTrue(transport.mostUnderWay <= window, "seed " + seed + ": " + transport.mostUnderWay + " under way of " + window);
      assertTrue(transport.largest <= pieceMax, "seed " + seed);
    }
  }

  @Test
  void anEmptyBodyEndsAsSoonAsItIsDemanded() {
    Transport transport = new Transport(new Random(1));
    Exchanges.<Void>on(loop, () -> {
      join(transport, new ChunkStream(loop, Buffer.buffer(), 1), 10_000, 1_000);
      Promise<Void> ended = Promise.promise();
      transport.receiver.endHandler(end -> ended.complete()).resume();
      return ended.future();
    });
  }

  @Test
  void aFailureIsToldAlsoToAReaderThatListensOnlyLater() {
    Transport transport = new Transport(new Random(1));
    Failure why = new Failure(Failure.Code.LIMIT_EXCEEDED, "too long");
    Throwable told = Exchanges.on(loop, () -> {
      join(transport, ChunkStream.breaking(loop, 10_000, 1_000, why), 100_000, 1_000);
      Promise<Throwable> broken = Promise.promise();
      vertx.setTimer(20, later -> loop.runOnContext(now -> transport.receiver.exceptionHandler(broken::complete)));
      return broken.future();
    });
    assertEquals(why, told);
  }

  @Test
  void aReaderThatThrowsDoesNotStopTheBody() {
    Transport transport = new Transport(new Random(1));
    int[] seen = {0};
    loop.exceptionHandler(expected -> {});
    Exchanges.<Void>on(loop, () -> {
      join(transport, new ChunkStream(loop, ChunkStream.noise(50_000, 1), 1_000), 10_000, 1_000);
      Promise<Void> ended = Promise.promise();
      transport.receiver.endHandler(end -> ended.complete()).handler(chunk -> {
        seen[0] += chunk.length();
        throw new IllegalStateException("reader's own trouble");
      }).resume();
      return ended.future();
    });
    assertEquals(50_000, seen[0]);
  }

  @Test
  void collectingFailsWithTheStreamsOwnFailure() {
    Failure why = new Failure(Failure.Code.LIMIT_EXCEEDED, "too long");
    Future<Buffer> collected = Exchanges.on(loop, () -> Future.succeededFuture(Body.of(ChunkStream.breaking(loop, 10_000, 1_000, why)).collect(100_000)));
    assertEquals(why, Exchanges.failureOf(collected));
  }

  private void join(Transport transport, ChunkStream source, int window, int pieceMax) {
    ContextInternal context = (ContextInternal) loop;
    transport.sender = new BodySender(context, source, pieceMax, transport);
    transport.receiver = new BodyReceiver(context, window, transport::credit);
    transport.sender.start();
    transport.allowed = BodyReceiver.firstWindow(window);
    transport.sender.grant(transport.allowed);
  }
}
