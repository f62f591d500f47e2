package dev.tenon.bus;

import io.netty.channel.EventLoop;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;

/// One event loop's part of the bus: its deadlines and the exchanges that callers on this loop have open.
///
/// Everything in it is touched on its event loop only, and therefore has no locks.
final class Lane {

  final int index;
  final EventLoop loop;
  final ContextInternal context;
  final DeadlineWheel wheel;
  final LaneTraffic remote;
  private OpenExchange first;
  private int openCount;

  Lane(NodeBus bus, int index, EventLoop loop, ContextInternal context) {
    this.index = index;
    this.loop = loop;
    this.context = context;
    this.wheel = new DeadlineWheel(loop);
    this.remote = new LaneTraffic(bus, this);
  }

  boolean here() {
    return loop.inEventLoop();
  }

  /// Runs at once when on this lane's thread, otherwise as soon as the loop comes to it.
  void run(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
      return;
    }
    try {
      loop.execute(() -> context.dispatch(task));
    } catch (RejectedExecutionException shutDown) {
      // Vert.x is closed: whoever waited has been told by the closing bus.
    }
  }

  void opened(OpenExchange exchange) {
    exchange.next = first;
    if (first != null) {
      first.previous = exchange;
    }
    first = exchange;
    openCount++;
  }

  void ended(OpenExchange exchange) {
    if (exchange.previous == null) {
      first = exchange.next;
    } else {
      exchange.previous.next = exchange.next;
    }
    if (exchange.next != null) {
      exchange.next.previous = exchange.previous;
    }
    exchange.previous = null;
    exchange.next = null;
    openCount--;
  }

  int openCount() {
    return openCount;
  }

  /// The open exchanges for which `which` holds, copied, so that they may end while they are gone through.
  List<OpenExchange> open(Predicate<OpenExchange> which) {
    List<OpenExchange> found = new ArrayList<>();
    for (OpenExchange exchange = first; exchange != null; exchange = exchange.next) {
      if (which.test(exchange)) {
        found.add(exchange);
      }
    }
    return found;
  }
}
