package dev.tenon.worker;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// One stream being decompressed, a step at a time so that a small input that grows without bound is read as slowly as its reader is.
///
/// Deviation: a dictionary is not supported, as the Compression Standard says.
public final class Inflation {

  /// How many bytes one [#next] gives at most.
  static final int STEP_BYTES_MAX = 64 * 1024;

  private final Inflater inflater;
  private final GzipFrame frame;
  private final CRC32 crc;
  private byte[] waiting = new byte[0];
  private long length;
  private String error;
  private boolean body;

  Inflation(String format) {
    inflater = new Inflater(!format.equals("deflate"));
    frame = format.equals("gzip") ? new GzipFrame() : null;
    crc = frame == null ? null : new CRC32();
    body = frame == null;
  }

  /// Takes further input. Call [#next] until it gives null.
  @HostAccess.Export
  public void write(Value buffer, int offset, int count) {
    byte[] bytes = JsBytes.read(buffer, offset, count);
    if (!body) {
      int used = frame.header(bytes);
      if (frame.isWrong()) {
        error = "Decompression failed.";
        return;
      }
      if (!frame.headerDone()) {
        return;
      }
      body = true;
      bytes = Arrays.copyOfRange(bytes, used, bytes.length);
    }
    if (inflater.finished()) {
      trailing(bytes, 0, bytes.length);
    } else {
      waiting = bytes;
      inflater.setInput(bytes);
    }
  }

  /// The next decompressed bytes, null when further input is needed; see [#error].
  @HostAccess.Export
  public Object next() {
    if (error != null || !body || inflater.finished() || inflater.needsInput() && waiting.length == 0) {
      return null;
    }
    byte[] piece = new byte[STEP_BYTES_MAX];
    int count = inflate(piece);
    if (inflater.finished()) {
      int rest = inflater.getRemaining();
      int from = waiting.length - rest;
      byte[] input = waiting;
      waiting = new byte[0];
      trailing(input, from, rest);
    }
    if (count == 0) {
      return null;
    }
    if (crc != null) {
      crc.update(piece, 0, count);
      length += count;
    }
    return JsBytes.outgoing(count == piece.length ? piece : Arrays.copyOf(piece, count));
  }

  private int inflate(byte[] piece) {
    try {
      int count = inflater.inflate(piece);
      if (inflater.needsDictionary()) {
        error = "The compressed data needs a dictionary.";
      }
      return count;
    } catch (DataFormatException wrong) {
      error = "Decompression failed.";
      return 0;
    }
  }

  /// What follows the compressed data: the gzip trailer, and nothing else.
  private void trailing(byte[] bytes, int from, int count) {
    if (count == 0) {
      return;
    }
    if (frame == null || frame.trailer(bytes, from, count) < count) {
      error = "Trailing bytes after the end of the compressed data.";
    }
  }

  /// What is wrong with the input, null for nothing so far.
  @HostAccess.Export
  public String error() {
    return error;
  }

  /// Called at the end of the input.
  ///
  /// @return what is wrong with it, null for nothing
  @HostAccess.Export
  public String finish() {
    if (error == null) {
      if (!inflater.finished() || frame != null && !frame.trailerDone()) {
        error = "Called close() on a decompression stream with incomplete data";
      } else if (frame != null && !frame.matches(crc.getValue(), length)) {
        error = "The compressed data does not match its checksum.";
      }
    }
    close();
    return error;
  }

  @HostAccess.Export
  public void close() {
    inflater.end();
  }
}
