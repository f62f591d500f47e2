package dev.tenon.worker;

import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// How `bootstrap.js` says that the worker's top level has run. Used once, while an isolate starts.
public final class HostStart {

  private final Isolate isolate;

  HostStart(Isolate isolate) {
    this.isolate = isolate;
  }

  @HostAccess.Export
  public void succeeded() {
    isolate.startSucceeded();
  }

  @HostAccess.Export
  public void failed(Value error) {
    isolate.startFailed(isolate.guestError(error));
  }
}
