package dev.tenon.worker.esbuild;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PacketTest {

  private static DataInputStream in(byte... bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  @Test
  void everyKindOfValueComesBack() throws Exception {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("nothing", null);
    value.put("flag", true);
    value.put("number", 0x01020304);
    value.put("text", "grüße");
    value.put("list", List.of(1, "two", List.of(), Map.of("a", false)));
    for (boolean request : new boolean[] {true, false}) {
      assertEquals(Optional.of(new Packet(7, request, value)), Packet.read(in(new Packet(7, request, value).encode())));
    }
    Packet bytes = Packet.read(in(new Packet(1, true, new byte[] {1, 2}).encode())).orElseThrow();
    assertArrayEquals(new byte[] {1, 2}, (byte[]) bytes.value());
  }

  @Test
  void wireIsEsbuilds() {
    assertArrayEquals(new byte[] {10, 0, 0, 0, 6, 0, 0, 0, 3, 1, 0, 0, 0, 'a'}, new Packet(3, true, "a").encode());
    assertArrayEquals(new byte[] {6, 0, 0, 0, 7, 0, 0, 0, 1, 1}, new Packet(3, false, true).encode());
  }

  @Test
  void endAndBrokenPacketsAreToldApart() throws Exception {
    assertEquals(Optional.empty(), Packet.read(in()));
    assertThrows(EOFException.class, () -> Packet.read(in(Arrays.copyOf(new Packet(1, true, "abc").encode(), 9))));
    IOException tooLong = assertThrows(IOException.class, () -> Packet.read(in((byte) -1, (byte) -1, (byte) -1, (byte) -1)));
    assertEquals("esbuild: a packet of 4294967295 bytes is not one of its protocol", tooLong.getMessage());
    IOException unknown = assertThrows(IOException.class, () -> Packet.read(in((byte) 5, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 9)));
    assertEquals("esbuild: a value of kind 9 is not one of its protocol", unknown.getMessage());
  }
}
