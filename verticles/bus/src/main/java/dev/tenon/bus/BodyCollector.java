package dev.tenon.bus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/// Reads a stream into one buffer, up to a bound.
final class BodyCollector {

  private final ReadStream<Buffer> stream;
  private final int bytesMax;
  private final Buffer collected = Buffer.buffer();
  private final Promise<Buffer> whole = Promise.promise();

  BodyCollector(ReadStream<Buffer> stream, int bytesMax) {
    this.stream = stream;
    this.bytesMax = bytesMax;
  }

  Future<Buffer> collect() {
    stream.exceptionHandler(whole::tryFail);
    stream.endHandler(end -> whole.tryComplete(collected));
    stream.handler(this::append);
    stream.resume();
    return whole.future();
  }

  static Failure tooLarge(int bytesMax) {
    return new Failure(Failure.Code.BODY_TOO_LARGE, "the body is larger than " + bytesMax + " bytes – send a smaller one");
  }

  private void append(Buffer chunk) {
    if ((long) collected.length() + chunk.length() <= bytesMax) {
      collected.appendBuffer(chunk);
      return;
    }
    stream.handler(null);
    stream.pause();
    whole.tryFail(tooLarge(bytesMax));
  }
}
