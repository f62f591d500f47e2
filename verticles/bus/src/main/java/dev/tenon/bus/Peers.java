package dev.tenon.bus;

import dev.tenon.bus.Frame.Announced;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageConsumerOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.RegistrationInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// The other nodes: who is there, what they serve, and who has stopped being there.
///
/// Nodes find each other by a greeting to all ([#GREETINGS]), and from then on tell each other directly: all they serve
/// whenever that changes, and a beat twice a second. Nothing of it is kept in the cluster manager but the addresses, so
/// nothing stale can be read there. A node is lost when it says so, when it cannot be written to twice in a row, or when it
/// is silent for [BusOptions#lostAfter()].
///
/// Invariants: all state is touched on the control lane only, but for the map of peers, which any lane reads and adds to.
final class Peers {

  static final String GREETINGS = "tenon.bus";
  private static final Logger log = LoggerFactory.getLogger(Peers.class);
  private static final int PEERS_MAX = 4096;
  private static final int BEATS_PER_GREETING = 10;
  private static final long LEFT_NANOS = Duration.ofMinutes(1).toNanos();

  final long id = ThreadLocalRandom.current().nextLong() & Long.MAX_VALUE;
  private final NodeBus bus;
  private final VertxInternal vertx;
  private final Lane control;
  private final Map<Long, Peer> peers = new ConcurrentHashMap<>();
  /// Nodes that were lost, and until when what still comes from them is not listened to.
  private final Map<Long, Long> departed = new ConcurrentHashMap<>();
  private final Announcements announcements;
  private final Set<String> expected = new HashSet<>();
  private final Promise<Void> started = Promise.promise();
  private final Promise<Void> introduced = Promise.promise();
  private long beatAt;
  private long beats;
  private boolean stopped;

  Peers(NodeBus bus, VertxInternal vertx, Lane control) {
    this.bus = bus;
    this.vertx = vertx;
    this.control = control;
    this.announcements = new Announcements(bus, this, control);
  }

  /// Listens on every lane, then greets.
  void start(List<Lane> lanes) {
    List<Future<Void>> listening = new ArrayList<>();
    for (Lane lane : lanes) {
      listening.add(listen(lane, Peer.address(id, lane.index)));
    }
    Future.all(listening)
        .compose(all -> listen(control, GREETINGS))
        .compose(greetings -> Future.<List<RegistrationInfo>>future(promise -> vertx.clusterManager().getRegistrations(GREETINGS, promise)))
        .onComplete(others -> control.run(() -> begin(others)), failure -> {
          log.error("bus – cannot listen on the cluster's event bus – other nodes will not reach this one", failure);
          started.tryFail(failure);
          introduced.tryComplete();
        });
  }

  /// Whether every node that was there when this one came has introduced itself.
  boolean introduced() {
    return introduced.future().isComplete();
  }

  Future<Void> whenIntroduced() {
    return introduced.future();
  }

  /// The peer with this number; made when it was unknown, for its introduction may be overtaken by its first request.
  /// Empty for one that was lost just now, whose last messages still come in, and for one too many.
  Optional<Peer> peer(long sender) {
    Peer known = peers.get(sender);
    if (known != null) {
      return Optional.of(known);
    }
    if (departed.containsKey(sender) || peers.size() >= PEERS_MAX) {
      return Optional.empty();
    }
    return Optional.of(peers.computeIfAbsent(sender, number -> new Peer(vertx, number)));
  }

  /// Tells every peer what this node serves: see [Announcements#announce()].
  Future<Void> announce() {
    return started.future().compose(ready -> announcements.announce());
  }

  /// A frame could not be written to a peer. That may have been a connection gone stale; when the next one cannot be
  /// written either, the node is gone.
  void writeFailed(Peer peer) {
    control.run(() -> {
      if (peer.lost() || peer.probing || stopped) {
        return;
      }
      peer.probing = true;
      peer.suspect(true);
      peer.send(0, Wire.encode(id, new Frame.Beat(announcements.revision()))).onComplete(probe -> control.run(() -> {
        peer.probing = false;
        if (probe.failed()) {
          lose(peer, "cannot be reached", bus.options.suspectAfter().toNanos());
        }
      }));
    });
  }

  /// Says goodbye and stops.
  void stop() {
    control.run(() -> {
      stopped = true;
      peers.values().forEach(peer -> tell(peer, new Frame.Bye()));
      announcements.stop();
      started.tryFail(new IllegalStateException("bus – was closed before other nodes could reach it"));
      introduced.tryComplete();
    });
  }

  /// The peers that have introduced themselves.
  List<Peer> known() {
    return peers.values().stream().filter(peer -> !peer.node.isEmpty()).toList();
  }

  /// Frames between nodes that are about no exchange.
  void handle(long sender, Frame frame) {
    if (sender == id || stopped) {
      return;
    }
    switch (frame) {
      case Frame.Hello hello -> peer(sender).ifPresent(peer -> greeted(peer, hello));
      case Frame.Known known -> peer(sender).ifPresent(peer -> known(peer, known.revision()));
      case Frame.Beat beat -> peer(sender).ifPresent(peer -> beaten(peer, beat.revision()));
      case Frame.Bye bye -> left(sender);
      case Frame.Check check -> throw new IllegalArgumentException("is answered by the lane");
      case Frame.Gone gone -> throw new IllegalArgumentException("is answered by the lane");
      case Frame.OfExchange exchange -> throw new IllegalArgumentException("is answered by the lane");
    }
  }

