package dev.tenon.worker;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Optional;

/// Reads a body and undoes its content coding. Used as a [BodyReader] is.
final class DecodedReader {

  private final BodyReader encoded;
  private final ContentDecoder decoder;

  DecodedReader(BodyReader encoded, String coding) throws IOException {
    this.encoded = encoded;
    this.decoder = ContentDecoder.of(coding);
  }

  /// The next chunk, or empty at the end; fails with an [IOException] where the coding is violated.
  Future<Optional<Buffer>> read() {
    try {
      byte[] ready = decoder.next();
      return ready != null ? Future.succeededFuture(Optional.of(Buffer.buffer(ready))) : encoded.read().compose(this::taken);
    } catch (IOException damaged) {
      return failed(damaged);
    }
  }

  private Future<Optional<Buffer>> taken(Optional<Buffer> chunk) {
    try {
      if (chunk.isEmpty()) {
        decoder.finish();
        return Future.succeededFuture(chunk);
      }
      decoder.write(chunk.get().getBytes());
      return read();
    } catch (IOException damaged) {
      return failed(damaged);
    }
  }

  private Future<Optional<Buffer>> failed(IOException damaged) {
    cancel();
    return Future.failedFuture(damaged);
  }

  void cancel() {
    decoder.close();
    encoded.cancel();
  }
}
