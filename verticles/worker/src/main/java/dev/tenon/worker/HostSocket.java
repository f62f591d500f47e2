package dev.tenon.worker;

import dev.tenon.bus.Failure;
import dev.tenon.bus.websocket.Piece;
import dev.tenon.bus.websocket.PieceReader;
import dev.tenon.bus.websocket.WebSocketConnection;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// One end of a WebSocket that leaves the isolate, as JavaScript sees it: whole messages come in, each in a slice of its own, and go out.
///
/// 1. Nothing is read before JavaScript listens, and no further than one chunk ahead of what it has taken.
/// 2. From when JavaScript listens until both directions have ended, the invocation lives, whatever its other bounds.
/// 3. Every message that arrives gives the invocation its processor time and its subrequests anew, as a request does.
/// 4. What waits to be sent is bounded, for each and for all of an isolate together: a reader that is too slow loses the connection.
public final class HostSocket {

  /// What may wait for the other end before another message is too many.
  static final long WAITING_BYTES_MAX = 16L << 20;

  /// Messages given to JavaScript before others on the event loop have their turn.
  private static final int MESSAGES_PER_TURN = 64;

  private static final int TEXT = 0;
  private static final int BINARY = 1;
  private static final int CLOSE = 2;
  private static final int LOST = 3;

  /// What JavaScript is to hear.
  private sealed interface Event {
    record Message(boolean text, Buffer bytes) implements Event {}

    record Close(int code, String reason) implements Event {}

    record Lost(String why) implements Event {}
  }

  private final Isolate isolate;
  private final Invocation invocation;
  private final ReadStream<Buffer> incoming;
  private final BodyWriter outgoing;
  private final Runnable onTaken;
  private final int farewell;
  private final PieceReader reader = new PieceReader();
  private final ArrayDeque<Event> events = new ArrayDeque<>(4);
  private final Runnable abandoned = this::abandoned;
  private Value listener;
  private Buffer message;
  private boolean messageIsText;
  private boolean taken;
  private boolean turnComes;
  private boolean incomingEnded;
  private boolean closedIn;
  private boolean closedOut;
  private boolean over;

  /// @param incoming encoded pieces; paused
  /// @param outgoing takes encoded pieces; ended by this socket
  /// @param farewell the code of the close that the other end gets when the invocation is ended in spite of the WebSocket
  /// @param onTaken run when JavaScript listens, or the WebSocket is joined to another one
  HostSocket(Isolate isolate, Invocation invocation, ReadStream<Buffer> incoming, BodyWriter outgoing, int farewell, Runnable onTaken) {
    this.isolate = isolate;
    this.invocation = invocation;
    this.incoming = incoming;
    this.outgoing = outgoing;
    this.farewell = farewell;
    this.onTaken = onTaken;
    outgoing.onQueued(isolate.open()::socketBytes);
  }

  // ---- JavaScript's side

  /// Begins to read. `to` is called with what happens: 0 and a text, 1 and bytes, 2 with the code and the reason of a close, or 3 and why the connection was lost.
  @HostAccess.Export
  public void listen(Value to) {
    take();
    if (invocation.isOver()) {
      return;
    }
    listener = to;
    invocation.held();
    invocation.onOver(abandoned);
    isolate.promises().eventsAwaited();
    incoming.exceptionHandler(cause -> ended(cause.getMessage()));
    incoming.endHandler(_ -> ended("the WebSocket ended without a close"));
    incoming.handler(this::chunk);
    incoming.fetch(1);
  }

  /// @return whether there was room; when not, the connection is given up
  @HostAccess.Export
  public boolean sendText(String text) {
    return send(Piece.text(text));
  }

  /// @param view an ArrayBuffer or a view on one; its bytes are copied
  @HostAccess.Export
  public boolean sendBytes(Value view) {
    return send(Piece.binary(JsBytes.buffer(view)));
  }

  /// Says that nothing more will be sent.
  ///
  /// @param code [Piece#NO_CODE] for none
  @HostAccess.Export
  public void close(int code, String reason) {
    if (!closedOut) {
      closedOut = true;
      outgoing.write(Piece.close(code, reason).encoded());
      overIfClosed();
    }
  }

  /// How many bytes wait to be sent.
  @HostAccess.Export
  public double waiting() {
    return outgoing.queuedBytes();
  }

  private boolean send(Piece piece) {
    if (closedOut) {
      return true;
    }
    if (outgoing.queuedBytes() > WAITING_BYTES_MAX) {
      lose("the other end reads too slowly: more than " + WAITING_BYTES_MAX + " bytes wait for it");
      return false;
    }
    if (outgoing.queuedBytes() > 0 && isolate.open().socketsAreFull()) {
      lose("the other end reads too slowly, and more waits in all the worker's WebSockets than its memory budget allows");
      return false;
    }
    outgoing.write(piece.encoded());
    return true;
  }

