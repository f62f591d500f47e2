package dev.tenon.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeKeyTest {

  @TempDir
  Path directory;

  @Test
  void aKeyIsMadeOnceForItsOwnerOnly() throws IOException {
    Path file = directory.resolve("settings/node.key");
    NodeKey first = NodeKey.load(file);
    NodeKey second = NodeKey.load(file);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertArrayEquals(first.derive("a"), second.derive("a"));
    assertEquals(first.id(), second.id());
  }

  @Test
  void eachPurposeAndEachKeyGivesAnotherSecret() {
    NodeKey one = NodeKey.load(directory.resolve("one"));
    NodeKey other = NodeKey.load(directory.resolve("other"));
    assertEquals(32, one.derive("a").length);
    assertFalse(Arrays.equals(one.derive("a"), one.derive("b")));
    assertFalse(Arrays.equals(one.derive("a"), other.derive("a")));
    assertNotEquals(one.id(), other.id());
  }

  @Test
  void aKeyOthersMayReadIsRefused() throws IOException {
    Path file = directory.resolve("node.key");
    NodeKey.load(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    refuse(file, "secret file " + file + " – others may use it (rw-r-----) – run: chmod 600 " + file);
  }

  @Test
  void aFileWithoutAKeyIsRefused() throws IOException {
    Path file = directory.resolve("node.key");
    String sentence = "node key " + file + " – it does not hold 32 bytes in Base64 – put the right file back,"
        + " or remove it to start with a new key (every session then ends)";
    for (String text : new String[] {"", "not base64!", "AAAA"}) {
      SecretFile.write(file, text);
      refuse(file, sentence);
    }
  }

  private static void refuse(Path file, String sentence) {
    assertEquals(sentence, assertThrows(ControlException.class, () -> NodeKey.load(file)).getMessage());
  }
}
