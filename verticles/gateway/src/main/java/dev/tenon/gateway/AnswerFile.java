package dev.tenon.gateway;

import dev.tenon.bus.Failure;
import dev.tenon.bus.FileBody;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;

/// Hands a file to the client's socket: the kernel copies it, at the client's pace, and nothing of it is ever in this process's memory.
final class AnswerFile {

  private final ClientExchange exchange;
  private final FileBody file;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private Object message;
  private long progress;
  private long progressNanos = System.nanoTime();

  AnswerFile(ClientExchange exchange, FileBody file, HttpServerRequest request) {
    this.exchange = exchange;
    this.file = file;
    this.request = request;
    this.response = request.response();
  }

  /// Whether an answer's head leaves room for it: HTTP/2 has no such way, and Vert.x would add a media type where there is none.
  static boolean suits(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_1_1 && request.response().headers().contains("content-type");
  }

  void start() {
    FileChannel channel;
    try {
      channel = FileChannel.open(file.file(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException gone) {
      exchange.answerBroke(new Failure(Failure.Code.COMPONENT_FAILED, "a file could not be read", String.valueOf(gone.getMessage())));
      return;
    }
    try {
      if (channel.size() < file.offset() + file.length()) {
        close(channel);
        exchange.answerBroke(new Failure(Failure.Code.COMPONENT_FAILED, "a file could not be read", file.file() + " became shorter while it was served"));
        return;
      }
    } catch (IOException unreadable) {
      close(channel);
      exchange.answerBroke(new Failure(Failure.Code.COMPONENT_FAILED, "a file could not be read", String.valueOf(unreadable.getMessage())));
      return;
    }
    response.sendFile(channel, file.offset(), file.length()).onComplete(sent -> {
      close(channel);
      if (sent.succeeded()) {
        exchange.answerEnded();
      } else if (!exchange.over()) {
        exchange.answerBroke(Failure.of(sent.cause()));
      }
    });
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException ignored) {
      // Nothing was written to it.
    }
  }

  /// Whether the client has read nothing since `nanos`.
  boolean stalledSince(long nanos) {
    Channel channel = ((ConnectionBase) request.connection()).channel();
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    if (waiting == null) {
      return false;
    }
    if (waiting.current() != message || waiting.currentProgress() != progress) {
      message = waiting.current();
      progress = waiting.currentProgress();
      progressNanos = System.nanoTime();
    }
    return progressNanos - nanos < 0;
  }
}
