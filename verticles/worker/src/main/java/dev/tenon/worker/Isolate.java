package dev.tenon.worker;

import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One GraalJS context in which a worker runs.
///
/// 1. Guest code is entered only by [#run], and only on the thread of the Vert.x context that owns the isolate – but for its start, which happens on one
///    other thread before anybody else knows the isolate.
/// 2. Everything that guest code starts belongs to an [Invocation]; when the invocation is over, nothing of it runs on.
/// 3. When a limit is overrun, the guest context is closed in the middle of whatever it does, every open invocation fails, and the isolate is dead for good.
final class Isolate {

  private static final Logger LOG = LoggerFactory.getLogger(Isolate.class);

  /// What a single slice may allocate, in multiples of the worker's memory budget. Garbage counts, so this is generous: it is meant for code that does
  /// nothing but allocate.
  private static final int ALLOCATION_FACTOR = 64;

  /// What code may take that a developer steps through.
  private static final Duration UNBOUNDED = Duration.ofDays(365);

  private final ContextInternal owner;
  private final WorkerDefinition definition;
  private final Surroundings surroundings;
  private final StackMap stacks;
  private final Slice slice;
  private final SliceWeights weights;
  private final Overrun overrun;
  private final Alarm alarm;
  private final Reach reach;
  private final OpenInvocations open;
  private final Context context;
  private final Optional<Inspector.Console> inspected;
  private final HostPromises promises;
  private final GuestFunctions guest;

  private final StartTasks startTasks = new StartTasks();
  private Failure startFailure;
  private boolean started;

  private int depth;
  private boolean dead;
  private volatile Failure doom;
  private String givenName;
  private Runnable onDeath = () -> { };
  private Runnable onIdle = () -> { };

  private Isolate(ContextInternal owner, WorkerDefinition definition, Surroundings surroundings, StackMap stacks) {
    this.owner = owner;
    this.definition = definition;
    this.surroundings = surroundings;
    this.stacks = stacks;
    this.slice = new Slice(Slice.Bounds.ofStart(definition.limits().startup(), startPatience()), definition.limits().memoryBytes() * ALLOCATION_FACTOR);
    this.overrun = new Overrun(definition, surroundings.options());
    this.weights = new SliceWeights(surroundings.longSliceNanos());
    this.alarm = new Alarm(owner, this::wakeTimers);
    this.reach = new Reach(owner.owner(), definition, surroundings);
    this.open = new OpenInvocations(owner, definition);
    ModuleTexts texts = new ModuleTexts();
    WorkerDefinition code = surroundings.asItIsRun(definition);
    this.context = surroundings.newContext(new ModuleFileSystem(code, texts));
    this.inspected = surroundings.inspector().map(_ -> Inspector.console(context));
    RuntimeScripts scripts = new RuntimeScripts(context, new HostRuntime(this), work -> promises().offload(work));
    this.promises = new HostPromises(this, scripts.require("promises"));
    Value bootstrap = scripts.require("bootstrap");
    texts.use(bootstrap.getMember("modules"));
    this.guest = GuestFunctions.of(bootstrap);
    bootstrap.invokeMember("prepare", new HostModules(code, context), new HostBindings(this, context));
  }

  /// Makes an isolate and runs the worker's top level in it. Blocks; called on a thread that may be blocked and is no virtual one.
  ///
  /// @throws WorkerStartException when the worker's code throws, overruns its limit or never comes to an end
  static Isolate start(ContextInternal owner, WorkerDefinition definition, Surroundings surroundings, StackMap stacks) {
    long cpu = Slice.cpuNanosOfThisThread();
    Isolate isolate = new Isolate(owner, definition, surroundings, stacks);
    if (isolate.inspected.isEmpty()) {
      Watchdog.watch(isolate);
    }
    try {
      long made = Slice.cpuNanosOfThisThread();
      isolate.runStart();
      LOG.debug(
          "worker {}: an isolate took {} ms of processor time to make and {} ms to start", definition.name(), (made - cpu) / 1_000_000,
          (Slice.cpuNanosOfThisThread() - made) / 1_000_000);
      return isolate;
    } catch (RuntimeException failure) {
      isolate.dispose();
      throw failure;
    }
  }

  private void runStart() {
    run(null, guest.start(), definition.mainModule(), definition.format().name(), new HostStart(this));
    long patience = System.nanoTime() + startPatience().toNanos();
    while (!started && startFailure == null && doom == null) {
      Runnable task = startTasks.next(promises.pending() == 0 ? 0 : patience - System.nanoTime());
      if (task == null) {
        startFailed(GuestError.of("its top level awaits something that never happens – look for an await of a promise that nothing settles"));
      } else {
        task.run();
      }
    }
    if (doom != null || startFailure != null) {
      throw new WorkerStartException(definition.name(), doom != null ? doom : startFailure);
    }
    Slice.Bounds bounds = Slice.Bounds.ofRequest(inspected.isPresent() ? UNBOUNDED : definition.limits().cpu());
    slice.bound(owner.isEventLoopContext() ? bounds.onEventLoop(surroundings.options().eventLoopHold()) : bounds);
    startTasks.end(task -> owner.runOnContext(_ -> task.run()));
  }

