package dev.tenon.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tenon.control.HealthReport.Status;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthTest {

  private final Health health = new Health();

  @Test
  void everyPartIsAskedAndShownInTheOrderOfItsRegistration() {
    health.register("database", () -> Future.succeededFuture("PostgreSQL 18"));
    health.register("auth", () -> Future.succeededFuture(""));
    assertEquals(List.of("database UP PostgreSQL 18", "auth UP "), report());
    assertEquals(Status.UP, Await.result(health.report()).status());
  }

  @Test
  void onePartDownMakesTheNodeDown() {
    health.register("database", () -> Future.failedFuture("nothing listens there"));
    health.register("auth", () -> Future.succeededFuture("1 instance"));
    health.register("thrower", () -> {
      throw new IllegalStateException("broken check");
    });
    health.register("speechless", () -> Future.failedFuture(new IllegalStateException()));
    assertEquals(List.of("database DOWN nothing listens there", "auth UP 1 instance", "thrower DOWN broken check",
        "speechless DOWN IllegalStateException"), report());
    assertEquals(Status.DOWN, Await.result(health.report()).status());
  }

  @Test
  void aPartThatDoesNotAnswerIsDownAtItsDeadline() {
    Vertx vertx = Vertx.vertx();
    try {
      health.register("stuck", () -> Promise.<String>promise().future());
      Future<HealthReport> asked = Future.future(promise -> vertx.runOnContext(_ -> health.report().onComplete(promise)));
      assertEquals("no answer within 2000 ms", Await.result(asked).parts().getFirst().detail());
    } finally {
      Await.result(vertx.close());
    }
  }

  @Test
  void aPartMayLeaveAndANameIsTakenOnce() {
    Runnable leave = health.register("auth", () -> Future.succeededFuture(""));
    assertEquals("health part 'auth' – it is registered already – give this one another name",
        assertThrows(IllegalStateException.class, () -> health.register("auth", () -> Future.succeededFuture(""))).getMessage());
    leave.run();
    assertEquals(List.of(), report());
  }

  private List<String> report() {
    return Await.result(health.report()).parts().stream()
        .map(part -> part.name() + " " + part.status() + " " + part.detail()).toList();
  }
}
