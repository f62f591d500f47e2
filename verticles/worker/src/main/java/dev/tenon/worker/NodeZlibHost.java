package dev.tenon.worker;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// What `node:zlib` stands on.
public final class NodeZlibHost {

  NodeZlibHost() {}

  /// @param kind `deflate`, `deflateRaw`, `gzip` or `brotli`
  /// @param level of brotli: its quality
  /// @param dictionary null for none
  @HostAccess.Export
  public NodeZlib compressor(String kind, int level, int strategy, Value dictionary) {
    return kind.equals("brotli") ? new NodeBrotliCompressor(level) : new NodeCompressor(kind, level, strategy, dictionary.isNull() ? null : JsBytes.read(dictionary));
  }

  /// @param kind `inflate`, `inflateRaw`, `gunzip`, `unzip` or `brotli`
  /// @param outputMax bytes that may come out in all
  @HostAccess.Export
  public NodeZlib decompressor(String kind, double outputMax, Value dictionary) {
    return kind.equals("brotli") ? new NodeBrotliDecompressor((long) outputMax) : new NodeDecompressor(kind, (long) outputMax, dictionary.isNull() ? null : JsBytes.read(dictionary));
  }

  /// @param start the checksum of what came before
  @HostAccess.Export
  public double crc32(Value data, double start) {
    byte[] bytes = data.isString() ? data.asString().getBytes(StandardCharsets.UTF_8) : JsBytes.read(data);
    if (start == 0) {
      CRC32 crc = new CRC32();
      crc.update(bytes);
      return crc.getValue();
    }
    int crc = ~(int) (long) start;
    for (byte one : bytes) {
      crc ^= one & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc >>> 1 ^ (crc & 1) * 0xedb88320;
      }
    }
    return ~crc & 0xffffffffL;
  }
}
