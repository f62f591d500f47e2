package dev.tenon.worker;

import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// One stream being compressed with Brotli; the counterpart of [Deflation].
public final class BrotliCompression {

  /// As good as deflate's default for about its time.
  private static final int QUALITY = 5;

  private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
  private final BrotliOutputStream encoder;

  /// @throws IOException if this machine has no Brotli
  BrotliCompression() throws IOException {
    BrotliDecoder.requireBrotli();
    encoder = new BrotliOutputStream(compressed, Encoder.Parameters.create(QUALITY));
  }

  /// The compressed bytes that are ready after these, perhaps none.
  @HostAccess.Export
  public Object write(Value buffer, int offset, int count) {
    try {
      encoder.write(JsBytes.read(buffer, offset, count));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return taken();
  }

  /// The last compressed bytes.
  @HostAccess.Export
  public Object finish() {
    close();
    return taken();
  }

  @HostAccess.Export
  public void close() {
    try {
      encoder.close();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private Object taken() {
    byte[] bytes = compressed.toByteArray();
    compressed.reset();
    return JsBytes.outgoing(bytes);
  }
}
