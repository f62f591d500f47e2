package dev.tenon.worker;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// What `CompressionStream` and `DecompressionStream` stand on: RFC 1950 (`deflate`), RFC 1951 (`deflate-raw`) and RFC 1952 (`gzip`).
///
/// zlib's memory lies outside the heap: whoever makes a [Compressor] or [Decompressor] closes it; one that JavaScript forgets is closed by its cleaner.
public final class CompressionHost {

  private static final int PIECE_BYTES = 16 * 1024;
  private static final int HEAD_BYTES_MAX = 64 * 1024;

  CompressionHost() {}

  @HostAccess.Export
  public Compressor compressor(String format) {
    return new Compressor(format);
  }

  @HostAccess.Export
  public Decompressor decompressor(String format) {
    return new Decompressor(format);
  }

  /// Bytes in, fewer bytes out.
  public static final class Compressor {

    private final Deflater deflater;
    private final CRC32 checksum = new CRC32();
    private final boolean gzip;
    private boolean headWritten;

    Compressor(String format) {
      gzip = format.equals("gzip");
      deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, !format.equals("deflate"));
    }

    /// What is ready after these bytes; often nothing.
    @HostAccess.Export
    public ByteBuffer push(Value data) {
      byte[] bytes = JsBytes.read(data);
      checksum.update(bytes);
      deflater.setInput(bytes);
      return drain(new ByteArrayOutputStream());
    }

    /// The rest. The compressor is closed.
    @HostAccess.Export
    public ByteBuffer finish() {
      deflater.finish();
      ByteArrayOutputStream rest = new ByteArrayOutputStream();
      drain(rest);
      if (gzip) {
        ByteBuffer trailer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        trailer.putInt((int) checksum.getValue()).putInt((int) deflater.getBytesRead());
        rest.writeBytes(trailer.array());
      }
      close();
      return JsBytes.outgoing(rest.toByteArray());
    }

    @HostAccess.Export
    public void close() {
      deflater.end();
    }

    private ByteBuffer drain(ByteArrayOutputStream output) {
      if (gzip && !headWritten) {
        headWritten = true;
        output.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff});
      }
      byte[] piece = new byte[PIECE_BYTES];
      for (int count = deflater.deflate(piece); count > 0; count = deflater.deflate(piece)) {
        output.write(piece, 0, count);
      }
      return JsBytes.outgoing(output.toByteArray());
    }
  }

  /// Bytes in, more bytes out. A damaged stream throws, as does one that goes on after its end.
  public static final class Decompressor {

    private final Inflater inflater;
    private final CRC32 checksum = new CRC32();
    private final boolean gzip;
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
    private boolean headRead;
    private boolean ended;

    Decompressor(String format) {
      gzip = format.equals("gzip");
      headRead = !gzip;
      inflater = new Inflater(!format.equals("deflate"));
    }

    @HostAccess.Export
    public ByteBuffer push(Value data) throws DataFormatException {
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      byte[] bytes = JsBytes.read(data);
      if (bytes.length > 0) {
        push(bytes, output);
      }
      return JsBytes.outgoing(output.toByteArray());
    }

    /// Checks that the stream had come to its end. The decompressor is closed.
    @HostAccess.Export
    public void finish() throws DataFormatException {
      boolean whole = inflater.finished() && (!gzip || ended);
      close();
      if (!whole) {
        throw new DataFormatException("Unexpected end of the compressed data.");
      }
    }

    @HostAccess.Export
    public void close() {
      inflater.end();
    }

    private void push(byte[] bytes, ByteArrayOutputStream output) throws DataFormatException {
      if (!headRead) {
        frame.writeBytes(bytes);
        int headBytes = headBytes(frame.toByteArray());
        if (headBytes < 0) {
          if (frame.size() > HEAD_BYTES_MAX) {
            throw new DataFormatException("The gzip header is longer than " + HEAD_BYTES_MAX + " bytes.");
          }
          return;
        }
        byte[] all = frame.toByteArray();
        frame.reset();
        headRead = true;
        inflate(all, headBytes, output);
      } else {
        inflate(bytes, 0, output);
      }
    }

    private void inflate(byte[] bytes, int from, ByteArrayOutputStream output) throws DataFormatException {
      if (!inflater.finished()) {
        inflater.setInput(bytes, from, bytes.length - from);
        byte[] piece = new byte[PIECE_BYTES];
        for (int count = inflater.inflate(piece); count > 0; count = inflater.inflate(piece)) {
          checksum.update(piece, 0, count);
          output.write(piece, 0, count);
        }
        if (inflater.needsDictionary()) {
          throw new DataFormatException("The compressed data asks for a dictionary.");
        }
        from = bytes.length - inflater.getRemaining();
      }
      if (inflater.finished() && from < bytes.length) {
        trailer(bytes, from);
      }
    }

    private void trailer(byte[] bytes, int from) throws DataFormatException {
      frame.write(bytes, from, bytes.length - from);
      if (!gzip || frame.size() > 8) {
        throw new DataFormatException("Trailing bytes after the end of the compressed data.");
      }
      if (frame.size() == 8) {
        ByteBuffer trailer = ByteBuffer.wrap(frame.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        if (trailer.getInt() != (int) checksum.getValue() || trailer.getInt() != (int) inflater.getBytesWritten()) {
          throw new DataFormatException("The compressed data does not match its checksum.");
        }
        ended = true;
      }
    }

    /// How long the member header at the start is, or -1 while it is not all there. RFC 1952, section 2.3.
    private static int headBytes(byte[] bytes) throws DataFormatException {
      if (bytes[0] != 0x1f || (bytes.length > 1 && bytes[1] != (byte) 0x8b) || (bytes.length > 2 && bytes[2] != 8)) {
        throw new DataFormatException("The data is not gzip.");
      }
      if (bytes.length < 10) {
        return -1;
      }
      int flags = bytes[3];
      int at = 10;
      if ((flags & 0xe0) != 0) {
        throw new DataFormatException("The gzip header has reserved flags.");
      }
      if ((flags & 4) != 0) {
        if (bytes.length < at + 2) {
          return -1;
        }
        at += 2 + (bytes[at] & 0xff) + ((bytes[at + 1] & 0xff) << 8);
      }
      for (int text = Integer.bitCount(flags & 0x18); text > 0; text--) {
        while (at < bytes.length && bytes[at] != 0) {
          at++;
        }
        at++;
      }
      at += (flags & 2) != 0 ? 2 : 0;
      return at <= bytes.length ? at : -1;
    }
  }
}
