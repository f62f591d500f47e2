package dev.tenon.worker;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Inflate, bare or in zlib's or gzip's frame. Members of gzip that follow each other are one text; what follows them and is none is left.
final class NodeDecompressor extends NodeZlib {

  private static final int PIECE_BYTES = 64 * 1024;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  private final String kind;
  private final long outputMax;
  private final byte[] dictionary;
  private Inflater inflater;
  private GzipFrame frame;
  private final CRC32 crc = new CRC32();
  private long length;
  private long total;
  private boolean chosen;
  private boolean done;

  NodeDecompressor(String kind, long outputMax, byte[] dictionary) {
    this.kind = kind;
    this.outputMax = outputMax;
    this.dictionary = dictionary;
    begin();
  }

  @Override
  void begin() {
    end();
    total = 0;
    done = false;
    chosen = !kind.equals("unzip");
    if (chosen) {
      choose(kind.equals("gunzip"));
    }
  }

  private void choose(boolean gzip) {
    chosen = true;
    frame = gzip ? new GzipFrame() : null;
    inflater = new Inflater(gzip || kind.equals("inflateRaw"));
    if (dictionary != null && kind.equals("inflateRaw")) {
      inflater.setDictionary(dictionary);
    }
    crc.reset();
    length = 0;
  }

  @Override
  byte[] process(byte[] bytes, int flush) throws ZlibException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length * 3 + 64);
    byte[] rest = bytes;
    if (!chosen && rest.length > 0) {
      choose((rest[0] & 0xff) == GZIP_FIRST);
    }
    while (!done && rest.length > 0) {
      rest = frame != null && !frame.headerDone() ? header(rest) : inflater.finished() ? trailer(rest) : inflate(rest, out);
    }
    boolean ended = done || frame != null && inflater.finished() && frame.trailerDone();
    if (flush == FINISH && !ended) {
      throw new ZlibException("Z_BUF_ERROR", "unexpected end of file");
    }
    return out.toByteArray();
  }

  private byte[] header(byte[] bytes) throws ZlibException {
    int used = frame.header(bytes);
    if (frame.isWrong()) {
      throw new ZlibException("Z_DATA_ERROR", "incorrect header check");
    }
    return Arrays.copyOfRange(bytes, used, bytes.length);
  }

  private byte[] inflate(byte[] bytes, ByteArrayOutputStream out) throws ZlibException {
    inflater.setInput(bytes);
    byte[] piece = new byte[PIECE_BYTES];
    try {
      while (!inflater.finished()) {
        int count = inflater.inflate(piece);
        if (inflater.needsDictionary()) {
          useDictionary();
        } else if (count == 0) {
          break;
        }
        add(piece, count, out);
      }
    } catch (DataFormatException wrong) {
      throw new ZlibException("Z_DATA_ERROR", wrong.getMessage() == null ? "invalid data" : wrong.getMessage());
    }
    int left = inflater.getRemaining();
    done = inflater.finished() && frame == null;
    return Arrays.copyOfRange(bytes, bytes.length - left, bytes.length);
  }

  private void add(byte[] piece, int count, ByteArrayOutputStream out) throws ZlibException {
    total += count;
    if (total > outputMax) {
      throw new ZlibException("ERR_BUFFER_TOO_LARGE", "Cannot create a Buffer larger than " + outputMax + " bytes");
    }
    if (frame != null) {
      crc.update(piece, 0, count);
      length += count;
    }
    out.write(piece, 0, count);
  }

  private void useDictionary() throws ZlibException {
    if (dictionary == null) {
      throw new ZlibException("Z_NEED_DICT", "Missing dictionary");
    }
    try {
      inflater.setDictionary(dictionary);
    } catch (IllegalArgumentException other) {
      throw new ZlibException("Z_DATA_ERROR", "Bad dictionary");
    }
  }

  private byte[] trailer(byte[] bytes) throws ZlibException {
    if (frame.trailerDone()) {
      return next(bytes);
    }
    int used = frame.trailer(bytes, 0, bytes.length);
    if (frame.trailerDone() && !frame.matches(crc.getValue(), length)) {
      throw new ZlibException("Z_DATA_ERROR", "incorrect data check");
    }
    return Arrays.copyOfRange(bytes, used, bytes.length);
  }

  /// Another member, or something else.
  private byte[] next(byte[] bytes) {
    if ((bytes[0] & 0xff) == GZIP_FIRST && (bytes.length == 1 || (bytes[1] & 0xff) == GZIP_SECOND)) {
      inflater.end();
      choose(true);
      return bytes;
    }
    done = true;
    return new byte[0];
  }

  @Override
  void end() {
    if (inflater != null) {
      inflater.end();
    }
  }
}
