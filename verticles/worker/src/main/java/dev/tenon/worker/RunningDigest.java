package dev.tenon.worker;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// A digest or a checksum that is fed piece by piece. Checksums are written with the most significant byte first.
public final class RunningDigest {

  private final Consumer<byte[]> update;
  private final Supplier<byte[]> finish;

  private RunningDigest(Consumer<byte[]> update, Supplier<byte[]> finish) {
    this.update = update;
    this.finish = finish;
  }

  static RunningDigest of(String name) throws GeneralSecurityException {
    return switch (name) {
      case "crc32" -> sum(new CRC32(), Integer.BYTES);
      case "crc32c" -> sum(new CRC32C(), Integer.BYTES);
      case "crc64nvme" -> sum(new Crc64Nvme(), Long.BYTES);
      default -> {
        MessageDigest digest = MessageDigest.getInstance(name);
        yield new RunningDigest(digest::update, digest::digest);
      }
    };
  }

  private static RunningDigest sum(Checksum sum, int bytes) {
    return new RunningDigest(
        sum::update,
        () -> bytes == Integer.BYTES
            ? ByteBuffer.allocate(bytes).putInt((int) sum.getValue()).array()
            : ByteBuffer.allocate(bytes).putLong(sum.getValue()).array());
  }

  @HostAccess.Export
  public void update(Value data) {
    update.accept(JsBytes.read(data));
  }

  @HostAccess.Export
  public ByteBuffer finish() {
    return JsBytes.outgoing(finish.get());
  }

  /// The checksum that S3 calls CRC64NVME: reflected, polynomial 0xad93d23594c93659, all ones before and after.
  private static final class Crc64Nvme implements Checksum {

    private static final long REFLECTED = Long.reverse(0xad93d23594c93659L);
    private static final long[] TABLE = table();

    private long state = -1;

    private static long[] table() {
      long[] table = new long[256];
      for (int index = 0; index < table.length; index++) {
        long rest = index;
        for (int bit = 0; bit < 8; bit++) {
          rest = (rest & 1) == 0 ? rest >>> 1 : rest >>> 1 ^ REFLECTED;
        }
        table[index] = rest;
      }
      return table;
    }

    @Override
    public void update(int octet) {
      state = TABLE[(int) (state ^ octet) & 0xff] ^ state >>> 8;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
      for (int i = offset; i < offset + length; i++) {
        update(bytes[i]);
      }
    }

    @Override
    public long getValue() {
      return ~state;
    }

    @Override
    public void reset() {
      state = -1;
    }
  }
}
