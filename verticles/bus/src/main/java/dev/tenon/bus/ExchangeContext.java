package dev.tenon.bus;

import dev.tenon.bus.identity.Identity;
import java.util.Optional;

/// What travels beside a request: until when, for whom, in which trace, which attempt, which version, and whether it is
/// still wanted. A call made while serving an exchange is made with that exchange's [#child()].
///
/// @param caller the component that calls; empty for the edge and for the node itself
public record ExchangeContext(
    Deadline deadline,
    Optional<Identity> identity,
    TraceContext trace,
    int attempt,
    Optional<String> version,
    Cancellation cancellation,
    Optional<Caller> caller) {

  /// A context of a call that no component makes.
  public ExchangeContext(
      Deadline deadline, Optional<Identity> identity, TraceContext trace, int attempt, Optional<String> version, Cancellation cancellation) {
    this(deadline, identity, trace, attempt, version, cancellation, Optional.empty());
  }

  /// A context that starts here: nobody known, a new trace, first attempt, any version.
  public static ExchangeContext start(Deadline deadline) {
    return new ExchangeContext(deadline, Optional.empty(), TraceContext.start(), 1, Optional.empty(), new Cancellation());
  }

  /// For a call to another component on behalf of this exchange: same deadline, identity and trace; a cancellation of
  /// its own, which this one's cancellation triggers. Its caller is whoever makes it.
  public ExchangeContext child() {
    return new ExchangeContext(deadline, identity, trace.child(), 1, Optional.empty(), cancellation.child());
  }

  public ExchangeContext withIdentity(Identity who) {
    return new ExchangeContext(deadline, Optional.of(who), trace, attempt, version, cancellation, caller);
  }

  public ExchangeContext withDeadline(Deadline earlier) {
    return new ExchangeContext(deadline.min(earlier), identity, trace, attempt, version, cancellation, caller);
  }

  public ExchangeContext withVersion(String chosen) {
    return new ExchangeContext(deadline, identity, trace, attempt, Optional.of(chosen), cancellation, caller);
  }

  public ExchangeContext withCaller(Caller who) {
    return new ExchangeContext(deadline, identity, trace, attempt, version, cancellation, Optional.of(who));
  }

  public ExchangeContext nextAttempt() {
    return new ExchangeContext(deadline, identity, trace, attempt + 1, version, cancellation, caller);
  }

  /// The same exchange as its handler sees it: what cancels the caller cancels the handler's work, and not the other way round.
  ExchangeContext forHandler() {
    return new ExchangeContext(deadline, identity, trace, attempt, version, cancellation.child(), caller);
  }
}
