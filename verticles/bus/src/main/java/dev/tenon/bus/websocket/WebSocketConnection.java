package dev.tenon.bus.websocket;

import dev.tenon.bus.Failure;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.streams.ReadStream;
import java.util.Optional;

/// A WebSocket over TCP, seen as two streams of encoded [Piece]s: itself is what comes from the other end, [#send] takes what goes there.
///
/// Handed over paused, and before the connection is there ([#open]), so that it can be a request's body. It ends with the connection; it fails with
/// [Failure.Code#CANCELLED] when that was lost before the other end had closed. Used on the connection's Vert.x context.
public final class WebSocketConnection extends ConnectionStream {

  /// Which end of the connection this is.
  public enum Side {
    CLIENT,
    SERVER
  }

  /// The largest message, in bytes: what workers know from Cloudflare.
  public static final int MESSAGE_BYTES_MAX = 32 * 1024 * 1024;

  private static final String LAST = "handler";
  private static final int GOING_AWAY = 1001;
  private static final int GOING_WRONG = 1011;
  private static final int RESTARTS = 1012;

  private PieceCodec codec;
  private ReadStream<Buffer> outgoing;
  private Runnable onGone = () -> { };
  private Runnable onOver = () -> { };
  private boolean gone;
  private boolean sent;

  /// Puts the protocol's handlers into a connection whose opening handshake is complete. On its event loop.
  static PieceCodec install(ChannelPipeline pipeline, Side side, Optional<Compression> compression) {
    WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
        .maxFramePayloadLength(MESSAGE_BYTES_MAX)
        .expectMaskedFrames(side == Side.SERVER)
        .allowExtensions(compression.isPresent())
        .build();
    PieceCodec codec = new PieceCodec(side, MESSAGE_BYTES_MAX);
    pipeline.addBefore(LAST, "websocket-encoder", new WebSocket13FrameEncoder(side == Side.CLIENT));
    pipeline.addBefore(LAST, "websocket-decoder", new WebSocket13FrameDecoder(config));
    compression.ifPresent(agreed -> {
      pipeline.addBefore(LAST, "websocket-inflate", agreed.extension().newExtensionDecoder());
      pipeline.addBefore(LAST, "websocket-deflate", agreed.extension().newExtensionEncoder());
    });
    pipeline.addBefore(LAST, "websocket-utf8", new Utf8FrameValidator());
    pipeline.addBefore(LAST, "websocket-pieces", codec);
    return codec;
  }

  /// Goes on with a server's connection, right after its answer 101. Called on the connection's event loop.
  public void open(NetSocketInternal connected, Optional<Compression> compression) {
    connected.pause();
    open(connected, install(connected.channelHandlerContext().pipeline(), Side.SERVER, compression));
  }

  /// @param connected paused
  void open(NetSocketInternal connected, PieceCodec installed) {
    codec = installed;
    connected.closeHandler(_ -> closed());
    attach(connected, codec::closeReceived);
  }

  /// Runs `listener` when the connection has been closed, by whomever.
  public WebSocketConnection onGone(Runnable listener) {
    onGone = listener;
    return this;
  }

  /// Runs `listener` when the connection has been closed and what [#send] took has come to its end.
  public WebSocketConnection onOver(Runnable listener) {
    onOver = listener;
    return this;
  }

  /// Takes what goes to the other end. A stream that ends or fails without a close is closed here: with 1012 when its node or instance was lost, otherwise with 1011.
  public void send(ReadStream<Buffer> pieces) {
    outgoing = pieces;
    pieces.exceptionHandler(cause -> sent(Failure.of(cause).code() == Failure.Code.CONNECTION_LOST ? RESTARTS : GOING_WRONG));
    pieces.endHandler(_ -> sent(GOING_WRONG));
    NetSocketInternal socket = socket();
    socket.drainHandler(_ -> pieces.resume());
    pieces.handler(chunk -> {
      if (!gone) {
        socket.write(chunk);
        if (socket.writeQueueFull()) {
          pieces.pause();
        }
      }
    });
    pieces.resume();
  }

  /// This process is about to end: the other end is told, and has a while to answer.
  public void goAway() {
    codec.close(GOING_AWAY, "");
  }

  private void sent(int code) {
    sent = true;
    codec.close(code, "");
    if (gone) {
      onOver.run();
    }
  }

  private void closed() {
    gone = true;
    onGone.run();
    if (sent) {
      onOver.run();
    } else if (outgoing != null) {
      outgoing.resume();
    }
  }
}
