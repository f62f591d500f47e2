package dev.tenon.worker;

import dev.tenon.bus.ExchangeContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Optional;

/// A capability handed to a worker by name, as a member of its `env`.
///
/// The JavaScript half is a script; the Java half is [Capability]. Between them cross only strings and bytes.
public sealed interface Binding {

  /// A string: `vars`, `.dev.vars`, secrets.
  record Text(String value) implements Binding {}

  /// A JSON value from `vars`; parsed once per isolate.
  record Json(String json) implements Binding {}

  /// Another component: `env.NAME.fetch(request)` makes an exchange with it, `env.NAME.method(…)` calls a method of it if it is a worker.
  ///
  /// @param entrypoint the worker's export that is meant; empty for the default one
  /// @param props JSON that the entrypoint sees as `ctx.props`; empty for none
  record Service(String component, String entrypoint, String props) implements Binding {

    public Service(String component) {
      this(component, "", "");
    }
  }

  /// The worker's own assets: `env.NAME.fetch(request)` answers as they do to a client.
  record Assets() implements Binding {}

  /// Anything else.
  ///
  /// @param script JavaScript: an expression that is a function `(host) => value`, evaluated once per isolate. `host.call(operation, json, bytes)` returns
  ///        a promise of `{ json, bytes, stream }`, where `bytes` is a Uint8Array or null and `stream` a byte ReadableStream or null.
  ///        A failed call rejects with an `Error` whose message is the throwable's.
  record Custom(String script, Capability capability) implements Binding {}

  /// The Java half of a [Custom] binding. Called on the isolate's Vert.x context; must not block it.
  @FunctionalInterface
  interface Capability {
    Future<Reply> call(Call call);
  }

  /// @param json the operation's arguments
  /// @param bytes binary argument, if one was given
  /// @param context of the request that made the call
  record Call(String operation, String json, Optional<Buffer> bytes, ExchangeContext context) {}

  /// @param json the result; `null` as text for none
  /// @param stream a body that arrives in pieces, paused; demand follows the JavaScript reader
  record Reply(String json, Optional<Buffer> bytes, Optional<ReadStream<Buffer>> stream) {
    public static Reply json(String json) {
      return new Reply(json, Optional.empty(), Optional.empty());
    }
  }
}
