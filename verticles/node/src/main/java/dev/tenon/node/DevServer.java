package dev.tenon.node;

import dev.tenon.bus.ExchangeBus;
import dev.tenon.gateway.ListenerOptions;
import dev.tenon.node.Startup.Stage;
import dev.tenon.worker.DeployedWorker;
import dev.tenon.worker.Egress;
import dev.tenon.worker.EgressClient;
import dev.tenon.worker.EgressLimits;
import dev.tenon.worker.Inspector;
import dev.tenon.worker.LoadOptions;
import dev.tenon.worker.LoadedWorker;
import dev.tenon.worker.Placement;
import dev.tenon.worker.WorkerDefinition;
import dev.tenon.worker.WorkerLog;
import dev.tenon.worker.WorkerOptions;
import dev.tenon.worker.WorkerSource;
import dev.tenon.worker.WorkerStartException;
import dev.tenon.worker.config.WorkerConfigException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A worker behind an HTTP port that follows its files, as `tenon dev` serves it: when one changes, the worker is loaded and started anew beside the one that runs,
/// and then takes its place.
///
/// It has one isolate, on a thread of its own: what code keeps in globals is there for every request, and a debugger may stop the worker without stopping the port.
public final class DevServer {

  private static final Logger LOG = LoggerFactory.getLogger(DevServer.class);
  /// What may take as long as a developer thinks.
  private static final Duration UNBOUNDED = Duration.ofDays(1);
  private static final Duration DRAIN = Duration.ofSeconds(2);
  private static final Startup.Patience PATIENCE = new Startup.Patience(DRAIN, Duration.ofSeconds(9));

  /// @param source a file, or a folder with a wrangler configuration
  /// @param listen where to serve it
  /// @param inspect where debuggers attach; empty for no debugger
  public record Options(Path source, LoadOptions load, Listen listen, Egress egress, WorkerLog log, Optional<Listen> inspect) {}

  private final Options options;
  private final DevTerminal terminal;
  private final Startup startup = new Startup();
  private final Path root;
  private final FileWatch watch = new FileWatch();
  private final WorkerSource source;
  private final Vertx vertx;
  private Optional<Inspector> inspector = Optional.empty();
  private EgressClient egress;
  private DevFront front;
  private LoadedWorker loaded;
  private int port;
  private int generation;

  private DevServer(Options options, DevTerminal terminal) {
    this.options = options;
    this.terminal = terminal;
    this.source = new WorkerSource(options.source(), options.load());
    this.vertx = Vertx.vertx(SingleWorker.quiet(new VertxOptions().setEventLoopPoolSize(2)));
    Path given = real(options.source());
    this.root = Files.isDirectory(given) ? given : given.getParent();
  }

  /// Loads the worker, starts it, opens the port and begins to watch. Blocks.
  ///
  /// @throws StartFailure when there is no good version to begin with
  public static DevServer start(Options options, DevTerminal terminal) {
    DevServer server = new DevServer(options, terminal);
    try {
      server.start();
      return server;
    } catch (Exception failed) {
      server.stop();
      throw Startup.failure(failed);
    }
  }

  private void start() throws Exception {
    startup.onStop(Stage.CLUSTER, "vert.x", () -> await(vertx.close()));
    startup.onStop(Stage.CONTROL, "esbuild", () -> {
      source.close();
      return true;
    });
    watch.watch(watched(Set.of(), WatchedFiles.Unread.COUNT), Map.of());
    Map<Path, FileStamp> before = watch.look();
    loaded = startup.begin(source::load).join();
    if (options.inspect().isPresent()) {
      inspector = Optional.of(inspector(options.inspect().get()));
    }
    egress = EgressClient.create(vertx, options.egress(), EgressLimits.DEFAULT);
    front = new DevFront(vertx, terminal, await(deploy(loaded.definition())));
    startup.onStop(Stage.COMPONENTS, "worker", () -> await(front.current().undeploy()));
    // Under its own name the worker is reached by its own service bindings, whatever generation it is.
    await(ExchangeBus.of(vertx).serve(loaded.definition().name(), "0.0.0", front));
    port = serve();
    watchOn(before);
    Thread follower = Thread.ofPlatform().daemon().name("tenon-dev").start(this::follow);
    startup.onStop(Stage.EDGE, "files", () -> {
      watch.close();
      follower.join(DRAIN);
      return true;
    });
  }

  private Inspector inspector(Listen listen) {
    try {
      Inspector opened = Inspector.open(listen.host(), listen.port(), root);
      startup.onStop(Stage.CONTROL, "inspector", () -> {
        opened.close();
        return true;
      });
      return opened;
    } catch (BindException taken) {
      throw new StartFailure("--inspect – " + listen + " cannot be bound (" + taken.getMessage() + ") – stop what uses it, or name another port", taken);
    } catch (IOException | IllegalArgumentException unusable) {
      throw new StartFailure("--inspect – " + unusable.getMessage() + " – use a port of 127.0.0.1", unusable);
    }
  }

