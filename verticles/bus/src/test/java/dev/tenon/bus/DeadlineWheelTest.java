package dev.tenon.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadlineWheelTest {

  private final List<Timed> expired = Collections.synchronizedList(new ArrayList<>());
  private Vertx vertx;
  private Context loop;
  private DeadlineWheel wheel;

  private class Timed extends DeadlineWheel.Entry {
    private final long due;
    private long came;

    private Timed(long due) {
      this.due = due;
    }

    @Override
    void expired() {
      came = System.nanoTime();
      expired.add(this);
    }
  }

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    loop = Exchanges.loop(vertx);
    EventLoop netty = ((ContextInternal) loop).nettyEventLoop();
    wheel = new DeadlineWheel(netty);
  }

  @AfterEach
  void stop() {
    Exchanges.await(vertx.close());
  }

  @Test
  void everyEntryExpiresOnceAndNeverEarly() {
    Random random = new Random(1);
    int count = 2_000;
    onLoop(() -> {
      long now = System.nanoTime();
      for (int i = 0; i < count; i++) {
        Timed timed = new Timed(now + TimeUnit.MILLISECONDS.toNanos(random.nextInt(400)) - 50_000_000);
        wheel.add(timed, timed.due);
      }
    });
    Exchanges.until("all have expired", () -> expired.size() == count);
    assertTrue(expired.stream().allMatch(timed -> timed.came >= timed.due));
    assertEquals(count, expired.stream().distinct().count());
    assertEquals(0, (int) onLoop(() -> wheel.size()));
  }

  @Test
  void whatIsRemovedDoesNotExpireAndWhatIsFarAwayStays() {
    List<Timed> all = new ArrayList<>();
    onLoop(() -> {
      long now = System.nanoTime();
      for (int i = 0; i < 1_000; i++) {
        // The far ones share their slots with the near ones, one turn of the wheel later.
        Timed timed = new Timed(now + i * 200_000L + (i % 4 == 0 ? 512 * DeadlineWheel.TICK_NANOS : 0));
        wheel.add(timed, timed.due);
        all.add(timed);
      }
      for (int i = 0; i < 1_000; i += 2) {
        wheel.remove(all.get(i));
        wheel.remove(all.get(i));
      }
    });
    Exchanges.until("the others have expired", () -> expired.size() == 500);
    assertTrue(expired.stream().allMatch(timed -> all.indexOf(timed) % 2 == 1));
    assertEquals(0, (int) onLoop(() -> wheel.size()));
  }

  @Test
  void anEntryMayRemoveAnotherThatIsDueInTheSameTick() {
    onLoop(() -> {
      long now = System.nanoTime();
      Timed[] pair = new Timed[2];
      for (int i = 0; i < 2; i++) {
        int other = 1 - i;
        pair[i] = new Timed(now) {
          @Override
          void expired() {
            super.expired();
            wheel.remove(pair[other]);
            wheel.add(new Timed(now), now);
          }
        };
      }
      wheel.add(pair[0], now);
      wheel.add(pair[1], now);
    });
    Exchanges.until("both, and what they added, have expired", () -> expired.size() == 4);
    assertEquals(0, (int) onLoop(() -> wheel.size()));
  }

  private void onLoop(Runnable task) {
    Exchanges.on(loop, () -> {
      task.run();
      return Future.succeededFuture();
    });
  }

  private <T> T onLoop(Supplier<T> task) {
    return Exchanges.on(loop, () -> Future.succeededFuture(task.get()));
  }
}
