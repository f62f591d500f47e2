package dev.tenon.bus;

import dev.tenon.bus.Frame.Toward;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.streams.ReadStream;
import java.util.OptionalLong;

/// What both sides of an exchange between two nodes do: send one body and receive the other.
///
/// Lives on its lane. The bodies are used on `context`; what passes between the two hops, in order.
abstract class RemoteExchange extends OpenExchange implements BodySender.Sink {

  /// The largest piece of a body that is sent in one message.
  static final int PIECE_BYTES_MAX = 32 * 1024;

  /// What the other side may have under way here at most, whatever it asks for.
  static final int WINDOW_BYTES_MAX = 16 * 1024 * 1024;

  final Peer peer;
  final int peerLane;
  final long number;
  final ContextInternal context;
  final NodeBus bus;
  private final Toward toward;
  private BodySender sender;
  private BodyReceiver receiver;
  private int piecesSent;
  private int piecesReceived;
  private long mayReceive;
  private boolean rests;

  /// @param toward the other side
  RemoteExchange(NodeBus bus, Lane lane, Peer peer, int peerLane, long number, Toward toward, ContextInternal context) {
    super(lane);
    this.bus = bus;
    this.peer = peer;
    this.peerLane = peerLane;
    this.number = number;
    this.toward = toward;
    this.context = context;
  }

  /// The other side's body is complete.
  abstract void bodyEnded();

  /// The other side's body broke off.
  abstract void bodyBroke(Failure why);

  /// This side's body has been sent whole, or broke off.
  abstract void bodySent();

  /// A frame could not be sent, so the other side misses something.
  abstract void cutOff();

  @Override
  final boolean isWith(Object other) {
    return other == peer || alsoWith(other);
  }

  boolean alsoWith(Object other) {
    return false;
  }

  /// It is a WebSocket, which may be quiet for as long as it likes.
  final void mayRest() {
    rests = true;
  }

  final boolean rests() {
    return rests;
  }

  final void send(Frame frame) {
    moved();
    peer.send(peerLane, Wire.encode(bus.peers().id, frame)).onFailure(cause -> {
      bus.peers().writeFailed(peer);
      lane.run(this::cutOff);
    });
  }

  /// Prepares this side's body; it is read as far as credit comes.
  final void sendBody(Body body) {
    ReadStream<Buffer> source = switch (body) {
      case Body.Empty() -> new BufferStream(Buffer.buffer());
      case Body.Bytes(Buffer buffer) -> new BufferStream(buffer);
      case Body.Stream(ReadStream<Buffer> stream, OptionalLong length) -> stream;
    };
    sender = new BodySender(context, source, PIECE_BYTES_MAX, this);
    context.emit(null, start -> sender.start());
  }

  final boolean sendsBody() {
    return sender != null;
  }

  final void credited(long bytes) {
    moved();
    if (sender != null) {
      context.emit(Math.min(bytes, WINDOW_BYTES_MAX), sender::grant);
    }
  }

  /// What the other side may send before it hears more.
  final int firstCredit() {
    return BodyReceiver.firstWindow(bus.options.windowBytes());
  }

  /// Prepares to receive the other side's body.
  final Body receiveBody(OptionalLong length) {
    mayReceive = firstCredit();
    receiver = new BodyReceiver(context, bus.options.windowBytes(), bytes -> lane.run(() -> giveCredit(bytes)));
    return new Body.Stream(receiver, length);
  }

  final void received(int piece, Buffer bytes) {
    moved();
    mayReceive -= BodySender.cost(bytes);
    if (receiver == null || piece != piecesReceived || mayReceive < 0) {
      fail(outOfStep(mayReceive < 0 ? "it sent more than it had credit for" : "piece " + piece + " came instead of " + piecesReceived));
      return;
    }
    piecesReceived++;
    context.emit(bytes, receiver::data);
  }

  final void receivedEnd(int pieces) {
    moved();
    if (receiver == null || pieces != piecesReceived) {
      fail(outOfStep("it ended after " + pieces + " pieces, of which " + piecesReceived + " came"));
      return;
    }
    context.emit(null, end -> receiver.end());
    bodyEnded();
  }

  final void receivedBreak(Failure why) {
    moved();
    breakReceiver(why);
    bodyBroke(why);
  }

  /// Ends what is left of both bodies: the reader of the one is told, the source of the other let go.
  final void dropBodies(Failure why) {
    breakReceiver(why);
    stopSending();
  }

  final void breakReceiver(Failure why) {
    if (receiver != null) {
      context.emit(why, receiver::fail);
    }
  }

  final void stopSending() {
    if (sender != null) {
      context.emit(null, stop -> sender.stop());
    }
  }

  @Override
  public final void data(Buffer chunk) {
    lane.run(() -> {
      if (!over()) {
        send(new Frame.Data(number, toward, piecesSent++, chunk));
      }
    });
  }

  @Override
  public final void end() {
    lane.run(() -> {
      if (!over()) {
        send(new Frame.End(number, toward, piecesSent));
        bodySent();
      }
    });
  }

  @Override
  public final void broke(Failure why) {
    lane.run(() -> {
      if (!over()) {
        send(new Frame.Broke(number, toward, why));
        bodySent();
      }
    });
  }

  private void giveCredit(long bytes) {
    if (!over()) {
      mayReceive += bytes;
      send(new Frame.Credit(number, toward, bytes));
    }
  }

  private Failure outOfStep(String what) {
    return new Failure(Failure.Code.CONNECTION_LOST, "a piece of a body was lost between two nodes", peer + " – " + what);
  }
}
