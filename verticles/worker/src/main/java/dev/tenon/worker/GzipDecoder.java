package dev.tenon.worker;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The content coding `gzip` (RFC 9110, section 8.4.1.3): one or more members, one behind the other.
final class GzipDecoder implements ContentDecoder {

  private static final byte[] NOTHING = new byte[0];
  private static final String DAMAGED = "Gzip decompression failed.";

  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private GzipFrame frame = new GzipFrame();
  private long length;
  private byte[] input = NOTHING;
  private boolean betweenMembers;
  private boolean drained = true;

  @Override
  public void write(byte[] bytes) {
    input = bytes;
  }

  @Override
  public byte[] next() throws IOException {
    while (input.length > 0 || inflating() && !drained) {
      if (!frame.headerDone()) {
        header();
      } else if (inflater.finished()) {
        trailer();
      } else {
        byte[] piece = inflated();
        if (piece != null) {
          return piece;
        }
      }
    }
    return null;
  }

  private boolean inflating() {
    return frame.headerDone() && !inflater.finished();
  }

  private void header() throws IOException {
    betweenMembers = false;
    consume(frame.header(input));
    if (frame.isWrong()) {
      throw new IOException(DAMAGED);
    }
  }

  private byte[] inflated() throws IOException {
    if (input.length > 0 && inflater.needsInput()) {
      inflater.setInput(input);
    }
    byte[] piece = new byte[STEP_BYTES_MAX];
    int count;
    try {
      count = inflater.inflate(piece);
    } catch (DataFormatException wrong) {
      throw new IOException(DAMAGED, wrong);
    }
    if (inflater.needsDictionary()) {
      throw new IOException(DAMAGED);
    }
    drained = count < piece.length;
    if (inflater.finished()) {
      consume(input.length - inflater.getRemaining());
    } else if (inflater.needsInput()) {
      input = NOTHING;
    }
    crc.update(piece, 0, count);
    length += count;
    return count == 0 ? null : Arrays.copyOf(piece, count);
  }

  private void trailer() throws IOException {
    consume(frame.trailer(input, 0, input.length));
    if (frame.trailerDone()) {
      if (!frame.matches(crc.getValue(), length)) {
        throw new IOException(DAMAGED);
      }
      betweenMembers = true;
      frame = new GzipFrame();
      inflater.reset();
      crc.reset();
      length = 0;
    }
  }

  private void consume(int count) {
    input = count == input.length ? NOTHING : Arrays.copyOfRange(input, count, input.length);
  }

  @Override
  public void finish() throws IOException {
    close();
    if (!betweenMembers) {
      throw new IOException("Gzip compressed stream ended prematurely.");
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
