package dev.tenon.worker;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/// Applies one content coding. Every chunk can be decoded as soon as it has arrived: whoever reads a slow body waits for no other chunk.
final class ContentEncoder {

  private static final int BUFFER_BYTES = 16 * 1024;

  private final ByteArrayOutputStream encoded = new ByteArrayOutputStream();
  private final OutputStream encoder;

  private ContentEncoder(String coding) throws IOException {
    encoder = coding.equals("br") ? BrotliEncoder.of(encoded, BUFFER_BYTES) : new GZIPOutputStream(encoded, BUFFER_BYTES, true);
  }

  /// @param coding `gzip` or `br`
  /// @throws UncheckedIOException if this machine cannot encode it
  static ContentEncoder of(String coding) {
    try {
      return new ContentEncoder(coding);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  Buffer encode(byte[] bytes) {
    try {
      encoder.write(bytes);
      encoder.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return taken();
  }

  /// The last bytes.
  Buffer finish() {
    close();
    return taken();
  }

  /// Frees native memory; may be called twice.
  void close() {
    try {
      encoder.close();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private Buffer taken() {
    Buffer buffer = Buffer.buffer(encoded.toByteArray());
    encoded.reset();
    return buffer;
  }
}
