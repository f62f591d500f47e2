package dev.tenon.worker;

import dev.tenon.worker.config.Compatibility;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;

/// What the runtime's scripts see as `host`: the network, the clock, an alarm and the log. One per isolate.
public final class HostRuntime {

  /// How the engine shows a promise.
  private static final Pattern PROMISE = Pattern.compile("Promise\\{\\[\\[PromiseStatus]]: \"(?<state>\\w+)\", \\[\\[PromiseValue]]: (?<value>.*)}", Pattern.DOTALL);

  private final Isolate isolate;
  private final HostRpc rpc;
  private final long startNanos = System.nanoTime();

  HostRuntime(Isolate isolate) {
    this.isolate = isolate;
    this.rpc = new HostRpc(isolate);
  }

  /// Starts an outgoing request for the invocation that the calling code works for.
  ///
  /// @param target null for the network, otherwise the component behind a service binding
  /// @param url absolute, serialised
  /// @param headers see [HeaderText]
  /// @param bodyKind 0 none, 1 `body` is a string or bytes, 2 a stream that is written to the returned call, of as many bytes as the number `body` says, -1 for unknown
  /// @return null outside of an invocation, where no request may be made
  @HostAccess.Export
  public HostCall fetch(String target, String method, String url, String headers, int bodyKind, Value body) {
    Invocation invocation = isolate.currentInvocation();
    return invocation == null
        ? null
        : HostCall.start(isolate, invocation, isolate.reach().fetcher(target), Outgoing.of(method, url, headers, bodyKind, body));
  }

  /// Whether a compatibility flag is on for this worker.
  @HostAccess.Export
  public boolean hasFlag(String flag) {
    return isolate.definition().hasFlag(flag);
  }

  /// Method calls between workers.
  @HostAccess.Export
  public HostRpc rpc() {
    return rpc;
  }

  /// Asks for `timers.js` to be called after `delay` milliseconds, at least 0. A new alarm replaces the last one; a negative delay only cancels it.
  @HostAccess.Export
  public void setAlarm(double delay) {
    isolate.alarm().set(delay);
  }

  /// Milliseconds since 1970, whole.
  @HostAccess.Export
  public double now() {
    return System.currentTimeMillis();
  }

  /// Milliseconds since the isolate was made, with a fraction; monotonic.
  @HostAccess.Export
  public double performanceNow() {
    return (System.nanoTime() - startNanos) / 1e6;
  }

  /// When the running slice began, on the clock of [#performanceNow()].
  @HostAccess.Export
  public double sliceStart() {
    return (isolate.slice().startedNanos() - startNanos) / 1e6;
  }

  /// The compatibility flags that are known, each after `+` where it is on and `-` where it is off, joined by line ends.
  @HostAccess.Export
  public String compatibilityFlags() {
    WorkerDefinition worker = isolate.definition();
    return Compatibility.states(worker.compatibilityDate(), worker.compatibilityFlags()).entrySet().stream()
        .map(flag -> (flag.getValue() ? "+" : "-") + flag.getKey())
        .collect(Collectors.joining("\n"));
  }

  /// What `caches` stands on.
  @HostAccess.Export
  public HostCaches caches() {
    return new HostCaches(isolate, isolate.responseCache());
  }

  /// Whether the console shows values in colours.
  @HostAccess.Export
  public boolean colours() {
    return isolate.coloursLog();
  }

  /// @param level an ordinal of [WorkerLog.Level]
  @HostAccess.Export
  public void log(int level, String text) {
    isolate.log(WorkerLog.Level.values()[level], text);
  }

  /// Frames of a stack trace as the user's own sources name their places.
  @HostAccess.Export
  public String mapStack(String stack) {
    return isolate.stacks().map(stack);
  }

  /// What became of a promise: `[kind]`, `[kind, value]` or, where the value is an object, `[kind, null, text]`; the kind is `pending`, `fulfilled` or
  /// `rejected`.
  @HostAccess.Export
  public ProxyArray promiseState(Value promise) {
    Matcher shown = PROMISE.matcher(promise.toString());
    if (!shown.matches()) {
      return ProxyArray.fromArray("fulfilled", null, "<settled>");
    }
    String kind = switch (shown.group("state")) {
      case "pending" -> "pending";
      case "rejected" -> "rejected";
      default -> "fulfilled";
    };
    if (kind.equals("pending")) {
      return ProxyArray.fromArray(kind);
    }
    String value = shown.group("value");
    return value.matches("-?\\d+(\\.\\d+)?") ? ProxyArray.fromArray(kind, Double.parseDouble(value))
        : value.equals("true") || value.equals("false") ? ProxyArray.fromArray(kind, Boolean.parseBoolean(value))
        : value.equals("null") ? ProxyArray.fromArray(kind, null)
        : value.equals("undefined") ? ProxyArray.fromArray(kind)
        : value.startsWith("\"") ? ProxyArray.fromArray(kind, value.substring(1, value.length() - 1).translateEscapes())
        : ProxyArray.fromArray(kind, null, value);
  }

  /// Logs something thrown that nobody caught.
  @HostAccess.Export
  public void uncaught(String where, Value error) {
    isolate.logError(where + isolate.guestError(error).stack());
  }
}
