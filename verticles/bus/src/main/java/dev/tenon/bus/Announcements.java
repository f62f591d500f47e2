package dev.tenon.bus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/// Tells the peers what this node serves, and whoever waits for it when all of them know. Used on the control lane only,
/// but for [#announce()].
final class Announcements {

  private static final long GATHER_MS = 2;

  /// Somebody waits until every peer knows a revision of this node's instances.
  private record Waiting(long revision, Promise<Void> promise) {}

  private final NodeBus bus;
  private final Peers peers;
  private final Lane control;
  private final List<Promise<Void>> gathered = new ArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private long revision;
  private boolean stopped;

  Announcements(NodeBus bus, Peers peers, Lane control) {
    this.bus = bus;
    this.peers = peers;
    this.control = control;
  }

  /// The number of the last change of this node's instances that was told.
  long revision() {
    return revision;
  }

  /// Tells every peer what this node serves now. Completed when all of them, or all that still live, have it in their
  /// routing; at the latest after [BusOptions#announceWait()]. What is announced within [#GATHER_MS] is told in one go.
  Future<Void> announce() {
    Promise<Void> known = Promise.promise();
    control.run(() -> {
      if (stopped) {
        known.complete();
        return;
      }
      if (gathered.isEmpty()) {
        control.context.setTimer(GATHER_MS, now -> tell());
      }
      gathered.add(known);
    });
    return known.future();
  }

  /// Lets go whoever waits for a revision that every peer knows by now.
  void settle() {
    long known = peers.known().stream().mapToLong(peer -> peer.known).min().orElse(Long.MAX_VALUE);
    release(waiting.stream().filter(one -> one.revision() <= known).toList());
  }

  void stop() {
    stopped = true;
    release(List.copyOf(waiting));
    gathered.forEach(Promise::tryComplete);
    gathered.clear();
  }

  private void tell() {
    revision++;
    peers.known().forEach(peer -> peers.tell(peer, peers.hello(false)));
    List<Waiting> told = gathered.stream().map(promise -> new Waiting(revision, promise)).toList();
    gathered.clear();
    peers.whenIntroduced().onComplete(all -> control.run(() -> {
      waiting.addAll(told);
      settle();
    }));
    control.context.setTimer(bus.options.announceWait().toMillis(), late -> release(told));
  }

  private void release(List<Waiting> these) {
    waiting.removeAll(these);
    these.forEach(one -> one.promise().tryComplete());
  }
}
