package dev.tenon.bus.websocket;

import dev.tenon.bus.Failure;
import dev.tenon.bus.Failure.Code;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.streams.ReadStream;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/// A client's opening handshake over a fresh TCP connection (RFC 6455, 4.1). Checks what the server answers; on the connection's event loop.
public final class ClientHandshake extends ChannelInboundHandlerAdapter {

  /// What a server answers.
  public sealed interface Answer {

    /// The connection goes on as a WebSocket.
    record Granted(String reason, MultiMap headers, WebSocketConnection socket) implements Answer {}

    /// The server does not want that, and says why in a body.
    record Refused(int status, String reason, MultiMap headers, ReadStream<Buffer> body) implements Answer {}
  }

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String CODEC = "websocket-http";
  private static final int LINE_BYTES_MAX = 16 * 1024;
  private static final int HEAD_BYTES_MAX = 128 * 1024;
  private static final int CHUNK_BYTES_MAX = 16 * 1024;
  private static final int SWITCHING_PROTOCOLS = 101;

  /// The body of an answer that is no WebSocket.
  private static final class RefusedBody extends ConnectionStream {}

  private final NetSocketInternal socket;
  private final PromiseInternal<Answer> promise;
  private final MultiMap asked;
  private final String key;
  private HttpResponse response;
  private boolean bodyComplete;

  private ClientHandshake(NetSocketInternal socket, PromiseInternal<Answer> promise, MultiMap asked) {
    this.socket = socket;
    this.promise = promise;
    this.asked = asked;
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    this.key = Base64.getEncoder().encodeToString(bytes);
  }

  /// Asks for a WebSocket. Called on `context`, where the connection was made; the future is completed there, and fails with a [Failure] when the answer is none.
  ///
  /// @param target path and query
  /// @param headers beside those of the handshake, `Host` among them. `Sec-WebSocket-Protocol` and `Sec-WebSocket-Extensions` are offered as they are
  public static Future<Answer> over(ContextInternal context, NetSocketInternal socket, String target, MultiMap headers) {
    ClientHandshake handshake = new ClientHandshake(socket, context.promise(), headers);
    socket.pause();
    ChannelPipeline pipeline = socket.channelHandlerContext().pipeline();
    pipeline.addBefore("handler", CODEC, new HttpClientCodec(LINE_BYTES_MAX, HEAD_BYTES_MAX, CHUNK_BYTES_MAX));
    pipeline.addBefore("handler", null, handshake);
    DefaultFullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target);
    headers.forEach((name, value) -> request.headers().add(name, value));
    request.headers().set("upgrade", "websocket").set("connection", "Upgrade").set("sec-websocket-version", "13").set("sec-websocket-key", handshake.key);
    socket.writeMessage(request).onFailure(handshake::fail);
    return handshake.promise.future();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpResponse head) {
      if (head.decoderResult().isFailure()) {
        fail(head.decoderResult().cause());
        return;
      }
      response = head;
      if (!isInterim() && head.status().code() != SWITCHING_PROTOCOLS) {
        refuse();
      }
    }
    if (!(message instanceof HttpContent content)) {
      return;
    }
    if (isInterim()) {
      content.release();
    } else if (response.status().code() == SWITCHING_PROTOCOLS) {
      content.release();
      grant(context);
    } else {
      boolean last = content instanceof LastHttpContent;
      if (content.content().isReadable()) {
        context.fireChannelRead(content.content());
      } else {
        content.release();
      }
      if (last) {
        bodyComplete = true;
        context.close();
      }
    }
  }

  private boolean isInterim() {
    int status = response.status().code();
    return status < 200 && status != SWITCHING_PROTOCOLS;
  }

  private void refuse() {
    RefusedBody body = new RefusedBody();
    body.attach(socket, () -> bodyComplete);
    promise.tryComplete(new Answer.Refused(response.status().code(), response.status().reasonPhrase(), headers(), body));
  }

  private void grant(ChannelHandlerContext context) {
    MultiMap headers = headers();
    Optional<Compression> compression;
    try {
      check(headers);
      compression = Compression.agreed(String.join(", ", headers.getAll("sec-websocket-extensions")), WebSocketConnection.MESSAGE_BYTES_MAX);
      if (compression.isPresent() && !Compression.named(String.join(", ", asked.getAll("sec-websocket-extensions")))) {
        throw new IllegalArgumentException("the server compresses, which was not offered to it");
      }
    } catch (IllegalArgumentException wrong) {
      fail(new Failure(Code.PROTOCOL, wrong.getMessage()));
      return;
    }
    WebSocketConnection connection = new WebSocketConnection();
    connection.open(socket, WebSocketConnection.install(context.pipeline(), WebSocketConnection.Side.CLIENT, compression));
    // In this order: what the server has sent already leaves the codec when that goes, and is for those behind.
    context.pipeline().remove(this);
    context.pipeline().remove(CODEC);
    promise.tryComplete(new Answer.Granted(response.status().reasonPhrase(), headers, connection));
  }

  private void check(MultiMap headers) {
    if (!WebSocketUpgrade.isAskedOverHttp(headers)) {
      throw new IllegalArgumentException("the server answered 101, and not to go on with a WebSocket");
    }
    if (!WebSocketUpgrade.accept(key).equals(headers.get("sec-websocket-accept"))) {
      throw new IllegalArgumentException("the server's Sec-WebSocket-Accept does not fit the key that it was sent");
    }
    String protocol = headers.get("sec-websocket-protocol");
    if (protocol != null && !isOffered(protocol)) {
      throw new IllegalArgumentException("the server chose the protocol \"" + protocol + "\", which was not offered to it");
    }
  }

  private boolean isOffered(String protocol) {
    for (String each : String.join(",", asked.getAll("sec-websocket-protocol")).split(",")) {
      if (each.strip().equals(protocol)) {
        return true;
      }
    }
    return false;
  }

  private MultiMap headers() {
    MultiMap headers = HttpHeaders.headers();
    response.headers().forEach(header -> headers.add(header.getKey(), header.getValue()));
    return headers;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    promise.tryFail(new Failure(Code.CONNECTION_LOST, "the connection was closed"));
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(cause);
  }

  private void fail(Throwable cause) {
    promise.tryFail(cause);
    socket.close();
  }
}
