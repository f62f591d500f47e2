package dev.tenon.worker;

import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// What an isolate holds of something that another one, or it itself, has given away. Let go of when its invocation is over, and nothing that the invocation has itself given away is
/// held any more.
public final class HostStub {

  private final Isolate isolate;
  private final String name;
  private final long given;
  private boolean released;

  /// @param counted whether the giver has counted it already
  private HostStub(Isolate isolate, String name, long given, boolean counted) {
    this.isolate = isolate;
    this.name = name;
    this.given = given;
    if (!counted) {
      GivenAway.count(name, given, 1);
    }
    Invocation invocation = isolate.currentInvocation();
    if (invocation != null) {
      invocation.onLetGo(this::release);
    }
  }

  static HostStub received(Isolate isolate, String name, long given) {
    return new HostStub(isolate, name, given, true);
  }

  @HostAccess.Export
  public String isolate() {
    return name;
  }

  @HostAccess.Export
  public double given() {
    return given;
  }

  /// A promise of a [HostReply]; null outside of an invocation.
  @HostAccess.Export
  public Object call(String json, Value bytes) {
    return HostRpc.call(isolate, json, bytes, (message, context) -> GivenAway.call(name, given, message, context).map(answer -> new HostRpc.Answer(answer, false)));
  }

  /// Another one of its own.
  @HostAccess.Export
  public HostStub duplicate() {
    return new HostStub(isolate, name, given, false);
  }

  /// It is handed on: whoever receives it is counted.
  @HostAccess.Export
  public void handedOn() {
    GivenAway.count(name, given, 1);
  }

  @HostAccess.Export
  public void release() {
    if (!released) {
      released = true;
      GivenAway.count(name, given, -1);
    }
  }
}