  private Duration startPatience() {
    return surroundings.inspector().isPresent() ? UNBOUNDED : definition.limits().startup().multipliedBy(surroundings.options().startupCpuFactor());
  }

  void startSucceeded() {
    started = true;
  }

  void startFailed(GuestError error) {
    GuestError placed = error.orAt(() -> stacks.entry(error.summary()));
    startFailure = new Failure(Failure.Code.COMPONENT_FAILED, placed.summary(), placed.stack(), new UncaughtException(placed));
  }

  /// Runs a task on the isolate's thread: now, if this is it.
  void onOwner(Runnable task) {
    if (!startTasks.take(task)) {
      owner.emit(_ -> task.run());
    }
  }

  // ---- events

  /// Hands a request to the worker. Called on the isolate's thread.
  Future<ExchangeResponse> fetch(ExchangeRequest request) {
    return fetch(request, null);
  }

  /// @param target of the binding that the request came over; null for the default entrypoint without props
  Future<ExchangeResponse> fetch(ExchangeRequest request, EntrypointTarget target) {
    if (dead) {
      return owner.failedFuture(new Failure(Failure.Code.NOBODY_THERE, "the isolate is gone"));
    }
    if (open.requests() >= surroundings.options().exchangesPerIsolateMax()) {
      return owner.failedFuture(new Failure(Failure.Code.OVERLOADED, "worker " + definition.name() + " has too many requests in flight"));
    }
    HostExchange exchange = new HostExchange(this, request, target);
    open.add(exchange);
    run(exchange, target == null ? guest.fetch() : guest.fetchEntrypoint(), exchange);
    return exchange.future();
  }

  /// Lets another worker call a method. The future is completed with the result, on this isolate's thread.
  Future<RpcMessage> rpc(RpcEvent event) {
    if (dead) {
      return owner.failedFuture(new Failure(Failure.Code.NOBODY_THERE, "the isolate is gone"));
    }
    if (open.count() >= surroundings.options().exchangesPerIsolateMax()) {
      return owner.failedFuture(new Failure(Failure.Code.OVERLOADED, "worker " + definition.name() + " has too many requests in flight"));
    }
    open.add(event);
    run(event, guest.rpc(), event);
    return event.future();
  }

  /// One more, or one fewer, stub elsewhere leads to something that this isolate has given away.
  void countGiven(long given, int change) {
    run(null, guest.countGiven(), given, change);
  }

  /// What other isolates know this one by. On the isolate's thread.
  String givenName() {
    if (givenName == null) {
      givenName = GivenAway.enter(this);
    }
    return givenName;
  }

  /// Hands a scheduled time to the worker. The future is completed when the handler and what it gave to `waitUntil` are done.
  Future<Void> scheduled(ScheduledEvent event) {
    open.add(event);
    run(event, guest.scheduled(), event);
    return event.future();
  }

  /// The invocation that the running guest code works for; null for none.
  Invocation currentInvocation() {
    Value invocation = guest.current().execute();
    return invocation.isNull() ? null : invocation.asHostObject();
  }

  // ---- entering guest code

  /// Calls a guest function as one slice, charged to `charged`. Called on the isolate's thread; throws nothing. Does nothing when the isolate is dead or
  /// `charged` is over.
  void run(Invocation charged, Value function, Object... arguments) {
    if (dead || doom != null || charged != null && charged.isOver()) {
      return;
    }
    if (depth > 0) {
      function.executeVoid(arguments);
      return;
    }
    depth++;
    slice.begin(charged);
    try {
      function.executeVoid(arguments);
    } catch (PolyglotException failure) {
      threw(failure);
    } catch (IllegalStateException closed) {
      if (doom == null) {
        throw closed;
      }
    } catch (OutOfMemoryError exhausted) {
      kill(overrun.memory());
    } finally {
      depth--;
      sliceEnded();
    }
  }

  private void sliceEnded() {
    Invocation charged = slice.charged();
    long used = slice.end();
    if (doom != null) {
      die();
    } else if (slice.exceeds(charged)) {
      kill(overrun.failure(Slice.Overrun.CPU, started));
      die();
    } else {
      if (!startTasks.areTaken() && weights.areLongWith(used)) {
        surroundings.slicesAreLong().run();
      }
      if (promises.pending() == 0 && !open.isEmpty() && !alarm.isSet()) {
        failHung();
      }
    }
  }

  private void threw(PolyglotException failure) {
    if (failure.isCancelled() || failure.isInterrupted()) {
      return;
    }
    if (failure.isResourceExhausted()) {
      kill(overrun.memory());
    } else if (failure.isInternalError() || failure.isHostException()) {
      LOG.error("worker {}: the runtime failed – this is a bug of Tenon, please report it", definition.name(), failure);
      kill(new Failure(Failure.Code.COMPONENT_FAILED, "worker " + definition.name() + " failed", failure.getMessage()));
    } else {
      logError("Uncaught " + GuestError.of(failure, stacks).stack());
    }
  }

