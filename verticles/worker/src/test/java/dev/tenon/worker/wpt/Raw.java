package dev.tenon.worker.wpt;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.VertxConnection;
import java.nio.charset.StandardCharsets;

/// Bytes on a connection that HTTP would not let through.
final class Raw {

  private Raw() {}

  /// Writes past the HTTP encoder.
  static Future<Void> write(HttpServerRequest request, String bytes) {
    Channel channel = ((VertxConnection) request.connection()).channel();
    Promise<Void> written = Promise.promise();
    channel.pipeline().firstContext()
        .writeAndFlush(Unpooled.wrappedBuffer(bytes.getBytes(StandardCharsets.ISO_8859_1)))
        .addListener(_ -> written.complete());
    return written.future();
  }
}
