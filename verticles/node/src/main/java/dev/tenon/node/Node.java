package dev.tenon.node;

import dev.tenon.contract.Contract;
import dev.tenon.contract.component.Consumed;
import dev.tenon.contract.component.Manifest;
import dev.tenon.control.ComponentStatus;
import dev.tenon.control.ControlDatabase;
import dev.tenon.control.ControlListener;
import dev.tenon.control.DatabaseAddress;
import dev.tenon.control.EmbeddedPostgres;
import dev.tenon.control.FirstContact;
import dev.tenon.control.Health;
import dev.tenon.control.NodeKey;
import dev.tenon.gateway.Route;
import dev.tenon.node.Startup.Stage;
import dev.tenon.service.ComponentSource;
import dev.tenon.service.Running;
import dev.tenon.worker.DeployedWorker;
import dev.tenon.worker.EngineStart;
import dev.tenon.worker.LoadOptions;
import dev.tenon.worker.LoadedWorker;
import dev.tenon.worker.Placement;
import dev.tenon.worker.WarmUp;
import dev.tenon.worker.WarmUpPlan;
import dev.tenon.worker.WorkerDefinition;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One process of a cluster, running.
///
/// 1. Parts start beside each other; each waits for those it needs and for nothing else.
/// 2. [#start] returns when every part is ready, or throws after everything that had started is stopped again.
/// 3. [#stop()] takes requests' way in reverse: the edge first, then workers and services, then the bus, the database last. A part that hangs keeps no other from
///    being stopped.
public final class Node {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  private final NodeOptions options;
  private final Progress progress;
  private final Startup startup = new Startup();
  private final Health health = new Health();
  private final List<ComponentStatus> components = new CopyOnWriteArrayList<>();
  private final WorkerBindings bindings = new WorkerBindings();
  private final Map<String, Contract> contracts = new ConcurrentHashMap<>();
  private final List<WarmWorker> workers = new CopyOnWriteArrayList<>();
  private volatile State state = State.STARTING;
  private volatile ClusterPart cluster;
  private volatile CallsPart calls;
  private volatile Listen control;
  private volatile Listen edge;

  private enum State { STARTING, SERVING, STOPPING }

  private Node(NodeOptions options, Progress progress) {
    this.options = options;
    this.progress = progress;
    health.register("node", this::check);
  }

  /// Down until every part is there and from the moment it stops, so that nobody is sent here too early or too late.
  private Future<String> check() {
    return switch (state) {
      case STARTING -> Future.failedFuture("it is starting");
      case SERVING -> Future.succeededFuture("every part has started");
      case STOPPING -> Future.failedFuture("it is stopping");
    };
  }

  /// Starts a node. Blocks.
  ///
  /// @throws StartFailure with a sentence for whoever started it
  public static Node start(NodeOptions options, Progress progress) {
    Node node = new Node(options, progress);
    try {
      node.checkSurroundings();
      node.startParts();
      node.state = State.SERVING;
      node.warmUp();
      return node;
    } catch (RuntimeException failed) {
      node.stop();
      throw Startup.failure(failed);
    }
  }

  /// Stops the node: nothing new is taken, what is under way gets the drain deadline, then every part ends. Blocks.
  public void stop() {
    state = State.STOPPING;
    startup.stop(new Startup.Patience(options.deadlines().drain(), options.deadlines().stop()));
  }

  /// Where clients reach it.
  public Listen edge() {
    return edge;
  }

  /// Where operators reach it.
  public Listen control() {
    return control;
  }

  /// This node as other nodes know it.
  public String address() {
    return cluster.address();
  }

  /// What runs here.
  public List<ComponentStatus> components() {
    CallsPart watched = calls;
    return components.stream().map(one -> one.withCalls(watched.of(one.component()))).toList();
  }

