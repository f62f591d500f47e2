package dev.tenon.node;

import dev.tenon.control.ComponentStatus;
import dev.tenon.control.ControlDatabase;
import dev.tenon.control.ControlListener;
import dev.tenon.control.Health;
import dev.tenon.control.NodeKey;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// One process of a cluster, running.
///
/// 1. Parts start beside each other; each waits for those it needs and for nothing else.
/// 2. [#start] returns when every part is ready, or throws after everything that had started is stopped again.
/// 3. [#stop()] takes requests' way in reverse: the edge first, then workers and services, then the bus, the database last.
public final class Node {

  private final NodeOptions options;
  private final Progress progress;
  private final Startup startup = new Startup();
  private final Health health = new Health();
  private final List<ComponentStatus> components = new CopyOnWriteArrayList<>();
  private volatile ClusterPart cluster;
  private volatile Listen control;

  private Node(NodeOptions options, Progress progress) {
    this.options = options;
    this.progress = progress;
  }

  /// Starts a node. Blocks.
  ///
  /// @throws StartFailure with a sentence for whoever started it
  public static Node start(NodeOptions options, Progress progress) {
    Node node = new Node(options, progress);
    try {
      node.startParts();
      return node;
    } catch (RuntimeException failed) {
      node.startup.stop();
      throw failed;
    }
  }

  /// Stops the node: nothing new is taken, what is under way gets the drain deadline, then every part ends. Blocks.
  public void stop() {
    startup.stop();
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
    return List.copyOf(components);
  }

  private void startParts() {
    checkData();
    checkFree("edge", options.edge(), "--edge-port");
    checkFree("control listener", options.control(), "--control-port");
    NodeKey key = NodeKey.load(options.keyFile());
    CompletableFuture<DatabasePart> server = startup.begin(this::startDatabase);
    CompletableFuture<ClusterPart> member = startup.begin(this::startCluster);
    CompletableFuture<?> listener = startup.begin(() -> startControl(member.join()));
    CompletableFuture<ControlDatabase> database = startup.begin(() -> openDatabase(member.join(), server.join(), key));
    Startup.all(options.deadlines().start(), List.of(server, member, listener, database));
  }

  private DatabasePart startDatabase() {
    DatabasePart server = DatabasePart.start(options);
    startup.onStop("database", () -> {
      server.close();
      return null;
    });
    return server;
  }

  private ClusterPart startCluster() {
    ClusterPart member = ClusterPart.start(options);
    startup.onStop("cluster", () -> await(member.close()));
    cluster = member;
    health.register("bus", member::check);
    progress.ready("cluster", member.address());
    return member;
  }

  private Listen startControl(ClusterPart member) throws Exception {
    ControlListener listener = new ControlListener(
        new ControlListener.Settings(options.control().host(), options.control().port()), health, member.metrics(), this::components);
    String id = await(member.vertx().deployVerticle(listener));
    startup.onStop("control listener", () -> await(member.vertx().undeploy(id)));
    control = options.control().withPort(listener.port());
    progress.ready("control", "http://" + control);
    return control;
  }

  private ControlDatabase openDatabase(ClusterPart member, DatabasePart server, NodeKey key) throws Exception {
    ControlDatabase database = await(ControlDatabase.open(member.vertx(), server.address(), key));
    startup.onStop("control's connections", () -> await(database.close()));
    health.register("database", database::check);
    progress.ready("database", server.address().toString());
    return database;
  }

  private <T> T await(Future<T> future) throws Exception {
    return future.await(options.deadlines().start().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void checkData() {
    try {
      Files.createDirectories(options.data());
    } catch (IOException failed) {
      throw new StartFailure("data directory " + options.data() + " – it cannot be made – make its parent writable, or choose another with --data-dir", failed);
    }
    if (!Files.isWritable(options.data())) {
      throw new StartFailure("data directory " + options.data() + " – it cannot be written – make it writable, or choose another with --data-dir");
    }
  }

  /// Says so at once, before seconds of start are spent in vain.
  private static void checkFree(String part, Listen listen, String flag) {
    if (listen.port() == 0) {
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(listen.host()), listen.port()));
    } catch (IOException taken) {
      throw new StartFailure(part + " – " + listen + " cannot be bound (" + taken.getMessage() + ") – stop what uses it, or choose another with " + flag, taken);
    }
  }
}
