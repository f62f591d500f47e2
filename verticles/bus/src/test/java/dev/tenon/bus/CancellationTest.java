package dev.tenon.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationTest {

  private static final Failure WHY = new Failure(Failure.Code.CANCELLED, "the client went away");

  @Test
  void listenersHearOfItOnceAndLateOnesAtOnce() {
    Cancellation cancellation = new Cancellation();
    List<String> heard = new ArrayList<>();
    cancellation.onCancel(() -> heard.add("first"));
    cancellation.onCancel(() -> {
      throw new IllegalStateException("a listener's own trouble");
    });
    cancellation.onCancel(() -> heard.add("second"));
    Runnable third = () -> heard.add("third");
    cancellation.onCancel(third);
    cancellation.remove(third);
    assertEquals(Optional.empty(), cancellation.reason());
    cancellation.cancel(WHY);
    cancellation.cancel(new Failure(Failure.Code.DEADLINE, "too late to count"));
    cancellation.onCancel(() -> heard.add("late"));
    assertEquals(List.of("first", "second", "late"), heard);
    assertSame(WHY, cancellation.reason().orElseThrow());
  }

  @Test
  void itGoesDownAChainAndNeverUp() {
    Cancellation parent = new Cancellation();
    Cancellation child = parent.child();
    Cancellation grandchild = child.child();
    AtomicInteger heard = new AtomicInteger();
    grandchild.onCancel(heard::incrementAndGet);
    Cancellation other = parent.child();
    other.cancel(new Failure(Failure.Code.DEADLINE, "of its own"));
    assertFalse(parent.cancelled());
    parent.cancel(WHY);
    assertEquals(1, heard.get());
    assertSame(WHY, grandchild.reason().orElseThrow());
    assertSame(WHY, child.reason().orElseThrow(), "a child that nobody listens to knows as well");
    assertEquals(Failure.Code.DEADLINE, other.reason().orElseThrow().code(), "its own reason came first");
    parent.child().onCancel(heard::incrementAndGet);
    assertEquals(2, heard.get(), "a child of what is cancelled is cancelled");
  }

  @Test
  void aChildWithoutListenersIsForgottenByItsParent() {
    Cancellation parent = new Cancellation();
    List<WeakReference<Cancellation>> children = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Cancellation child = parent.child();
      Runnable listener = () -> {};
      child.onCancel(listener);
      child.onCancel(() -> {});
      if (i % 2 == 0) {
        child.clear();
      } else {
        child.remove(listener);
        child.clear();
      }
      children.add(new WeakReference<>(child));
    }
    Exchanges.until("all children are collected", () -> {
      System.gc();
      return children.stream().allMatch(child -> child.get() == null);
    });
    assertFalse(parent.cancelled());
  }

  @Test
  void racingListenersAreEachToldExactlyOnce() throws InterruptedException {
    for (int round = 0; round < 200; round++) {
      Cancellation parent = new Cancellation();
      Cancellation child = parent.child();
      AtomicInteger heard = new AtomicInteger();
      CountDownLatch go = new CountDownLatch(1);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        threads.add(Thread.ofVirtual().start(() -> {
          awaitQuietly(go);
          child.onCancel(heard::incrementAndGet);
        }));
      }
      threads.add(Thread.ofVirtual().start(() -> {
        awaitQuietly(go);
        parent.cancel(WHY);
      }));
      go.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      assertEquals(3, heard.get());
      assertTrue(child.cancelled());
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