  private Future<Void> listen(Lane lane, String address) {
    Promise<Void> listening = Promise.promise();
    MessageConsumerOptions options = new MessageConsumerOptions().setAddress(address).setMaxBufferedMessages(Integer.MAX_VALUE);
    lane.context.runOnContext(here -> {
      MessageConsumer<Buffer> consumer = vertx.eventBus().consumer(options);
      consumer.handler(message -> bus.received(lane, message));
      consumer.completion().onComplete(listening);
    });
    return listening.future();
  }

  private void begin(List<RegistrationInfo> others) {
    others.forEach(other -> expected.add(other.nodeId()));
    expected.retainAll(vertx.clusterManager().getNodes());
    expected.remove(vertx.clusterManager().getNodeId());
    started.tryComplete();
    control.context.setTimer(bus.options.announceWait().toMillis(), late -> introduced.tryComplete());
    beatAt = System.nanoTime();
    control.context.setPeriodic(bus.options.beat().toMillis(), tick -> beat());
    greet();
    settle();
  }

  private void greet() {
    vertx.eventBus().publish(GREETINGS, Wire.encode(id, hello(true)));
  }

  private void greeted(Peer peer, Frame.Hello hello) {
    if (hello.newest() < Wire.OLDEST || hello.oldest() > Wire.NEWEST) {
      log.error("node {} – speaks versions {} to {} of the exchange, this node {} to {} – upgrade the older one", hello.node(), hello.oldest(),
          hello.newest(), Wire.OLDEST, Wire.NEWEST);
      return;
    }
    peer.heard();
    peer.node = hello.node();
    if (hello.answer()) {
      tell(peer, hello(false));
    }
    if (hello.revision() > peer.revision) {
      peer.revision = hello.revision();
      peer.instances = hello.instances().stream()
          .map(one -> new RemoteInstance(peer, one.id(), one.lane(), one.component(), one.version()))
          .toList();
      route();
    }
    tell(peer, new Frame.Known(peer.revision));
    expected.remove(peer.node);
    settle();
  }

  private void known(Peer peer, long itsRevision) {
    peer.heard();
    peer.known = Math.max(peer.known, itsRevision);
    settle();
  }

  private void beaten(Peer peer, long itsRevision) {
    peer.heard();
    if (peer.revision != itsRevision) {
      tell(peer, hello(true));
    }
  }

  private void left(long sender) {
    Peer peer = peers.get(sender);
    if (peer != null) {
      lose(peer, "has left", LEFT_NANOS);
    }
  }

  private void beat() {
    if (stopped) {
      return;
    }
    long now = System.nanoTime();
    long heldUp = now - beatAt - 2 * bus.options.beat().toNanos();
    beatAt = now;
    departed.values().removeIf(until -> until - now < 0);
    for (Peer peer : peers.values()) {
      if (heldUp > 0) {
        peer.excuse(heldUp);
      }
      long silent = peer.silentNanos(now);
      if (silent > bus.options.lostAfter().toNanos()) {
        lose(peer, "has been silent for " + silent / 1_000_000 + " ms", bus.options.suspectAfter().toNanos());
      } else {
        peer.suspect(silent > bus.options.suspectAfter().toNanos() || peer.probing);
        tell(peer, new Frame.Beat(announcements.revision()));
      }
    }
    if (++beats % BEATS_PER_GREETING == 0) {
      greet();
    }
  }

  private void lose(Peer peer, String why, long deafNanos) {
    departed.put(peer.id, System.nanoTime() + deafNanos);
    if (!peers.remove(peer.id, peer)) {
      return;
    }
    peer.lose();
    log.atLevel(peer.node.isEmpty() ? Level.DEBUG : Level.WARN).log("{} – {} – its exchanges end, it gets no new ones", peer, why);
    route();
    bus.failOpen(peer, new Failure(Failure.Code.CONNECTION_LOST, "the connection to another node was lost in the middle of the exchange", peer + " " + why));
    expected.remove(peer.node);
    settle();
  }

  private void route() {
    bus.routes.remotes(peers.values().stream().flatMap(peer -> peer.instances.stream()).toList());
  }

  /// Lets go whoever waits for something that has come.
  private void settle() {
    if (started.future().succeeded() && expected.isEmpty()) {
      introduced.tryComplete();
    }
    announcements.settle();
  }

  Frame.Hello hello(boolean answer) {
    List<Announced> mine = bus.routes.locals().stream()
        .map(instance -> new Announced(instance.id, instance.lane.index, instance.component, instance.version))
        .toList();
    return new Frame.Hello(vertx.clusterManager().getNodeId(), Wire.OLDEST, Wire.NEWEST, bus.laneCount(), announcements.revision(), answer, mine);
  }

  /// Sends a peer what is about no exchange.
  void tell(Peer peer, Frame frame) {
    peer.send(0, Wire.encode(id, frame)).onFailure(failure -> writeFailed(peer));
  }
}
