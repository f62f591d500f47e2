package dev.tenon.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/// Reads the heads of HTTP/1 requests and lets through only what has one meaning: where Netty drops a `Content-Length` beside a `Transfer-Encoding`, this one
/// refuses both together (RFC 9112, 6.1 and 11.2), and versions other than 1.0 and 1.1 are refused as part of the head.
final class RequestDecoder extends VertxHttpRequestDecoder {

  /// `Content-Length` and `Transfer-Encoding` in one request.
  static final class TwoLengthsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TwoLengthsException() {
      super("Content-Length and Transfer-Encoding", null, false, false);
    }
  }

  /// A version of HTTP that is not spoken over this connection.
  static final class VersionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    VersionException() {
      super("not HTTP/1.0 or HTTP/1.1", null, false, false);
    }
  }

  /// Takes the place of the decoder that Vert.x chose, at the connection's first byte. To be put right before the handler at the end of the pipeline: Vert.x
  /// finds out first whether the client speaks HTTP/2, and puts its own decoder behind this one then.
  static final class Arrival extends ChannelInboundHandlerAdapter {

    private static final String DECODER = "httpDecoder";

    private final HttpServerOptions options;

    Arrival(HttpServerOptions options) {
      this.options = options;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      ChannelPipeline pipeline = context.pipeline();
      if (pipeline.get(DECODER) != null) {
        pipeline.replace(DECODER, DECODER, new RequestDecoder(options));
      }
      pipeline.remove(this);
      context.fireChannelRead(bytes);
    }
  }

  private RequestDecoder(HttpServerOptions options) {
    super(options);
  }

  @Override
  protected HttpMessage createMessage(String[] initialLine) {
    HttpMessage message = super.createMessage(initialLine);
    HttpVersion version = message.protocolVersion();
    if (version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0)) {
      return message;
    }
    throw version.protocolName().equals("HTTP") ? new VersionException() : new IllegalArgumentException("not HTTP");
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new TwoLengthsException();
  }
}
