package dev.tenon.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SealerTest {

  private static final byte[] SECRET = "the secret".getBytes(StandardCharsets.UTF_8);

  private final Sealer sealer = new Sealer(key(1));

  @Test
  void whatIsSealedOpensForItsPurpose() {
    byte[] sealed = sealer.seal("purpose", SECRET);
    assertArrayEquals(SECRET, sealer.open("purpose", sealed).orElseThrow());
    assertArrayEquals(SECRET, new Sealer(key(1)).open("purpose", sealed).orElseThrow());
    assertArrayEquals(new byte[0], sealer.open("empty", sealer.seal("empty", new byte[0])).orElseThrow());
  }

  @Test
  void itOpensForNothingElse() {
    byte[] sealed = sealer.seal("purpose", SECRET);
    assertEquals(Optional.empty(), sealer.open("another purpose", sealed));
    assertEquals(Optional.empty(), new Sealer(key(2)).open("purpose", sealed));
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertEquals(Optional.empty(), sealer.open("purpose", changed), "byte " + i);
    }
    for (int length = 0; length < sealed.length; length++) {
      assertEquals(Optional.empty(), sealer.open("purpose", Arrays.copyOf(sealed, length)), length + " bytes");
    }
  }

  @Test
  void theSameTwiceDoesNotLookTheSame() {
    assertFalse(Arrays.equals(sealer.seal("purpose", SECRET), sealer.seal("purpose", SECRET)));
  }

  @Test
  void aShortKeyIsRefused() {
    assertEquals("sealing key – it has 16 bytes – give 32",
        assertThrows(IllegalArgumentException.class, () -> new Sealer(new byte[16])).getMessage());
  }

  private static byte[] key(int fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return key;
  }
}