  /// Nothing that could ever go on is pending, and requests still wait.
  private void failHung() {
    open.forEach(invocation -> {
      if (invocation.hangsWithoutPromises() && !invocation.mayBeCalled()) {
        logError("Uncaught Error: The Workers runtime canceled this request because it detected that your Worker's code had hung and would never generate a response. "
            + "Refer to: https://developers.cloudflare.com/workers/observability/errors/");
        invocation.abandon(new Failure(
            Failure.Code.COMPONENT_FAILED, "worker " + definition.name() + " would never have answered", "no promise that its handler waits for can settle"));
      }
    });
  }

  private void wakeTimers() {
    run(null, guest.runTimer());
  }

  // ---- limits

  /// The watchdog found the running slice beyond a limit. On the watchdog's thread.
  void overran(Slice.Overrun what) {
    kill(overrun.failure(what, started));
    if (what == Slice.Overrun.HELD_EVENT_LOOP) {
      surroundings.slicesAreLong().run();
    }
  }

  /// No guest code runs on beyond `nanoTime`. From any thread.
  void endBy(long nanoTime) {
    slice.endBy(nanoTime);
  }

  /// Ends the isolate, in the middle of whatever it does. From any thread.
  private void kill(Failure why) {
    synchronized (this) {
      if (doom != null) {
        return;
      }
      doom = why;
    }
    Watchdog.forget(this);
    // Closing waits until the guest's thread has left, which may be this one.
    Thread.ofPlatform().daemon().name("worker-close").start(() -> {
      context.close(true);
      if (startTasks.take(() -> { })) {
        return;
      }
      try {
        owner.runOnContext(_ -> die());
      } catch (RejectedExecutionException stopped) {
        LOG.debug("worker {}: its thread ended before the isolate did", definition.name());
      }
    });
  }

  private void die() {
    if (dead || startTasks.areTaken()) {
      return;
    }
    dead = true;
    takeBack();
    alarm.cancel();
    logError(doom.getMessage());
    open.end(doom);
    onDeath.run();
  }

  /// Closes an isolate that nothing runs in. On its thread.
  void dispose() {
    Watchdog.forget(this);
    dead = true;
    takeBack();
    alarm.cancel();
    open.end(new Failure(Failure.Code.COMPONENT_FAILED, "worker " + definition.name() + " was stopped"));
    if (doom == null) {
      context.close(true);
    }
  }

  /// Nothing that was given away can be called any more.
  private void takeBack() {
    if (givenName != null) {
      GivenAway.leave(givenName);
    }
  }

  // ---- invocations

  void over(Invocation invocation, boolean hasTimers) {
    open.remove(invocation);
    if (hasTimers) {
      run(null, guest.dropTimers());
    }
    if (open.count() == 0) {
      onIdle.run();
    }
  }

  /// An invocation has answered and goes on in the background: it may do so for a while.
  void boundBackground(Invocation invocation) {
    long timer = owner.setTimer(surroundings.options().background().toMillis(), _ -> {
      if (!invocation.isOver()) {
        log(WorkerLog.Level.WARN, "waitUntil() tasks did not complete within the allowed time after invocation end and have been cancelled.");
        invocation.finish();
      }
    });
    invocation.onOver(() -> owner.owner().cancelTimer(timer));
  }

  /// Runs `task` when the time for work after an answer has passed.
  void afterBackground(Runnable task) {
    owner.setTimer(surroundings.options().background().toMillis(), _ -> task.run());
  }

  // ---- what the host objects use

  ContextInternal owner() {
    return owner;
  }

  WorkerDefinition definition() {
    return definition;
  }

  ExchangeBus bus() {
    return surroundings.bus();
  }

  /// What the worker is called on the bus.
  String component() {
    return surroundings.options().component().orElse(definition.name());
  }

  ResponseCache responseCache() {
    return surroundings.options().cache();
  }

  HostPromises promises() {
    return promises;
  }

  Slice slice() {
    return slice;
  }

  Alarm alarm() {
    return alarm;
  }

  StackMap stacks() {
    return stacks;
  }

  OpenInvocations open() {
    return open;
  }

  boolean isDead() {
    return dead;
  }

  Reach reach() {
    return reach;
  }

  GuestError guestError(Value thrown) {
    return GuestError.of(thrown, stacks);
  }

  void log(WorkerLog.Level level, String text) {
    surroundings.options().log().write(level, definition.name(), text);
    inspected.ifPresent(console -> console.write(level, text));
  }

  boolean coloursLog() {
    return surroundings.options().log().colours();
  }

  void logError(String text) {
    log(WorkerLog.Level.ERROR, text);
  }

  void onDeath(Runnable listener) {
    onDeath = listener;
  }

  void onIdle(Runnable listener) {
    onIdle = listener;
  }
}
