package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/// A context with the web APIs and a simple host, for tests of the APIs alone. Work meant for other threads runs at once.
final class WebApis implements AutoCloseable {

  /// One for all tests, so that a script is parsed once.
  private static final Engine ENGINE = Engine.newBuilder("js").allowExperimentalOptions(true).option("engine.WarnInterpreterOnly", "false").build();

  private final Context context =
      Context.newBuilder("js")
          .engine(ENGINE)
          .allowExperimentalOptions(true)
          .option("js.async-context", "true")
          .option("js.text-encoding", "true")
          .option("js.foreign-object-prototype", "true")
          .allowHostAccess(HostAccess.newBuilder(HostAccess.EXPLICIT).allowBufferAccess(true).build())
          .build();
  private final RuntimeScripts scripts;
  private final Value install;

  WebApis() {
    this("({})");
  }

  /// @param host an expression: what the runtime's scripts see as `host`
  WebApis(String host) {
    scripts = new RuntimeScripts(context, context.eval("js", host), this::now);
    install =
        context.eval(
            "js",
            """
            (globals) => {
              for (const name of Object.keys(globals)) {
                let value, made = false;
                Object.defineProperty(globalThis, name, {
                  get() { if (!made) { value = globals[name](); made = true; } return value; },
                  set(other) { value = other; made = true; }, configurable: true, enumerable: false,
                });
              }
            }
            """);
    install.execute(scripts.require("globals"));
  }

  RuntimeScripts scripts() {
    return scripts;
  }

  Value eval(String script) {
    return context.eval("js", script);
  }

  boolean same(Value one, Value other) {
    return context.eval("js", "(a, b) => a === b").execute(one, other).asBoolean();
  }

  private Object now(Callable<?> work) {
    Value promise = context.eval("js", "Promise");
    try {
      return promise.invokeMember("resolve", work.call());
    } catch (Exception failure) {
      return promise.invokeMember("reject", context.eval("js", "(message) => new Error(message)").execute(failure.getMessage()));
    }
  }

  @Override
  public void close() {
    context.close(true);
  }

  /// Each row: an expression, and the text it must settle to (see [#settle]).
  static void check(String[]... rows) {
    checkWith("({})", rows);
  }

  /// As [#check], with a host.
  static void checkWith(String host, String[]... rows) {
    try (WebApis apis = new WebApis(host)) {
      assertAll(Stream.of(rows).map(row -> () -> assertEquals(row[1], apis.settle(row[0]), row[0])));
    }
  }

  static String[] row(String expression, String expected) {
    return new String[] {expression, expected};
  }

  /// What is left when the microtasks have run: the text of a script's value, of its promise's value, or `Name: message` of what it threw.
  String settle(String expression) {
    Value[] settled = new Value[1];
    ProxyExecutable done = arguments -> settled[0] = arguments[0];
    context
        .eval(
            "js",
            """
            (run, done) => {
              const text = (v) => typeof v === 'string' ? v : typeof v === 'bigint' || v === undefined || typeof v === 'symbol' ? String(v) : JSON.stringify(v);
              const failed = (e) => done(`${e?.name}: ${e?.message}`);
              try { Promise.resolve((0, eval)(run)).then((v) => done(text(v)), failed); } catch (e) { failed(e); }
            }
            """)
        .execute(expression, done);
    return settled[0] == null ? "pending" : settled[0].asString();
  }
}
