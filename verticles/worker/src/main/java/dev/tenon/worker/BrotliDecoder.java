package dev.tenon.worker;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.DecoderJNI;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The content coding `br` (RFC 7932).
final class BrotliDecoder implements ContentDecoder {

  private static final String DAMAGED = "Brotli decompression failed.";

  private final DecoderJNI.Wrapper decoder;
  private byte[] input = new byte[0];
  private int at;
  private boolean closed;

  BrotliDecoder() throws IOException {
    requireBrotli();
    decoder = new DecoderJNI.Wrapper(STEP_BYTES_MAX);
  }

  /// @throws IOException if the native half is not there for this machine
  static void requireBrotli() throws IOException {
    if (!Brotli4jLoader.isAvailable()) {
      throw new IOException("Brotli is not available on this machine ("
          + System.getProperty("os.name") + ", " + System.getProperty("os.arch") + ") – use gzip", Brotli4jLoader.getUnavailabilityCause());
    }
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    if (decoder.getStatus() == DecoderJNI.Status.DONE && bytes.length > 0) {
      throw new IOException(DAMAGED);
    }
    input = bytes;
    at = 0;
  }

  @Override
  public byte[] next() throws IOException {
    for (;;) {
      switch (decoder.getStatus()) {
        case ERROR -> throw new IOException(DAMAGED);
        case DONE -> {
          if (at < input.length) {
            throw new IOException(DAMAGED);
          }
          return decoder.hasOutput() ? pulled() : null;
        }
        case OK -> decoder.push(0);
        case NEEDS_MORE_OUTPUT -> {
          return pulled();
        }
        case NEEDS_MORE_INPUT -> {
          if (decoder.hasOutput()) {
            return pulled();
          }
          if (at == input.length) {
            return null;
          }
          ByteBuffer buffer = decoder.getInputBuffer();
          buffer.clear();
          int count = Math.min(buffer.remaining(), input.length - at);
          buffer.put(input, at, count);
          at += count;
          decoder.push(count);
        }
      }
    }
  }

  private byte[] pulled() {
    ByteBuffer output = decoder.pull();
    byte[] bytes = new byte[output.remaining()];
    output.get(bytes);
    return bytes;
  }

  @Override
  public void finish() throws IOException {
    boolean done = decoder.getStatus() == DecoderJNI.Status.DONE;
    close();
    if (!done) {
      throw new IOException("Brotli compressed stream ended prematurely.");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      decoder.destroy();
    }
  }
}
