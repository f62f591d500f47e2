package dev.tenon.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageProducer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Another node, as far as the bus knows it. What is volatile is read by every lane; the rest belongs to [Peers].
final class Peer {

  final long id;
  private final Vertx vertx;
  private final AtomicReferenceArray<MessageProducer<Wire.Encoded>> lanes = new AtomicReferenceArray<>(Wire.LANES_MAX);
  private volatile long heardAt = System.nanoTime();
  private volatile boolean suspect;
  private volatile boolean lost;

  /// The cluster manager's name of it; empty until it has introduced itself.
  String node = "";
  /// The last revision of its instances that is in the routing; -1 until it has introduced itself.
  long revision = -1;
  /// The last revision of this node's instances that it has in its routing.
  long known = -1;
  /// Whether it is being found out if it can still be written to.
  boolean probing;
  List<RemoteInstance> instances = List.of();

  Peer(Vertx vertx, long id) {
    this.vertx = vertx;
    this.id = id;
  }

  /// The event bus address of one lane of a node.
  static String address(long id, int lane) {
    return "tenon.bus." + Long.toHexString(id) + "." + lane;
  }

  /// Sends a frame to one of its lanes. Frames from one thread to one lane keep their order.
  ///
  /// The future fails, on any thread, when the frame is known not to have left this node.
  Future<Void> send(int lane, Wire.Encoded frame) {
    MessageProducer<Wire.Encoded> producer = lanes.get(lane);
    if (producer == null) {
      producer = vertx.eventBus().sender(address(id, lane));
      lanes.set(lane, producer);
    }
    return producer.write(frame);
  }

  void heard() {
    heardAt = System.nanoTime();
  }

  long silentNanos(long now) {
    return now - heardAt;
  }

  /// Not its silence but ours: this node itself was held up for so long.
  void excuse(long nanos) {
    heardAt = heardAt + nanos;
  }

  boolean suspect() {
    return suspect;
  }

  void suspect(boolean now) {
    suspect = now;
  }

  boolean lost() {
    return lost;
  }

  void lose() {
    lost = true;
  }

  @Override
  public String toString() {
    return "node " + (node.isEmpty() ? Long.toHexString(id) : node);
  }
}
