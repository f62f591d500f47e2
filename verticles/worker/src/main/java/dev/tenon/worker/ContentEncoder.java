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
  private static final int GZIP_HEADER_BYTES = 10;
  /// As workerd says, and others; Java says that it does not know.
  private static final byte MADE_ON_UNIX = 3;

  private final ByteArrayOutputStream encoded = new ByteArrayOutputStream();
  private final OutputStream encoder;

  private ContentEncoder(String coding) throws IOException {
    encoder = coding.equals("br") ? BrotliEncoder.of(encoded, BUFFER_BYTES) : new GZIPOutputStream(encoded, BUFFER_BYTES, true);
    if (encoded.size() == GZIP_HEADER_BYTES) {
      byte[] header = encoded.toByteArray();
      header[GZIP_HEADER_BYTES - 1] = MADE_ON_UNIX;
      encoded.reset();
      encoded.writeBytes(header);
    }
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

  /// @see #of
  static Buffer encodeWhole(String coding, byte[] bytes) {
    ContentEncoder one = of(coding);
    one.write(bytes);
    return one.finish();
  }

  Buffer encode(byte[] bytes) {
    write(bytes);
    try {
      encoder.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return taken();
  }

  private void write(byte[] bytes) {
    try {
      encoder.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
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
