package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.worker.WorkerDefinition.Format;
import java.nio.ByteBuffer;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.io.FileSystem;
import org.junit.jupiter.api.Test;

class SyntaxCheckTest {

  @Test
  void whatParsesDependsOnTheFormat() {
    assertTrue(SyntaxCheck.parses("export default {};", Format.MODULES));
    assertFalse(SyntaxCheck.parses("export default {};", Format.SERVICE_WORKER));
    assertFalse(SyntaxCheck.parses("function (", Format.SERVICE_WORKER));
  }

  @Test
  void aContextMadeAfterwardsStillReadsHostBuffers() {
    SyntaxCheck.parses("export default {};", Format.MODULES);
    try (Context context = JavaScriptEngine.newContext(FileSystem.newDefaultFileSystem())) {
      assertTrue(context.asValue(ByteBuffer.wrap(new byte[3])).hasBufferElements());
      assertEquals(3, context.eval("js", "(bytes) => ArrayBuffer.prototype.slice.call(bytes, 0).byteLength").execute(ByteBuffer.wrap(new byte[3])).asInt());
    }
  }
}
