package dev.tenon.worker;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// One stream being compressed. [#close] frees the native memory; a [java.lang.ref.Cleaner] inside [Deflater] does so for streams that are dropped.
public final class Deflation {

  private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};

  private final Deflater deflater;
  private final CRC32 crc;
  private boolean headerWritten;
  private long length;

  Deflation(String format) {
    deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, !format.equals("deflate"));
    crc = format.equals("gzip") ? new CRC32() : null;
  }

  /// The compressed bytes that are ready after these, perhaps none.
  @HostAccess.Export
  public Object write(Value buffer, int offset, int count) {
    byte[] bytes = JsBytes.read(buffer, offset, count);
    ByteArrayOutputStream out = new ByteArrayOutputStream(count / 2 + 64);
    if (crc != null) {
      writeHeader(out);
      crc.update(bytes);
      length += count;
    }
    deflater.setInput(bytes);
    drain(out);
    return JsBytes.outgoing(out.toByteArray());
  }

  /// The last compressed bytes.
  @HostAccess.Export
  public Object finish() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    if (crc != null) {
      writeHeader(out);
    }
    deflater.finish();
    drain(out);
    if (crc != null) {
      writeLittleEndian(out, crc.getValue());
      writeLittleEndian(out, length);
    }
    close();
    return JsBytes.outgoing(out.toByteArray());
  }

  @HostAccess.Export
  public void close() {
    deflater.end();
  }

  private void writeHeader(ByteArrayOutputStream out) {
    if (!headerWritten) {
      headerWritten = true;
      out.writeBytes(GZIP_HEADER);
    }
  }

  private void drain(ByteArrayOutputStream out) {
    byte[] piece = new byte[16 * 1024];
    int count;
    while ((count = deflater.deflate(piece)) > 0) {
      out.write(piece, 0, count);
    }
  }

  private static void writeLittleEndian(ByteArrayOutputStream out, long value) {
    for (int shift = 0; shift < 32; shift += 8) {
      out.write((int) (value >>> shift) & 0xff);
    }
  }
}
