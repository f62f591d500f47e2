package dev.tenon.worker;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/// A worker's bindings as `env.js` sees them. One per isolate.
public final class HostBindings {

  private final Isolate isolate;
  private final Context context;
  private final Map<String, Binding> bindings;

  HostBindings(Isolate isolate, Context context) {
    this.isolate = isolate;
    this.context = context;
    this.bindings = isolate.definition().bindings();
  }

  /// The bindings' names, joined by line ends.
  @HostAccess.Export
  public String names() {
    return String.join("\n", bindings.keySet());
  }

  /// `text`, `json`, `service`, `assets` or `custom`.
  @HostAccess.Export
  public String kind(String name) {
    return switch (bindings.get(name)) {
      case Binding.Text _ -> "text";
      case Binding.Json _ -> "json";
      case Binding.Service _ -> "service";
      case Binding.Assets _ -> "assets";
      case Binding.Custom _ -> "custom";
    };
  }

  /// The text, the JSON text, or the target of a service binding.
  @HostAccess.Export
  public String value(String name) {
    return switch (bindings.get(name)) {
      case Binding.Text(String value) -> value;
      case Binding.Json(String json) -> json;
      case Binding.Service service -> EntrypointTarget.of(service).text();
      case Binding.Assets _, Binding.Custom _ -> "";
    };
  }

  /// The function that a custom binding's script is.
  @HostAccess.Export
  public Object script(String name) {
    return context.eval(Source.newBuilder("js", custom(name).script(), "tenon:binding/" + name).internal(true).buildLiteral());
  }

  /// Calls a custom binding's Java half.
  ///
  /// @return a promise of a [HostReply]; null outside of an invocation
  @HostAccess.Export
  public Object call(String name, String operation, String json, Value bytes) {
    Invocation invocation = isolate.currentInvocation();
    if (invocation == null) {
      return null;
    }
    Optional<Buffer> argument = bytes.isNull() ? Optional.empty() : Optional.of(JsBytes.buffer(bytes));
    Binding.Call call = new Binding.Call(operation, json, argument, invocation.callContext());
    return isolate.promises().promise(invocation, call(custom(name), call), reply -> new HostReply(isolate, invocation, reply));
  }

  private static Future<Binding.Reply> call(Binding.Custom binding, Binding.Call call) {
    try {
      return binding.capability().call(call);
    } catch (RuntimeException refused) {
      return Future.failedFuture(refused);
    }
  }

  private Binding.Custom custom(String name) {
    return bindings.get(name) instanceof Binding.Custom custom ? custom : missing(name);
  }

  private static Binding.Custom missing(String name) {
    throw new IllegalArgumentException("binding " + name + " has no Java half");
  }
}
