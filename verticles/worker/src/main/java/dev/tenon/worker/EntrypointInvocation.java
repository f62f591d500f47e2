package dev.tenon.worker;

import dev.tenon.bus.ExchangeContext;
import org.graalvm.polyglot.HostAccess;

/// An event for one of the worker's entrypoints.
public abstract class EntrypointInvocation extends Invocation {

  private final EntrypointTarget target;

  /// @param target null for the default entrypoint without props, where nobody asks for them
  EntrypointInvocation(Isolate isolate, ExchangeContext context, EntrypointTarget target) {
    super(isolate, context);
    this.target = target;
  }

  /// Empty for the default one.
  @HostAccess.Export
  public String entrypoint() {
    return target.entrypoint();
  }

  @HostAccess.Export
  public String props() {
    return target.props();
  }
}
