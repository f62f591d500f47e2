package dev.tenon.worker;

import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import dev.tenon.worker.assets.AssetServer;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
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

  /// What `env.js` calls the worker's own assets; no component has such a name.
  private static final String ASSETS = "assets:";

  /// How often deadlines of open invocations are looked at.
  private static final long SWEEP_MILLIS = 100;

  /// What a single slice may allocate, in multiples of the worker's memory budget. Garbage counts, so this is generous: it is meant for code that does
  /// nothing but allocate.
  private static final int ALLOCATION_FACTOR = 64;

  /// So many short slices make up for a long one.
  private static final int LONG_SLICE_WEIGHT = 8;

  /// A slice that is so many times as long as a long one, or longer, counts for so many.
  private static final double VERY_LONG = 5;

  /// Twelve long slices more than are made up for: the worker's slices are long.
  private static final int LONGNESS_MAX = 12 * LONG_SLICE_WEIGHT;

  /// What code may take that a developer steps through.
  private static final Duration UNBOUNDED = Duration.ofDays(365);

  private final ContextInternal owner;
  private final WorkerDefinition definition;
  private final Surroundings surroundings;
  private final StackMap stacks;
  private final Slice slice;
  private final Alarm alarm;
  private final Context context;
  private final Optional<Inspector.Console> inspected;
  private final HostPromises promises;
  private final Value fetch;
  private final Value scheduled;
  private final Value fetchEntrypoint;
  private final Value rpc;
  private final Value countGiven;
  private final Value current;
  private final Value dropTimers;
  private final Value runTimer;

  private final BlockingQueue<Runnable> startTasks = new LinkedBlockingQueue<>();
  private volatile boolean starting = true;
  private Failure startFailure;
  private boolean started;

  private int depth;
  private int longness;
  private Invocation first;
  private int invocations;
  private int sockets;
  private long socketBytes;
  private boolean sweeping;
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
    this.alarm = new Alarm(owner, this::wakeTimers);
    ModuleTexts texts = new ModuleTexts();
    WorkerDefinition code = surroundings.asItIsRun(definition);
    this.context = surroundings.newContext(new ModuleFileSystem(code, texts));
    this.inspected = surroundings.inspector().map(_ -> Inspector.console(context));
    RuntimeScripts scripts = new RuntimeScripts(context, new HostRuntime(this), work -> promises().offload(work));
    this.promises = new HostPromises(this, scripts.require("promises"));
    Value bootstrap = scripts.require("bootstrap");
    texts.use(bootstrap.getMember("modules"));
    Value dispatch = bootstrap.getMember("dispatch");
    this.fetch = dispatch.getMember("fetch");
    this.scheduled = dispatch.getMember("scheduled");
    this.fetchEntrypoint = dispatch.getMember("fetchEntrypoint");
    this.rpc = dispatch.getMember("rpc");
    this.countGiven = dispatch.getMember("countGiven");
    this.current = dispatch.getMember("current");
    Value timers = bootstrap.getMember("timers");
    this.dropTimers = timers.getMember("drop");
    this.runTimer = timers.getMember("run");
    bootstrap.invokeMember("prepare", new HostModules(code, context), new HostBindings(this, context));
    this.start = bootstrap.getMember("start");
  }

  private final Value start;

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
    run(null, start, definition.mainModule(), definition.format().name(), new HostStart(this));
    long patience = System.nanoTime() + startPatience().toNanos();
    while (!started && startFailure == null && doom == null) {
      Runnable task = nextStartTask(promises.pending() == 0 ? 0 : patience - System.nanoTime());
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
    synchronized (startTasks) {
      starting = false;
      startTasks.forEach(task -> owner.runOnContext(_ -> task.run()));
      startTasks.clear();
    }
  }

  private Duration startPatience() {
    return surroundings.inspector().isPresent() ? UNBOUNDED : definition.limits().startup().multipliedBy(surroundings.options().startupCpuFactor());
  }

  private Runnable nextStartTask(long nanos) {
    try {
      return startTasks.poll(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return null;
    }
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
    if (starting) {
      synchronized (startTasks) {
        if (starting) {
          startTasks.add(task);
          return;
        }
      }
    }
    owner.emit(_ -> task.run());
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
    if (invocations - sockets >= surroundings.options().exchangesPerIsolateMax()) {
      return owner.failedFuture(new Failure(Failure.Code.OVERLOADED, "worker " + definition.name() + " has too many requests in flight"));
    }
    HostExchange exchange = new HostExchange(this, request, target);
    opened(exchange);
    run(exchange, target == null ? fetch : fetchEntrypoint, exchange);
    return exchange.future();
  }

  /// Lets another worker call a method. The future is completed with the result, on this isolate's thread.
  Future<RpcMessage> rpc(RpcEvent event) {
    if (dead) {
      return owner.failedFuture(new Failure(Failure.Code.NOBODY_THERE, "the isolate is gone"));
    }
    if (invocations >= surroundings.options().exchangesPerIsolateMax()) {
      return owner.failedFuture(new Failure(Failure.Code.OVERLOADED, "worker " + definition.name() + " has too many requests in flight"));
    }
    opened(event);
    run(event, rpc, event);
    return event.future();
  }

  /// One more, or one fewer, stub elsewhere leads to something that this isolate has given away.
  void countGiven(long given, int change) {
    run(null, countGiven, given, change);
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
    opened(event);
    run(event, scheduled, event);
    return event.future();
  }

  /// The invocation that the running guest code works for; null for none.
  Invocation currentInvocation() {
    Value invocation = current.execute();
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
      kill(limitExceeded("exceeded its memory limit"));
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
      kill(cpuExceeded());
      die();
    } else {
      weigh(used);
      if (promises.pending() == 0 && first != null && !alarm.isSet()) {
        failHung();
      }
    }
  }

  /// A worker whose slices are long is told from one that is cold, or on a busy machine, by this: its short slices do not make up for the long ones.
  private void weigh(long usedNanos) {
    if (usedNanos <= surroundings.longSliceNanos()) {
      if (longness > 0) {
        longness--;
      }
    } else if (!starting) {
      longness += (int) (LONG_SLICE_WEIGHT * Math.min(VERY_LONG, (double) usedNanos / surroundings.longSliceNanos()));
      if (longness >= LONGNESS_MAX) {
        longness = 0;
        surroundings.slicesAreLong().run();
      }
    }
  }

  private void threw(PolyglotException failure) {
    if (failure.isCancelled() || failure.isInterrupted()) {
      return;
    }
    if (failure.isResourceExhausted()) {
      kill(limitExceeded("exceeded its memory limit"));
    } else if (failure.isInternalError() || failure.isHostException()) {
      LOG.error("worker {}: the runtime failed – this is a bug of Tenon, please report it", definition.name(), failure);
      kill(new Failure(Failure.Code.COMPONENT_FAILED, "worker " + definition.name() + " failed", failure.getMessage()));
    } else {
      logError("Uncaught " + GuestError.of(failure, stacks).stack());
    }
  }

  /// Nothing that could ever go on is pending, and requests still wait.
  private void failHung() {
    for (Invocation invocation = first; invocation != null; ) {
      Invocation next = invocation.next;
      if (invocation.hangsWithoutPromises() && !invocation.mayBeCalled()) {
        logError("The worker's code had hung and would never generate a response.");
        invocation.abandon(new Failure(
            Failure.Code.COMPONENT_FAILED, "worker " + definition.name() + " would never have answered", "no promise that its handler waits for can settle"));
      }
      invocation = next;
    }
  }

  private void wakeTimers() {
    run(null, runTimer);
  }

  // ---- limits

  /// The watchdog found the running slice beyond a limit. On the watchdog's thread.
  void overran(Slice.Overrun what) {
    kill(switch (what) {
      case CPU -> cpuExceeded();
      case ALLOCATION -> limitExceeded("exceeded its memory limit");
      case HELD_EVENT_LOOP -> limitExceeded("held an event loop for more than " + surroundings.options().eventLoopHold().toMillis() + " ms of CPU time");
      case UNWANTED -> limitExceeded("computed on for a request that nobody waited for any more");
      case STOPPED -> new Failure(Failure.Code.COMPONENT_FAILED, "worker " + definition.name() + " was stopped while it computed");
    });
    if (what == Slice.Overrun.HELD_EVENT_LOOP) {
      surroundings.slicesAreLong().run();
    }
  }

  /// No guest code runs on beyond `nanoTime`. From any thread.
  void endBy(long nanoTime) {
    slice.endBy(nanoTime);
  }

  private Failure cpuExceeded() {
    return started
        ? limitExceeded("exceeded its CPU time limit of " + definition.limits().cpu().toMillis() + " ms")
        : new Failure(
            Failure.Code.LIMIT_EXCEEDED, "its top level computes without end: its start may take " + definition.limits().startup().toMillis()
                + " ms of CPU time – look for a loop that never ends, or move long work into a handler");
  }

  private Failure limitExceeded(String how) {
    return new Failure(Failure.Code.LIMIT_EXCEEDED, "worker " + definition.name() + " " + how);
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
      synchronized (startTasks) {
        if (starting) {
          startTasks.add(() -> { });
          return;
        }
      }
      try {
        owner.runOnContext(_ -> die());
      } catch (RejectedExecutionException stopped) {
        LOG.debug("worker {}: its thread ended before the isolate did", definition.name());
      }
    });
  }

  private void die() {
    if (dead || starting) {
      return;
    }
    dead = true;
    takeBack();
    alarm.cancel();
    logError(doom.getMessage());
    while (first != null) {
      Invocation invocation = first;
      invocation.abandon(doom);
      invocation.finish();
    }
    onDeath.run();
  }

  /// Closes an isolate that nothing runs in. On its thread.
  void dispose() {
    Watchdog.forget(this);
    dead = true;
    takeBack();
    alarm.cancel();
    while (first != null) {
      Invocation invocation = first;
      invocation.abandon(new Failure(Failure.Code.COMPONENT_FAILED, "worker " + definition.name() + " was stopped"));
      invocation.finish();
    }
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

  private void opened(Invocation invocation) {
    invocation.next = first;
    if (first != null) {
      first.previous = invocation;
    }
    first = invocation;
    invocations++;
    if (!sweeping) {
      sweeping = true;
      sweepLater();
    }
  }

  /// An invocation is a WebSocket from here on, and takes no place of requests.
  void rests(Invocation invocation) {
    sockets++;
    invocation.onOver(() -> sockets--);
  }

  /// What waits in WebSockets to be sent, all together, has changed.
  void socketBytes(long more) {
    socketBytes += more;
  }

  /// Whether more waits in WebSockets than the worker's memory budget allows.
  boolean socketsAreFull() {
    return socketBytes > definition.limits().memoryBytes();
  }

  void over(Invocation invocation, boolean hasTimers) {
    if (invocation.previous == null) {
      first = invocation.next;
    } else {
      invocation.previous.next = invocation.next;
    }
    if (invocation.next != null) {
      invocation.next.previous = invocation.previous;
    }
    invocations--;
    if (hasTimers) {
      run(null, dropTimers);
    }
    if (invocations == 0) {
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

  private void sweepLater() {
    owner.setTimer(SWEEP_MILLIS, _ -> {
      sweep();
      sweeping = first != null;
      if (sweeping) {
        sweepLater();
      }
    });
  }

  private void sweep() {
    for (Invocation invocation = first; invocation != null; ) {
      Invocation next = invocation.next;
      if (invocation.waitingForHead() && invocation.context().deadline().passed()) {
        Failure late = new Failure(Failure.Code.DEADLINE, "worker " + definition.name() + " did not answer in time");
        invocation.context().cancellation().cancel(late);
        invocation.abandon(late);
      }
      invocation = next;
    }
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

  int invocations() {
    return invocations;
  }

  boolean isDead() {
    return dead;
  }

  /// @param target null for the network, [#ASSETS] for the worker's own assets, otherwise a component
  Fetcher fetcher(String target) {
    return switch (target) {
      case null -> surroundings.options().egress();
      case ASSETS -> assets();
      default -> surroundings.service(EntrypointTarget.parse(target));
    };
  }

  private Fetcher assets() {
    return definition.assets().<Fetcher>map(files -> new AssetServer(owner.owner(), files)::fetch)
        .orElse(_ -> Future.failedFuture(new Failure(Failure.Code.REFUSED, "worker " + definition.name() + " has no assets")));
  }

  /// The request as it came, sent on to where its URL points: what `passThroughOnException` asked for.
  Future<ExchangeResponse> passThrough(ExchangeRequest request) {
    return surroundings.options().egress().fetch(request.withContext(request.context().child()));
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
