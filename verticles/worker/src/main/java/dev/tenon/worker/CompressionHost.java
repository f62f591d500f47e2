package dev.tenon.worker;

import java.io.IOException;
import org.graalvm.polyglot.HostAccess;

/// What CompressionStream and DecompressionStream stand on.
public final class CompressionHost {

  CompressionHost() {}

  /// @param format `brotli`, `gzip`, `deflate` or `deflate-raw`
  /// @throws IOException if this machine has no Brotli
  @HostAccess.Export
  public Object compressor(String format) throws IOException {
    return format.equals("brotli") ? new BrotliCompression() : new Deflation(format);
  }

  /// @see #compressor
  @HostAccess.Export
  public Object decompressor(String format) throws IOException {
    return format.equals("brotli") ? new BrotliDecompression() : new Inflation(format);
  }
}
