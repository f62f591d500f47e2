package dev.tenon.worker;

import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.IOException;
import java.io.OutputStream;

/// Brotli's native half, loaded by the first who needs it.
final class BrotliEncoder {

  /// What workerd uses: a third of the best quality's time for nearly its size.
  private static final int QUALITY = 5;

  private BrotliEncoder() {}

  /// @throws IOException if the native half is not there for this machine
  static OutputStream of(OutputStream encoded, int bufferBytes) throws IOException {
    BrotliDecoder.requireBrotli();
    return new BrotliOutputStream(encoded, Encoder.Parameters.create(QUALITY), bufferBytes);
  }
}
