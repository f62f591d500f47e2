package dev.tenon.worker.wpt;

import dev.tenon.worker.Binding;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/// Evaluates files of web-platform-tests as classic scripts in the isolate that asks for it: a worker cannot do that for itself.
final class Scripts implements Binding.Capability {

  /// So that isolates share what is parsed.
  private final ConcurrentHashMap<String, Source> sources = new ConcurrentHashMap<>();
  private final Checkout checkout;
  private final Substitutions substitutions;

  Scripts(Checkout checkout, Substitutions substitutions) {
    this.checkout = checkout;
    this.substitutions = substitutions;
  }

  /// A script of the runner's own.
  static String own(String name) throws IOException {
    try (InputStream in = Scripts.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// Everything is done when it returns. The promise that the script gets is never settled: to settle it would be seen by tests that watch promises.
  ///
  /// - `script`, with a path as argument: runs the file. What it throws is reported at the global scope, as for a script element.
  /// - `expression`, with a text as argument: sets the global `wptValue` to its value.
  @Override
  public Future<Binding.Reply> call(Binding.Call call) {
    if (call.operation().equals("expression")) {
      Context.getCurrent().getBindings("js").putMember("wptValue", Context.getCurrent().eval("js", call.json()));
    } else {
      run(call.json());
    }
    return Future.future(_ -> { });
  }

  private void run(String path) {
    try {
      Context.getCurrent().eval(source(path));
    } catch (PolyglotException thrown) {
      if (!thrown.isGuestException() || thrown.isExit() || thrown.isCancelled() || thrown.isInterrupted()) {
        throw thrown;
      }
      Value globals = Context.getCurrent().getBindings("js");
      Value error = thrown.getGuestObject() == null ? globals.getMember("Error").newInstance(thrown.getMessage()) : thrown.getGuestObject();
      globals.getMember("reportError").executeVoid(error);
    }
  }

  private Source source(String path) {
    return sources.computeIfAbsent(path, key -> {
      try {
        String text = checkout.text(alias(key));
        return Source.newBuilder("js", key.contains(".sub.") ? substitutions.apply(text) : text, key).buildLiteral();
      } catch (IOException missing) {
        throw new UncheckedIOException(missing);
      }
    });
  }

  private static String alias(String path) {
    return path.equals("/resources/WebIDLParser.js") ? "/resources/webidl2/lib/webidl2.js" : path;
  }
}
