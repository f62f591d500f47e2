package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RuntimeScriptsTest {

  private static WebApis apis;

  @BeforeAll
  static void open() {
    apis = new WebApis();
  }

  @AfterAll
  static void close() {
    apis.close();
  }

  @Test
  void fileIsRunOncePerIsolate() {
    Value once = apis.scripts().require("bytes");
    assertTrue(apis.same(once, apis.scripts().require("bytes")));
  }

  @Test
  void missingFileIsNamed() {
    Exception failure = assertThrows(RuntimeException.class, () -> apis.scripts().require("nowhere"));
    assertTrue(failure.getMessage().contains("the runtime has no script js/nowhere.js"), failure.getMessage());
  }

  @Test
  void primordialsOutliveWhatUserCodeDoesToPrototypes() {
    try (WebApis other = new WebApis()) {
      other.eval("ArrayBuffer.prototype.slice = null; Promise.prototype.then = null;");
      assertEquals(3, other.scripts().require("bytes").invokeMember("receive", JsBytes.outgoing(new byte[3])).getBufferSize());
    }
  }

  @Test
  void bytesCrossInBothDirections() {
    byte[] bytes = {0, 1, -1, 127, -128};
    Value received = apis.scripts().require("bytes").invokeMember("receive", JsBytes.outgoing(Buffer.buffer(bytes)));
    assertArrayEquals(bytes, JsBytes.read(received));
    assertArrayEquals(new byte[] {1, -1}, JsBytes.read(apis.eval("(b) => new DataView(b, 1, 2)").execute(received)));
    assertArrayEquals(new byte[] {-1, 127, -128}, JsBytes.read(apis.eval("(b) => new Uint8Array(b, 2)").execute(received)));
    assertThrows(IllegalArgumentException.class, () -> JsBytes.read(apis.eval("({})")));
    assertThrows(IllegalArgumentException.class, () -> JsBytes.read(apis.eval("3")));
  }
}
