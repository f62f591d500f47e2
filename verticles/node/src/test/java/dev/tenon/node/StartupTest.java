package dev.tenon.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.tenon.node.Startup.Patience;
import dev.tenon.node.Startup.Stage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StartupTest {

  private static final Patience SHORT = new Patience(Duration.ofMillis(50), Duration.ofMillis(300));
  private static final Patience LONG = new Patience(Duration.ofSeconds(60), Duration.ofSeconds(60));

  private final Startup startup = new Startup();
  private final List<String> stopped = new CopyOnWriteArrayList<>();

  @Test
  void theDatabaseStopsLastInWhateverOrderPartsStarted() {
    stops(Stage.DATABASE, "database");
    stops(Stage.EDGE, "edge");
    stops(Stage.CLUSTER, "cluster");
    stops(Stage.COMPONENTS, "auth");
    stops(Stage.CONTROL, "control listener");
    startup.stop(LONG);
    assertEquals(List.of("edge", "auth", "control listener", "cluster", "database"), stopped);
  }

  @Test
  void partsThatHangOrFailKeepNoOtherFromStopping() {
    CountDownLatch never = new CountDownLatch(1);
    stops(Stage.DATABASE, "database");
    startup.onStop(Stage.EDGE, "edge", () -> {
      never.await();
      return null;
    });
    startup.onStop(Stage.COMPONENTS, "image-worker", () -> {
      never.await();
      return null;
    });
    stops(Stage.COMPONENTS, "auth");
    startup.onStop(Stage.CLUSTER, "cluster", () -> {
      throw new IllegalStateException("it is broken");
    });
    startup.stop(SHORT);
    assertEquals(List.of("auth", "database"), stopped);
    never.countDown();
  }

  @Test
  void whatStartsWhileEverythingStopsIsStoppedToo() {
    CountDownLatch stopping = new CountDownLatch(1);
    CompletableFuture<String> server = startup.begin(() -> {
      stopping.await();
      stops(Stage.DATABASE, "database");
      return "started";
    });
    startup.onStop(Stage.CLUSTER, "cluster", () -> {
      stopping.countDown();
      return null;
    });
    startup.stop(LONG);
    assertEquals("started", server.join());
    assertEquals(List.of("database"), stopped);
  }

  @Test
  void whatStartsAfterEverythingHasStoppedIsStoppedAtOnce() {
    startup.stop(LONG);
    stops(Stage.DATABASE, "database");
    assertEquals(List.of("database"), stopped);
  }

  @Test
  void aStartThatTakesTooLongIsNoBug() {
    assertInstanceOf(StartFailure.class, Startup.failure(new TimeoutException()));
  }

  private void stops(Stage stage, String part) {
    startup.onStop(stage, part, () -> stopped.add(part));
  }
}
