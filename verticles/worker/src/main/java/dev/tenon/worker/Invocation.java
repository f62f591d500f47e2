package dev.tenon.worker;

import dev.tenon.bus.Deadline;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.Failure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// One event given to a worker: a request, a scheduled time. What the event's handler starts belongs to it, is counted against its limits, and ends
/// with it: the invocation is over when its answer is complete and what it handed to `waitUntil` has settled.
///
/// JavaScript knows the invocation it works for through every `await`. Used on the isolate's thread only.
public abstract class Invocation {

  final Isolate isolate;

  /// Neighbours in the isolate's list of open invocations.
  Invocation previous;
  Invocation next;

  /// Processor time used in slices that have ended.
  long cpuNanos;

  private final ExchangeContext context;
  private int subrequests;
  private int connections;
  private ArrayDeque<Runnable> waitingForConnection;
  private List<Runnable> endings;
  private int background;
  private int holds;
  private boolean bounded;
  private boolean hasTimers;
  private boolean over;
  private int given;
  private List<Runnable> stubs;

  Invocation(Isolate isolate, ExchangeContext context) {
    this.isolate = isolate;
    this.context = context;
  }

  /// A `waitUntil` promise is pending.
  @HostAccess.Export
  public void backgroundStarted() {
    background++;
  }

  /// A `waitUntil` promise has settled.
  @HostAccess.Export
  public void backgroundEnded() {
    background--;
    overIfComplete();
  }

  /// A `waitUntil` promise was rejected.
  @HostAccess.Export
  public void backgroundFailed() {
    backgroundEnded();
  }

  /// JavaScript has set a timer for this invocation.
  @HostAccess.Export
  public void timerSet() {
    hasTimers = true;
  }

  /// Something of this invocation was given to another isolate.
  @HostAccess.Export
  public void gave() {
    given++;
  }

  /// Nobody holds it any more.
  @HostAccess.Export
  public void tookBack() {
    given--;
    if (over && given == 0) {
      letGo();
    }
  }

  /// The running slice works for this invocation from here on.
  @HostAccess.Export
  public void charge() {
    isolate.slice().charge(this);
  }

  @HostAccess.Export
  public boolean isOver() {
    return over;
  }

  /// The handler threw, or its promise was rejected.
  @HostAccess.Export
  public abstract void fail(Value error);

  /// Whether the answer is complete, as far as this invocation can do anything for it.
  abstract boolean answered();

  /// Whether the handler has produced nothing yet that its caller could go on with.
  abstract boolean waitingForHead();

  /// Whether the handler waits for nothing but promises of its own: if none of those can settle, it will never answer.
  boolean hangsWithoutPromises() {
    return waitingForHead();
  }

  /// Whether nobody waits for the answer any more. From any thread.
  final boolean isUnwanted() {
    return context.cancellation().cancelled() || context.deadline().passed() && waitingForHead();
  }

  /// Ends the answer with a failure, if it is not complete.
  abstract void abandon(Failure failure);

  final ExchangeContext context() {
    return context;
  }

  /// The context of a call made on behalf of this invocation. A call made when the answer already streams, or in the background, is not bound by the
  /// deadline of the answer's head.
  final ExchangeContext callContext() {
    ExchangeContext child = context.child();
    return waitingForHead()
        ? child
        : new ExchangeContext(Deadline.after(Deadline.DEFAULT), child.identity(), child.trace(), child.attempt(), child.version(), child.cancellation());
  }

  /// Counts a subrequest.
  ///
  /// @return false when there have been too many
  final boolean countSubrequest() {
    return ++subrequests <= isolate.definition().limits().subrequests();
  }

  /// Runs `start` when fewer than the limit of outgoing calls wait for their response; at once, or later.
  final void withConnection(Runnable start) {
    if (connections < isolate.definition().limits().connections()) {
      connections++;
      start.run();
    } else {
      if (waitingForConnection == null) {
        waitingForConnection = new ArrayDeque<>();
      }
      waitingForConnection.add(start);
    }
  }

  final void connectionFreed() {
    Runnable start = waitingForConnection == null ? null : waitingForConnection.poll();
    if (start == null) {
      connections--;
    } else {
      start.run();
    }
  }

  /// Runs `ending` when this invocation is over.
  final void onOver(Runnable ending) {
    if (endings == null) {
      endings = new ArrayList<>(2);
    }
    endings.add(ending);
  }

  /// Whether other isolates hold something of this invocation.
  final boolean mayBeCalled() {
    return given > 0;
  }

  /// Runs `release` when this invocation needs what it has received of other isolates no longer.
  final void onLetGo(Runnable release) {
    if (stubs == null) {
      stubs = new ArrayList<>(2);
    }
    stubs.add(release);
  }

  /// Whether what was given away may use what was received, and so keeps it when this invocation is over.
  boolean livesOnInWhatItGave() {
    return false;
  }

  private void letGo() {
    List<Runnable> held = stubs;
    stubs = null;
    if (held != null) {
      held.forEach(Runnable::run);
    }
  }

  final void forgetOnOver(Runnable ending) {
    if (endings != null) {
      endings.remove(ending);
    }
  }

  /// Something that may go on for as long as it likes belongs to this invocation: a WebSocket.
  final void held() {
    holds++;
  }

  final void released() {
    holds--;
    overIfComplete();
  }

  /// A new event has come for this invocation, which may use what a new invocation may.
  final void renewed() {
    cpuNanos = 0;
    subrequests = 0;
  }

  /// Ends this invocation if nothing is left of it.
  final void overIfComplete() {
    if (over || holds > 0 || !answered()) {
      return;
    }
    if (background > 0) {
      if (!bounded) {
        bounded = true;
        isolate.boundBackground(this);
      }
    } else {
      finish();
    }
  }

  /// Ends this invocation whatever is left of it.
  final void finish() {
    if (over) {
      return;
    }
    over = true;
    waitingForConnection = null;
    List<Runnable> toRun = endings;
    endings = null;
    if (toRun != null) {
      toRun.forEach(Runnable::run);
    }
    if (given == 0 || !livesOnInWhatItGave()) {
      letGo();
    } else if (stubs != null) {
      isolate.afterBackground(this::letGo);
    }
    isolate.over(this, hasTimers);
  }
}