  // ---- the other side's

  private void chunk(Buffer chunk) {
    if (incomingEnded) {
      return;
    }
    try {
      reader.read(chunk, this::piece);
    } catch (IllegalArgumentException broken) {
      lose(broken.getMessage());
    }
    turn();
  }

  private void piece(Piece piece) {
    if (incomingEnded) {
      return;
    }
    if (piece.kind() == Piece.Kind.CLOSE) {
      incomingEnded = true;
      events.add(new Event.Close(piece.closeCode(), piece.closeReason()));
      return;
    }
    if (piece.kind() != Piece.Kind.CONTINUATION) {
      messageIsText = piece.kind() == Piece.Kind.TEXT;
      message = null;
    }
    if (message == null && piece.last()) {
      events.add(new Event.Message(messageIsText, piece.bytes()));
      return;
    }
    message = (message == null ? Buffer.buffer() : message).appendBuffer(piece.bytes());
    if (message.length() > WebSocketConnection.MESSAGE_BYTES_MAX) {
      lose("a message has more than " + WebSocketConnection.MESSAGE_BYTES_MAX + " bytes");
    } else if (piece.last()) {
      events.add(new Event.Message(messageIsText, message));
      message = null;
    }
  }

  private void ended(String why) {
    if (!incomingEnded) {
      incomingEnded = true;
      events.add(new Event.Lost(why));
      turn();
    }
  }

  /// Gives the connection up from here: the other end is told, and JavaScript too.
  private void lose(String why) {
    outgoing.fail(new Failure(Failure.Code.CANCELLED, why));
    closedOut = true;
    ended(why);
  }

  /// The caller is gone, or nobody wants this exchange any more. What has arrived is delivered first.
  void lost(Failure why) {
    if (listener == null) {
      end(why);
    } else {
      ended(why.getMessage());
    }
  }

  /// Not from within guest code: what sends to this socket may be another one of this isolate.
  private void turn() {
    if (!turnComes && !over) {
      turnComes = true;
      isolate.owner().runOnContext(_ -> deliver());
    }
  }

  private void deliver() {
    turnComes = false;
    for (int i = 0; i < MESSAGES_PER_TURN && !events.isEmpty() && !over; i++) {
      deliver(events.poll());
    }
    if (over) {
      return;
    }
    if (!events.isEmpty()) {
      turn();
    } else if (!incomingEnded) {
      incoming.fetch(1);
    }
  }

  private void deliver(Event event) {
    invocation.renewed();
    switch (event) {
      case Event.Message(boolean text, Buffer bytes) when text -> isolate.run(invocation, listener, TEXT, bytes.toString());
      case Event.Message(_, Buffer bytes) -> isolate.run(invocation, listener, BINARY, JsBytes.outgoing(bytes));
      case Event.Close(int code, String reason) -> {
        closedIn = true;
        isolate.run(invocation, listener, CLOSE, reason, code);
        overIfClosed();
      }
      case Event.Lost(String why) -> {
        closedIn = true;
        closedOut = true;
        isolate.run(invocation, listener, LOST, why);
        end(new Failure(Failure.Code.CANCELLED, why));
      }
    }
  }

  // ---- its end

  private void overIfClosed() {
    if (closedIn && closedOut && !over) {
      outgoing.end();
      end();
    }
  }

  private void end(Failure why) {
    outgoing.fail(why);
    outgoing.cancel();
    end();
  }

  private void end() {
    if (over) {
      return;
    }
    over = true;
    incomingEnded = true;
    events.clear();
    incoming.handler(null);
    if (listener != null) {
      listener = null;
      isolate.promises().eventsNoLongerAwaited();
      invocation.forgetOnOver(abandoned);
      invocation.released();
    }
  }

  /// The invocation has been ended in spite of it: its isolate is dead or stops.
  void abandoned() {
    if (!closedOut) {
      closedOut = true;
      outgoing.write(Piece.close(farewell, "").encoded());
    }
    outgoing.end();
    end();
  }

  /// Its two directions, for whoever joins them to others instead of listening.
  ReadStream<Buffer> incoming() {
    take();
    return incoming;
  }

  BodyWriter outgoing() {
    return outgoing;
  }

  private void take() {
    if (taken) {
      throw new IllegalStateException("the WebSocket is in use already");
    }
    taken = true;
    onTaken.run();
  }
}