  /// Where debuggers attach, if they may.
  public Optional<Inspector> inspector() {
    return inspector;
  }

  /// What was loaded first, with the warnings of its configuration.
  public LoadedWorker loaded() {
    return loaded;
  }

  /// The port in use.
  public int port() {
    return port;
  }

  /// Stops following and serving. Blocks.
  public void stop() {
    startup.stop(PATIENCE);
  }

  private int serve() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    ListenerOptions usual = SingleWorker.edgeOptions(options.listen());
    ListenerOptions listener = inspector.isPresent() ? usual.withRequestMax(UNBOUNDED).withStallMax(UNBOUNDED) : usual;
    String edge;
    try {
      edge = await(vertx.deployVerticle(() -> new PlainEdgeVerticle(listener, front, opened, DRAIN), new DeploymentOptions()));
    } catch (BindException taken) {
      throw SingleWorker.taken(options.listen(), taken);
    }
    startup.onStop(Stage.EDGE, "edge", () -> await(vertx.undeploy(edge)));
    return opened.get();
  }

  private Future<DeployedWorker> deploy(WorkerDefinition definition) {
    WorkerOptions worker = WorkerOptions.of(egress).withLog(options.log()).withDrain(DRAIN).withIsolates(1).withPlacement(Placement.OWN_THREADS)
        .withComponent(definition.name() + "/dev/" + ++generation, "0.0.0");
    ExchangeBus bus = ExchangeBus.of(vertx);
    return inspector.isPresent() ? DeployedWorker.deploy(vertx, bus, definition, worker, inspector.get()) : DeployedWorker.deploy(vertx, bus, definition, worker);
  }

  // ---- following the files

  private void follow() {
    try {
      while (true) {
        Set<Path> changed = watch.awaitChange();
        try {
          reload(changed, System.nanoTime());
        } catch (RuntimeException bug) {
          LOG.error("the worker could not be loaded again – this is a bug of Tenon, please report it", bug);
        }
      }
    } catch (ClosedWatchServiceException stopped) {
      LOG.debug("the files are not followed any more");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void reload(Set<Path> changed, long begin) {
    Map<Path, FileStamp> before = watch.look();
    try {
      LoadedWorker next = source.load();
      if (saysTheSame(next, changed)) {
        if (front.isBroken()) {
          front.mended();
          terminal.mended();
        }
      } else {
        DeployedWorker old = front.use(await(deploy(next.definition())));
        loaded = next;
        old.undeploy().onFailure(failure -> LOG.warn("the version before does not stop", failure));
        terminal.reloaded(next, changed, System.nanoTime() - begin);
      }
    } catch (WorkerConfigException wrong) {
      broken(Trouble.of(wrong, root));
    } catch (WorkerStartException wrong) {
      broken(Trouble.of(wrong));
    } catch (Exception other) {
      broken(Trouble.of("The worker does not start", Startup.failure(other).getMessage()));
    }
    watchOn(before);
  }

  private void broken(Trouble trouble) {
    if (!front.shows(trouble)) {
      front.broken(trouble);
      terminal.broken(trouble);
    }
  }

  /// Whether nothing that was read has changed, and the outcome neither: a file came or went that nobody imports.
  private boolean saysTheSame(LoadedWorker next, Set<Path> changed) {
    return changed.stream().noneMatch(loaded.inputs()::contains) && changed.stream().noneMatch(next.inputs()::contains)
        && next.definition().modules().equals(loaded.definition().modules());
  }

  /// @param before how the files were before they were read
  private void watchOn(Map<Path, FileStamp> before) {
    Set<Path> inputs = new LinkedHashSet<>(loaded.inputs());
    inputs.addAll(source.inputs());
    // What a build command has written is no change.
    watch.watch(watched(inputs, front.isBroken() ? WatchedFiles.Unread.COUNT : WatchedFiles.Unread.LEFT_OUT), source.writesFiles() ? Map.of() : before);
  }

  private WatchedFiles watched(Set<Path> inputs, WatchedFiles.Unread unread) {
    return WatchedFiles.of(real(options.source()), inputs, options.load().environment().orElse(""), unread);
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException notThere) {
      return path.toAbsolutePath().normalize();
    }
  }

  private <T> T await(Future<T> future) throws Exception {
    return future.await((inspector.isPresent() ? UNBOUNDED : SingleWorker.START_DEADLINE).toMillis(), TimeUnit.MILLISECONDS);
  }
}
