package dev.tenon.bus.websocket;

import dev.tenon.bus.Failure;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.streams.ReadStream;
import java.util.function.BooleanSupplier;

/// What comes over a connection, handed over paused and perhaps before the connection is there. Ends with the connection, if it was complete then; otherwise fails
/// with [Failure.Code#CANCELLED].
abstract class ConnectionStream implements ReadStream<Buffer> {

  private NetSocketInternal socket;
  private BooleanSupplier complete;
  private Handler<Buffer> handler;
  private Handler<Void> endHandler;
  private Handler<Throwable> exceptionHandler;
  private long demand;

  /// @param connected paused
  final void attach(NetSocketInternal connected, BooleanSupplier isComplete) {
    socket = connected;
    complete = isComplete;
    socket.handler(this::arrived);
    socket.endHandler(_ -> ended());
    socket.exceptionHandler(_ -> { });
    if (demand > 0) {
      socket.fetch(demand);
    }
  }

  final NetSocketInternal socket() {
    return socket;
  }

  private void arrived(Buffer chunk) {
    if (handler != null) {
      handler.handle(chunk);
    }
  }

  private void ended() {
    if (!complete.getAsBoolean()) {
      if (exceptionHandler != null) {
        exceptionHandler.handle(new Failure(Failure.Code.CANCELLED, "the WebSocket's other end went away"));
      }
    } else if (endHandler != null) {
      endHandler.handle(null);
    }
  }

  @Override
  public ConnectionStream handler(Handler<Buffer> to) {
    handler = to;
    return this;
  }

  @Override
  public ConnectionStream endHandler(Handler<Void> to) {
    endHandler = to;
    return this;
  }

  @Override
  public ConnectionStream exceptionHandler(Handler<Throwable> to) {
    exceptionHandler = to;
    return this;
  }

  @Override
  public ConnectionStream pause() {
    demand = 0;
    if (socket != null) {
      socket.pause();
    }
    return this;
  }

  @Override
  public ConnectionStream resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public ConnectionStream fetch(long amount) {
    if (socket != null) {
      socket.fetch(amount);
    } else {
      demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    }
    return this;
  }
}
