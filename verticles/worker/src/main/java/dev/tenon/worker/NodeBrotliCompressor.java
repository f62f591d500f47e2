package dev.tenon.worker;

import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Brotli's compressor.
final class NodeBrotliCompressor extends NodeZlib {

  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int PROCESS = 0;
  private static final int FINISH_STREAM = 2;

  private final int quality;
  private ByteArrayOutputStream compressed;
  private BrotliOutputStream encoder;

  NodeBrotliCompressor(int quality) {
    this.quality = quality;
    begin();
  }

  /// @param flush brotli's number: 0 to go on, 1 to flush, 2 to finish
  @Override
  byte[] process(byte[] bytes, int flush) {
    try {
      encoder.write(bytes);
      if (flush == FINISH_STREAM) {
        encoder.close();
      } else if (flush != PROCESS) {
        encoder.flush();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    byte[] ready = compressed.toByteArray();
    compressed.reset();
    return ready;
  }

  @Override
  void begin() {
    try {
      BrotliDecoder.requireBrotli();
      compressed = new ByteArrayOutputStream();
      encoder = new BrotliOutputStream(compressed, Encoder.Parameters.create(quality), BUFFER_BYTES);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  @Override
  void end() {
    try {
      encoder.close();
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }
}