  /// What would fail the start anyhow is said at once, before seconds of it are spent in vain.
  private void checkSurroundings() {
    checkData();
    options.databaseUrl().map(DatabaseAddress::parse).ifPresentOrElse(FirstContact::check, () -> EmbeddedPostgres.checkFree(DatabasePart.directory(options)));
    checkFree("edge", options.edge(), "--edge-port", "--edge-host");
    checkFree("control listener", options.control(), "--control-port", "--control-host");
  }

  private void startParts() {
    NodeKey key = NodeKey.load(options.keyFile());
    List<CompletableFuture<?>> parts = new ArrayList<>();
    CompletableFuture<Void> engine = begin(parts, Node::startEngine);
    CompletableFuture<List<Route>> routes = begin(parts, () -> EdgePart.routes(options.home().resolve("contracts")));
    CompletableFuture<DatabasePart> server = begin(parts, this::startDatabase);
    CompletableFuture<ClusterPart> member = begin(parts, this::startCluster);
    CompletableFuture<CallsPart> watched = begin(parts, () -> watchCalls(routes.join(), member.join()));
    begin(parts, () -> startControl(member.join()));
    CompletableFuture<ControlDatabase> database = begin(parts, () -> openDatabase(member.join(), server.join(), key));
    for (Path folder : options.components()) {
      ComponentSource source = ComponentSource.of(folder);
      if (options.runs(source.manifest().name())) {
        begin(parts, () -> startService(source, member.join(), key, database, watched.join()));
      }
    }
    for (WorkerFolder folder : workers()) {
      CompletableFuture<LoadedWorker> loading = begin(parts, () -> loadWorker(folder));
      begin(parts, () -> {
        engine.join();
        return startWorker(folder, loading.join(), member.join(), watched.join());
      });
    }
    health.register("ai models", bindings::check);
    List<CompletableFuture<?>> behindTheEdge = List.copyOf(parts);
    begin(parts, () -> {
      behindTheEdge.forEach(CompletableFuture::join);
      return openEdge(routes.join(), member.join());
    });
    Startup.all(options.deadlines().start(), parts);
  }

  /// The workers to run here. One whose packages are not installed stays out, with a note: everything else works without it.
  private List<WorkerFolder> workers() {
    List<WorkerFolder> found = WorkerFolder.in(options.home().resolve("js-workers")).stream().filter(folder -> options.runs(folder.name())).toList();
    found.stream().filter(WorkerFolder::lacksPackages).forEach(folder ->
        progress.notice("worker " + folder.name() + " – its npm packages are not installed – install Node.js and run 'tenon build'; everything else starts without it"));
    return found.stream().filter(folder -> !folder.lacksPackages()).toList();
  }

  private <T> CompletableFuture<T> begin(List<CompletableFuture<?>> parts, Callable<T> part) {
    CompletableFuture<T> begun = startup.begin(part);
    parts.add(begun);
    return begun;
  }

  private static Void startEngine() {
    EngineStart.run();
    return null;
  }

  /// Contracts of the folder are those of workers; a service brings its own.
  private CallsPart watchCalls(List<Route> routes, ClusterPart member) {
    Map<String, Contract> known = new HashMap<>();
    routes.forEach(route -> known.put(route.component(), route.contract()));
    calls = new CallsPart(options.undeclaredCalls(), known, member.metrics());
    return calls;
  }

  private DatabasePart startDatabase() {
    DatabasePart server = DatabasePart.start(options);
    startup.onStop(Stage.DATABASE, "database", () -> {
      server.close();
      return null;
    });
    return server;
  }

  private ClusterPart startCluster() {
    ClusterPart member = ClusterPart.start(options);
    startup.onStop(Stage.CLUSTER, "cluster", () -> await(member.close()));
    cluster = member;
    health.register("bus", member::check);
    progress.ready("cluster", member.address());
    return member;
  }

