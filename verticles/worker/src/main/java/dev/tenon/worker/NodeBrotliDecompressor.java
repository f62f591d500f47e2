package dev.tenon.worker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Brotli's decompressor.
final class NodeBrotliDecompressor extends NodeZlib {

  private static final int FINISH_STREAM = 2;

  private final long outputMax;
  private BrotliDecoder decoder;
  private long total;

  NodeBrotliDecompressor(long outputMax) {
    this.outputMax = outputMax;
    begin();
  }

  @Override
  byte[] process(byte[] bytes, int flush) throws ZlibException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length * 4 + 64);
    try {
      decoder.write(bytes);
      for (byte[] piece = decoder.next(); piece != null; piece = decoder.next()) {
        total += piece.length;
        if (total > outputMax) {
          throw new ZlibException("ERR_BUFFER_TOO_LARGE", "Cannot create a Buffer larger than " + outputMax + " bytes");
        }
        out.writeBytes(piece);
      }
    } catch (IOException damaged) {
      throw new ZlibException("ERR__ERROR_FORMAT_PADDING_1", "Decompression failed");
    }
    if (flush == FINISH_STREAM) {
      try {
        decoder.finish();
      } catch (IOException unfinished) {
        throw new ZlibException("Z_BUF_ERROR", "unexpected end of file");
      }
    }
    return out.toByteArray();
  }

  @Override
  void begin() {
    try {
      decoder = new BrotliDecoder();
      total = 0;
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  @Override
  void end() {
    decoder.close();
  }
}
