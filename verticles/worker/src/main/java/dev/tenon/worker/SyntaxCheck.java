package dev.tenon.worker;

import dev.tenon.worker.WorkerDefinition.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.FileSystem;

/// Whether JavaScript can be parsed by the engine that will run it.
final class SyntaxCheck {

  private SyntaxCheck() {}

  static boolean parses(String text, Format format) {
    String type = switch (format) {
      case MODULES -> "application/javascript+module";
      case SERVICE_WORKER -> "application/javascript";
    };
    // A context like every other: the engine settles with its first one how host objects are seen by all.
    try (Context context = JavaScriptEngine.newContext(FileSystem.newDenyIOFileSystem())) {
      context.parse(Source.newBuilder("js", text, "worker").mimeType(type).cached(false).build());
      return true;
    } catch (PolyglotException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
