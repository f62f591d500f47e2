package dev.tenon.bus.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Stands between the frames of a connection and whoever sees them as a stream of encoded [Piece]s. On the connection's event loop only.
///
/// Pings are answered and sent here and never leave. A connection that says nothing, not even to a ping, is closed. Closing: each side sends one close frame; when
/// both have, the server ends the connection. A side that waits in vain for the other's close ends it too.
final class PieceCodec extends ChannelDuplexHandler {

  /// How often a ping asks whether the other end is there, and how long it may take to be heard of.
  static final long QUIET_SECONDS_MAX = 30;
  /// How long the other end may take to answer a close.
  static final long CLOSING_SECONDS_MAX = 10;
  /// How long a server may take to end a connection that both have closed.
  private static final long FAREWELL_SECONDS_MAX = 2;

  private static final int GOING_WRONG = 1011;
  private static final int NOT_CONSISTENT = 1007;
  private static final int TOO_BIG = 1009;

  private final WebSocketConnection.Side side;
  private final int messageBytesMax;
  private final PieceReader outgoing = new PieceReader();
  private ChannelHandlerContext context;
  private ScheduledFuture<?> watch;
  private ScheduledFuture<?> patience;
  private long messageBytes;
  private boolean heard = true;
  private boolean closeSent;
  private volatile boolean closeReceived;

  PieceCodec(WebSocketConnection.Side side, int messageBytesMax) {
    this.side = side;
    this.messageBytesMax = messageBytesMax;
  }

  /// Whether the other end has said that it sends no more.
  boolean closeReceived() {
    return closeReceived;
  }

  /// Begins to close, unless that has begun. From any thread.
  void close(int code, String reason) {
    context.executor().execute(() -> writeClose(Piece.close(code, reason).bytes(), context.newPromise()));
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    watch = added.executor().scheduleAtFixedRate(this::look, QUIET_SECONDS_MAX, QUIET_SECONDS_MAX, TimeUnit.SECONDS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext gone) {
    stopWaiting();
    gone.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext gone) {
    stopWaiting();
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    if (!(message instanceof WebSocketFrame frame)) {
      ReferenceCountUtil.release(message);
      return;
    }
    heard = true;
    try {
      received(from, frame);
    } finally {
      frame.release();
    }
  }

  private void received(ChannelHandlerContext from, WebSocketFrame frame) {
    switch (frame) {
      case PingWebSocketFrame ping when !closeSent && from.channel().isWritable() -> from.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
      case PingWebSocketFrame _, PongWebSocketFrame _ -> { }
      case CloseWebSocketFrame close when !closeReceived -> {
        closeReceived = true;
        piece(from, Piece.Kind.CLOSE, true, close.content());
        if (closeSent) {
          finish();
        }
      }
      case TextWebSocketFrame text -> data(from, Piece.Kind.TEXT, text);
      case BinaryWebSocketFrame binary -> data(from, Piece.Kind.BINARY, binary);
      case ContinuationWebSocketFrame more -> data(from, Piece.Kind.CONTINUATION, more);
      default -> { }
    }
  }

  private void data(ChannelHandlerContext from, Piece.Kind kind, WebSocketFrame frame) {
    if (closeReceived) {
      return;
    }
    messageBytes = (kind == Piece.Kind.CONTINUATION ? messageBytes : 0) + frame.content().readableBytes();
    if (messageBytes > messageBytesMax) {
      writeClose(Piece.close(TOO_BIG, "a message may have " + messageBytesMax + " bytes").bytes(), from.newPromise());
      lose();
      return;
    }
    piece(from, kind, frame.isFinalFragment(), frame.content());
  }

  private static void piece(ChannelHandlerContext from, Piece.Kind kind, boolean last, ByteBuf content) {
    ByteBuf encoded = Unpooled.buffer(Piece.HEAD_BYTES + content.readableBytes());
    encoded.writeByte(kind.wire() | (last ? Piece.LAST : 0)).writeInt(content.readableBytes()).writeBytes(content);
    from.fireChannelRead(encoded);
  }

  @Override
  public void write(ChannelHandlerContext to, Object message, ChannelPromise promise) {
    if (!(message instanceof ByteBuf bytes)) {
      to.write(message, promise);
      return;
    }
    List<Piece> pieces = new ArrayList<>(2);
    try {
      outgoing.read(BufferInternal.safeBuffer(bytes), pieces::add);
    } catch (IllegalArgumentException notPieces) {
      promise.tryFailure(notPieces);
      writeClose(Piece.close(GOING_WRONG, "").bytes(), to.newPromise());
      return;
    }
    if (pieces.isEmpty()) {
      to.write(Unpooled.EMPTY_BUFFER, promise);
    }
    for (int i = 0; i < pieces.size(); i++) {
      write(to, pieces.get(i), i == pieces.size() - 1 ? promise : to.newPromise());
    }
  }

  private void write(ChannelHandlerContext to, Piece piece, ChannelPromise promise) {
    if (closeSent) {
      promise.trySuccess();
      return;
    }
    ByteBuf content = content(piece.bytes());
    switch (piece.kind()) {
      case TEXT -> to.write(new TextWebSocketFrame(piece.last(), 0, content), promise);
      case BINARY -> to.write(new BinaryWebSocketFrame(piece.last(), 0, content), promise);
      case CONTINUATION -> to.write(new ContinuationWebSocketFrame(piece.last(), 0, content), promise);
      case CLOSE -> writeClose(piece.bytes(), promise);
    }
  }

  /// Several frames may show parts of one buffer, so that none of them may release it.
  private static ByteBuf content(Buffer bytes) {
    return Unpooled.unreleasableBuffer(((BufferInternal) bytes).getByteBuf());
  }

  private void writeClose(Buffer payload, ChannelPromise promise) {
    if (closeSent || !context.channel().isActive()) {
      promise.trySuccess();
      return;
    }
    closeSent = true;
    context.writeAndFlush(new CloseWebSocketFrame(true, 0, content(payload)), promise);
    if (closeReceived) {
      finish();
    } else {
      endIn(CLOSING_SECONDS_MAX);
    }
  }

  /// Both sides have closed.
  private void finish() {
    switch (side) {
      case SERVER -> context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
      case CLIENT -> endIn(FAREWELL_SECONDS_MAX);
    }
  }

  private void endIn(long seconds) {
    if (patience != null) {
      patience.cancel(false);
    }
    patience = context.executor().schedule(() -> context.close(), seconds, TimeUnit.SECONDS);
  }

  /// What was sent cannot be gone on from.
  private void lose() {
    context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
    if (!(cause instanceof CorruptedWebSocketFrameException)) {
      // A frame that breaks the protocol has been answered with a close by its decoder; what could not be decompressed has not.
      writeClose(Piece.close(cause instanceof IOException ? GOING_WRONG : NOT_CONSISTENT, "").bytes(), from.newPromise());
    }
    lose();
  }

  /// Somebody who is heard of gets a ping; somebody who has not even answered that is gone. While nothing is read here, nobody can be heard.
  private void look() {
    if (!heard && context.channel().config().isAutoRead()) {
      context.close();
      return;
    }
    heard = false;
    if (!closeSent && context.channel().isWritable()) {
      context.writeAndFlush(new PingWebSocketFrame());
    }
  }

  private void stopWaiting() {
    if (watch != null) {
      watch.cancel(false);
    }
    if (patience != null) {
      patience.cancel(false);
    }
  }
}