  private Listen startControl(ClusterPart member) throws Exception {
    ControlListener listener = new ControlListener(
        new ControlListener.Settings(options.control().host(), options.control().port()), health, member.metrics(), this::components,
        component -> Optional.ofNullable(contracts.get(component)).map(Contract::json));
    String id = await(member.vertx().deployVerticle(listener));
    startup.onStop(Stage.CONTROL, "control listener", () -> await(member.vertx().undeploy(id)));
    control = options.control().withPort(listener.port());
    progress.ready("control", "http://" + control);
    return control;
  }

  private ControlDatabase openDatabase(ClusterPart member, DatabasePart server, NodeKey key) throws Exception {
    ControlDatabase database = await(ControlDatabase.open(member.vertx(), server.address(), key));
    startup.onStop(Stage.CONTROL, "control's connections", () -> await(database.close()));
    health.register("database", database::check);
    progress.ready("database", server.address().toString());
    return database;
  }

  private Running startService(ComponentSource source, ClusterPart member, NodeKey key, CompletableFuture<ControlDatabase> database, CallsPart watched) throws Exception {
    String name = source.manifest().name();
    Map<String, Consumed> consumes = source.manifest().consumes();
    watched.check(new Manifest(Optional.of(name), Optional.empty(), Optional.empty(), consumes, source.manifest().origin()));
    ServicesPart services = new ServicesPart(member.vertx(), key, options.pools().databaseConnections(), database);
    Running running = await(services.start(source, watched.of(name, consumes)));
    startup.onStop(Stage.COMPONENTS, name, () -> await(running.stop(options.deadlines().drain())));
    running.checks().forEach((part, check) -> health.register(name + "/" + part, check::check));
    contracts.put(name, running.contract());
    serves(name, "service", source.manifest().version(), consumes);
    return running;
  }

  private LoadedWorker loadWorker(WorkerFolder folder) {
    LoadOptions load = LoadOptions.DEFAULT
        .withProviders(List.of(bindings))
        .withCacheDirectory(options.cache().resolve("esbuild"));
    LoadedWorker loaded = WorkersPart.load(folder, load);
    loaded.warnings().forEach(warning -> progress.notice("worker " + folder.name() + ": " + warning));
    return loaded;
  }

  private DeployedWorker startWorker(WorkerFolder folder, LoadedWorker loaded, ClusterPart member, CallsPart watched) throws Exception {
    Manifest manifest = folder.manifest();
    String name = loaded.definition().name();
    if (manifest.name().isPresent() && !manifest.name().get().equals(name)) {
      throw new StartFailure("worker " + name + " – its component.yaml names it " + manifest.name().get() + " – give it the name of its wrangler configuration");
    }
    watched.check(manifest);
    DeployedWorker worker = await(new WorkersPart(member.vertx(), options.deadlines().drain()).start(folder, loaded, watched.of(name, manifest.consumes())));
    startup.onStop(Stage.COMPONENTS, worker.component(), () -> await(worker.undeploy()));
    health.register(worker.component(), () -> Future.succeededFuture(worker.isolates() + (worker.isolates() == 1 ? " isolate" : " isolates") + switch (worker.placement()) {
      case OWN_THREADS -> " on threads of their own";
      case EVENT_LOOP, AUTO -> " on event loops";
    }));
    measure(worker, member.metrics());
    watched.contract(name).ifPresent(contract -> contracts.put(name, contract));
    serves(worker.component(), "worker", folder.version(), manifest.consumes());
    workers.add(new WarmWorker(folder, loaded.definition(), worker, member.vertx()));
    return worker;
  }

