package dev.tenon.worker.esbuild;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One message to or from esbuild: a length, an id with the direction in its lowest bit, and a value.
///
/// Values are `null`, [Boolean], [Integer], [String], `byte[]`, [List] and [Map] with text keys; numbers are little-endian.
///
/// @see <a href="https://github.com/evanw/esbuild/blob/main/lib/shared/stdio_protocol.ts">esbuild's protocol</a>
record Packet(int id, boolean request, Object value) {

  /// The most esbuild may send at once; a worker's whole bundle with its source map travels in one packet.
  private static final int BYTES_MAX = 1 << 30;

  byte[] encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    writeInt(out, 0);
    writeInt(out, id << 1 | (request ? 0 : 1));
    write(out, value);
    byte[] bytes = out.toByteArray();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(0, bytes.length - 4);
    return bytes;
  }

  /// The next packet, or empty at the end of the stream.
  static Optional<Packet> read(DataInputStream in) throws IOException {
    Optional<byte[]> bytes = readPrefixed(in);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes.get()).order(ByteOrder.LITTLE_ENDIAN);
    int id = buffer.getInt();
    return Optional.of(new Packet(id >>> 1, (id & 1) == 0, read(buffer)));
  }

  /// Bytes preceded by their length, or empty at the end of the stream.
  static Optional<byte[]> readPrefixed(DataInputStream in) throws IOException {
    int length;
    try {
      length = Integer.reverseBytes(in.readInt());
    } catch (EOFException e) {
      return Optional.empty();
    }
    if (length < 0 || length > BYTES_MAX) {
      throw new IOException("esbuild: a packet of " + Integer.toUnsignedString(length) + " bytes is not one of its protocol");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return Optional.of(bytes);
  }

  private static void write(ByteArrayOutputStream out, Object value) {
    switch (value) {
      case null -> out.write(0);
      case Boolean flag -> {
        out.write(1);
        out.write(flag ? 1 : 0);
      }
      case Integer number -> {
        out.write(2);
        writeInt(out, number);
      }
      case String text -> {
        out.write(3);
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
      }
      case byte[] bytes -> {
        out.write(4);
        writeBytes(out, bytes);
      }
      case List<?> list -> {
        out.write(5);
        writeInt(out, list.size());
        list.forEach(item -> write(out, item));
      }
      case Map<?, ?> map -> {
        out.write(6);
        writeInt(out, map.size());
        map.forEach((key, item) -> {
          writeBytes(out, key.toString().getBytes(StandardCharsets.UTF_8));
          write(out, item);
        });
      }
      default -> throw new IllegalArgumentException("esbuild's protocol has no " + value.getClass().getName());
    }
  }

  private static void writeBytes(ByteArrayOutputStream out, byte[] bytes) {
    writeInt(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void writeInt(ByteArrayOutputStream out, int number) {
    out.write(number);
    out.write(number >>> 8);
    out.write(number >>> 16);
    out.write(number >>> 24);
  }

  private static Object read(ByteBuffer in) throws IOException {
    byte tag = in.get();
    return switch (tag) {
      case 0 -> null;
      case 1 -> in.get() != 0;
      case 2 -> in.getInt();
      case 3 -> new String(bytes(in), StandardCharsets.UTF_8);
      case 4 -> bytes(in);
      case 5 -> {
        int size = in.getInt();
        List<Object> list = new ArrayList<>(Math.min(size, in.remaining()));
        for (int i = 0; i < size; i++) {
          list.add(read(in));
        }
        yield list;
      }
      case 6 -> {
        int size = in.getInt();
        Map<String, Object> map = LinkedHashMap.newLinkedHashMap(Math.min(size, in.remaining()));
        for (int i = 0; i < size; i++) {
          map.put(new String(bytes(in), StandardCharsets.UTF_8), read(in));
        }
        yield map;
      }
      default -> throw new IOException("esbuild: a value of kind " + tag + " is not one of its protocol");
    };
  }

  private static byte[] bytes(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return bytes;
  }
}
