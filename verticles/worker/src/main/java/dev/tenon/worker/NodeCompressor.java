package dev.tenon.worker;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Deflate, bare or in zlib's or gzip's frame.
final class NodeCompressor extends NodeZlib {

  private static final byte UNIX = 3;
  private static final int PIECE_BYTES = 16 * 1024;
  private static final int LEVEL_BEST = 9;

  private final boolean gzip;
  private final byte[] dictionary;
  private final Deflater deflater;
  private final CRC32 crc = new CRC32();
  private int level;
  private boolean begun;
  private long length;

  NodeCompressor(String kind, int level, int strategy, byte[] dictionary) {
    this.gzip = kind.equals("gzip");
    this.level = level;
    this.dictionary = dictionary;
    deflater = new Deflater(level, !kind.equals("deflate"));
    deflater.setStrategy(known(strategy));
    prepare();
  }

  /// Java knows zlib's first three strategies; the others are ways to find the same bytes.
  private static int known(int strategy) {
    return strategy >= Deflater.DEFAULT_STRATEGY && strategy <= Deflater.HUFFMAN_ONLY ? strategy : Deflater.DEFAULT_STRATEGY;
  }

  private void prepare() {
    if (dictionary != null) {
      deflater.setDictionary(dictionary);
    }
  }

  @Override
  byte[] process(byte[] bytes, int flush) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2 + 64);
    if (gzip) {
      beginFrame(out);
      crc.update(bytes);
      length += bytes.length;
    }
    deflater.setInput(bytes);
    if (flush == FINISH) {
      deflater.finish();
    }
    int mode = flush == NO_FLUSH || flush == FINISH ? Deflater.NO_FLUSH : flush == FULL_FLUSH ? Deflater.FULL_FLUSH : Deflater.SYNC_FLUSH;
    byte[] piece = new byte[PIECE_BYTES];
    int count;
    do {
      count = deflater.deflate(piece, 0, piece.length, mode);
      out.write(piece, 0, count);
    } while (count == piece.length || !deflater.needsInput() && count > 0 || flush == FINISH && !deflater.finished());
    if (gzip && flush == FINISH) {
      writeLittleEndian(out, crc.getValue());
      writeLittleEndian(out, length);
    }
    return out.toByteArray();
  }

  private void beginFrame(ByteArrayOutputStream out) {
    if (!begun) {
      begun = true;
      int speed = level == LEVEL_BEST ? 2 : level == 1 ? 4 : 0;
      out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, (byte) speed, UNIX});
    }
  }

  private static void writeLittleEndian(ByteArrayOutputStream out, long value) {
    for (int shift = 0; shift < 32; shift += 8) {
      out.write((int) (value >>> shift) & 0xff);
    }
  }

  @Override
  void change(int newLevel, int strategy) {
    level = newLevel;
    deflater.setLevel(newLevel);
    deflater.setStrategy(known(strategy));
  }

  @Override
  void begin() {
    deflater.reset();
    crc.reset();
    begun = false;
    length = 0;
    prepare();
  }

  @Override
  void end() {
    deflater.end();
  }
}
