package dev.tenon.worker;

import org.graalvm.polyglot.HostAccess;

/// What CompressionStream and DecompressionStream stand on.
public final class CompressionHost {

  CompressionHost() {}

  /// @param format `gzip`, `deflate` or `deflate-raw`
  @HostAccess.Export
  public Deflation compressor(String format) {
    return new Deflation(format);
  }

  /// @see #compressor
  @HostAccess.Export
  public Inflation decompressor(String format) {
    return new Inflation(format);
  }
}
