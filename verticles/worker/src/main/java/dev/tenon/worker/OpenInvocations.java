package dev.tenon.worker;

import dev.tenon.bus.Failure;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Consumer;

/// The events that an isolate has been given and that are not over: a list through the invocations themselves. While there is one, deadlines are looked at.
///
/// Used on the isolate's thread only.
final class OpenInvocations {

  /// How often deadlines are looked at.
  private static final long SWEEP_MILLIS = 100;

  private final ContextInternal owner;
  private final WorkerDefinition definition;
  private Invocation first;
  private int count;
  private int sockets;
  private long socketBytes;
  private boolean sweeping;

  OpenInvocations(ContextInternal owner, WorkerDefinition definition) {
    this.owner = owner;
    this.definition = definition;
  }

  void add(Invocation invocation) {
    invocation.next = first;
    if (first != null) {
      first.previous = invocation;
    }
    first = invocation;
    count++;
    if (!sweeping) {
      sweeping = true;
      sweepLater();
    }
  }

  void remove(Invocation invocation) {
    if (invocation.previous == null) {
      first = invocation.next;
    } else {
      invocation.previous.next = invocation.next;
    }
    if (invocation.next != null) {
      invocation.next.previous = invocation.previous;
    }
    count--;
  }

  /// All of them, WebSockets too.
  int count() {
    return count;
  }

  /// Those that take a place of requests.
  int requests() {
    return count - sockets;
  }

  boolean isEmpty() {
    return first == null;
  }

  /// An invocation is a WebSocket from here on, and takes no place of requests.
  void rests(Invocation invocation) {
    sockets++;
    invocation.onOver(() -> sockets--);
  }

  /// What waits in WebSockets to be sent, all together, has changed.
  void socketBytes(long more) {
    socketBytes += more;
  }

  /// Whether more waits in WebSockets than the worker's memory budget allows.
  boolean socketsAreFull() {
    return socketBytes > definition.limits().memoryBytes();
  }

  /// Nothing of this isolate goes on.
  void end(Failure why) {
    while (first != null) {
      Invocation invocation = first;
      invocation.abandon(why);
      invocation.finish();
    }
  }

  /// Those that may be removed while `action` looks at them.
  void forEach(Consumer<Invocation> action) {
    for (Invocation invocation = first; invocation != null; ) {
      Invocation next = invocation.next;
      action.accept(invocation);
      invocation = next;
    }
  }

  private void sweepLater() {
    owner.setTimer(SWEEP_MILLIS, _ -> {
      forEach(this::endIfLate);
      sweeping = first != null;
      if (sweeping) {
        sweepLater();
      }
    });
  }

  private void endIfLate(Invocation invocation) {
    if (invocation.waitingForHead() && invocation.context().deadline().passed()) {
      Failure late = new Failure(Failure.Code.DEADLINE, "worker " + definition.name() + " did not answer in time");
      invocation.context().cancellation().cancel(late);
      invocation.abandon(late);
    }
  }
}