  private static void measure(DeployedWorker worker, MeterRegistry metrics) {
    for (Placement placement : List.of(Placement.EVENT_LOOP, Placement.OWN_THREADS)) {
      Gauge.builder("tenon.worker.isolates", worker, one -> one.placement() == placement ? one.isolates() : 0)
          .description("Isolates that take requests, by where they run")
          .tags("component", worker.component(), "placement", placement.name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .strongReference(true)
          .register(metrics);
    }
  }

  /// A worker that may be warmed up.
  private record WarmWorker(WorkerFolder folder, WorkerDefinition definition, DeployedWorker deployed, Vertx vertx) {}

  /// Goes on in the background, one worker after the other, while the node serves.
  private void warmUp() {
    if (options.warmUp().enabled() && WarmUp.helps()) {
      Promise<Void> stop = Promise.promise();
      Future<Void> before = Future.join(workers.stream().map(worker -> worker.deployed().fullyStarted()).toList()).mapEmpty();
      for (WarmWorker worker : workers) {
        before = before.eventually(() -> stop.future().isComplete() ? Future.<Void>succeededFuture() : warmUp(worker, stop.future())).otherwiseEmpty();
      }
      Future<Void> all = before;
      startup.onStop(Stage.EDGE, "warm-up", () -> {
        stop.complete();
        return await(all);
      });
    }
  }

  private Future<Void> warmUp(WarmWorker worker, Future<?> stop) {
    return worker.vertx().executeBlocking(() -> WarmUpPlan.read(worker.folder().path()))
        .compose(plan -> plan.isEmpty() ? Future.<Void>succeededFuture() : warmUp(worker, plan.get(), stop))
        .onFailure(failure -> LOG.warn("worker {}: its warm-up failed – {} – its first requests will be slower", worker.folder().name(), failure.getMessage()));
  }

  private Future<Void> warmUp(WarmWorker worker, WarmUpPlan plan, Future<?> stop) {
    return WarmUp.run(worker.vertx(), worker.definition(), plan, options.warmUp().bound(), stop)
        .onSuccess(report -> LOG.info("worker {}: warm-up {}", worker.folder().name(), report))
        .mapEmpty();
  }

  /// The last part: a request that gets in finds everything it may need.
  private EdgePart openEdge(List<Route> routes, ClusterPart member) throws Exception {
    EdgePart opened = await(EdgePart.open(member.vertx(), options.edge(), options.openness(), routes, assets(), new EdgeMeters(member.metrics())));
    startup.onStop(Stage.EDGE, "edge", () -> await(opened.close(options.deadlines().drain())));
    health.register("edge", opened::check);
    edge = options.edge().withPort(opened.port());
    progress.ready("edge", "http://" + edge);
    return opened;
  }

  /// Of the workers of this node, by name.
  private List<String> assets() {
    return workers.stream().map(worker -> worker.deployed().assetsAddress()).flatMap(Optional::stream).sorted().toList();
  }

  private void serves(String component, String kind, String version, Map<String, Consumed> consumes) {
    components.add(new ComponentStatus(component, kind, version, cluster.address(), "serving", Instant.now(), consumes, List.of()));
    progress.ready(component, kind + " " + version);
  }

  private <T> T await(Future<T> future) throws Exception {
    return future.await(options.deadlines().start().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void checkData() {
    try {
      Files.createDirectories(options.data());
    } catch (IOException failed) {
      throw new StartFailure("data directory " + options.data() + (Files.isRegularFile(options.data())
          ? " – it is a file – choose a directory with --data-dir"
          : " – it cannot be made – make its parent writable, or choose another with --data-dir"), failed);
    }
    if (!Files.isWritable(options.data())) {
      throw new StartFailure("data directory " + options.data() + " – it cannot be written – make it writable, or choose another with --data-dir");
    }
  }

  private static void checkFree(String part, Listen listen, String portFlag, String hostFlag) {
    InetSocketAddress address = new InetSocketAddress(listen.host(), listen.port());
    if (address.isUnresolved()) {
      throw new StartFailure(part + " – the host '" + listen.host() + "' is not known – correct " + hostFlag);
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
    } catch (IOException refused) {
      String reason = String.valueOf(refused.getMessage());
      throw new StartFailure(part + " – " + listen + " cannot be bound (" + reason + ") – " + (reason.startsWith("Cannot assign")
          ? "this machine has no such address; correct " + hostFlag
          : "stop what uses it, or choose another with " + portFlag), refused);
    }
  }
}
