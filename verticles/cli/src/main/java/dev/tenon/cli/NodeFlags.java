package dev.tenon.cli;

import dev.tenon.bus.calls.CallPolicy;
import dev.tenon.control.ControlException;
import dev.tenon.control.DatabaseAddress;
import dev.tenon.gateway.Openness;
import dev.tenon.node.Listen;
import dev.tenon.node.NodeOptions;
import dev.tenon.node.NodeSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/// The flags that `up` and `node` share. What is not given is as in `cluster-config/node.yaml`.
final class NodeFlags {

  private static final int PORT_MAX = 65_535;
  private static final int POOL_MAX = 1_000;
  private static final String UNDECLARED_CALLS = "TENON_UNDECLARED_CALLS";

  @Option(names = "--edge-host", paramLabel = "HOST", description = "Address the edge listens on (default: 127.0.0.1).")
  private String edgeHost;

  @Option(names = "--edge-port", paramLabel = "PORT", description = "Port the edge listens on; 0 for any free one (default: 8080).")
  private Integer edgePort;

  @Option(names = "--docs", negatable = true, description = "Serve all contracts at /openapi.json, and a page that shows them at /docs (default: yes).")
  private Boolean docs;

  @Option(names = "--control-host", paramLabel = "HOST", description = "Address of the control listener: health, metrics (default: 127.0.0.1).")
  private String controlHost;

  @Option(names = "--control-port", paramLabel = "PORT", description = "Port of the control listener; 0 for any free one (default: 8090).")
  private Integer controlPort;

  @Option(names = "--cluster-name", paramLabel = "NAME", description = "Nodes with another name do not join (default: tenon).")
  private String clusterName;

  @Option(names = "--cluster-host", paramLabel = "HOST", description = "Address of this machine that other nodes reach (default: 127.0.0.1).")
  private String clusterHost;

  @Option(names = "--cluster-port", paramLabel = "PORT", description = "First port to try for other nodes (default: 5701).")
  private Integer clusterPort;

  @Option(names = "--only", paramLabel = "NAME", split = ",", description = "Components to run on this node, separated by commas (default: all).")
  private Set<String> only = Set.of();

  @Option(names = "--data-dir", paramLabel = "DIR", description = "Where keys and the embedded database stay between runs (default: .tenon/data).")
  private Path data;

  @Option(names = "--database", paramLabel = "URL", description = "Use this PostgreSQL instead of the embedded one: postgresql://user:password@host:5432/database.")
  private String database;

  @Option(names = "--key-file", paramLabel = "FILE", description = "The key that the nodes of a cluster share (default: node.key in the data directory).")
  private Path keyFile;

  @Option(names = "--event-loops", paramLabel = "N", description = "Event-loop threads; 0 for one a processor (default: 0).")
  private Integer eventLoops;

  @Option(names = "--worker-threads", paramLabel = "N", description = "Threads for blocking work (default: 20).")
  private Integer workerThreads;

  @Option(names = "--database-connections", paramLabel = "N", description = "Connections of each service on this node (default: 10).")
  private Integer databaseConnections;

  @Option(names = "--warm-up", negatable = true, description = "Warm workers up with requests of their own after the start (default: yes).")
  private Boolean warmUp;

  @Option(names = "--undeclared-calls", paramLabel = "WHAT",
      description = "What becomes of calls to other components that the caller's component.yaml does not declare: refuse or count (default: $TENON_UNDECLARED_CALLS, or count).")
  private CallPolicy undeclaredCalls;

  /// What the node is to do.
  ///
  /// @throws Complaint when an argument cannot be used, before anything has started
  NodeOptions over(NodeSettings settings, Home home, List<String> join) {
    Path dataDirectory = Optional.ofNullable(data).orElse(home.data()).toAbsolutePath().normalize();
    NodeOptions.Cluster cluster = settings.cluster();
    NodeOptions.Pools pools = settings.pools();
    Listen edge = listen("--edge-port", edgeHost, edgePort, settings.edge());
    Listen control = listen("--control-port", controlHost, controlPort, settings.control());
    if (edge.collidesWith(control)) {
      throw Complaint.misuse("--edge-port and --control-port – both are " + edge.port() + " – choose two ports");
    }
    if (Files.exists(dataDirectory) && !Files.isDirectory(dataDirectory)) {
      throw Complaint.misuse("--data-dir – " + dataDirectory + " is a file – choose a directory");
    }
    return new NodeOptions(
        home.root(),
        home.components(),
        only,
        dataDirectory,
        home.cache(),
        Optional.ofNullable(keyFile).orElse(dataDirectory.resolve("node.key")),
        edge,
        new Openness(or(docs, settings.openness().docs()), settings.openness().explains()),
        control,
        new NodeOptions.Cluster(
            or(clusterName, cluster.name()), or(clusterHost, cluster.host()), within("--cluster-port", or(clusterPort, cluster.port()), 1, PORT_MAX),
            join.isEmpty() ? cluster.join() : join, cluster.pingInterval(), cluster.pingReply()),
        Optional.ofNullable(database).map(NodeFlags::checked),
        new NodeOptions.Pools(
            within("--event-loops", or(eventLoops, pools.eventLoops()), 0, POOL_MAX),
            within("--worker-threads", or(workerThreads, pools.workerThreads()), 1, POOL_MAX),
            within("--database-connections", or(databaseConnections, pools.databaseConnections()), 1, POOL_MAX)),
        settings.deadlines(),
        new NodeOptions.WarmUp(or(warmUp, settings.warmUp().enabled()), settings.warmUp().bound()),
        Optional.ofNullable(undeclaredCalls).or(NodeFlags::undeclaredCallsOfTheEnvironment).orElse(settings.undeclaredCalls()));
  }

  /// A test suite sets it once for every process that it starts.
  private static Optional<CallPolicy> undeclaredCallsOfTheEnvironment() {
    String value = System.getenv(UNDECLARED_CALLS);
    if (value == null || value.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Arrays.stream(CallPolicy.values()).filter(policy -> policy.name().equalsIgnoreCase(value)).findFirst()
        .orElseThrow(() -> Complaint.misuse(UNDECLARED_CALLS + " – is '" + value + "' – set it to refuse or count, or remove it")));
  }

  private static Listen listen(String flag, String host, Integer port, Listen settings) {
    try {
      return new Listen(or(host, settings.host()), or(port, settings.port()));
    } catch (IllegalArgumentException wrong) {
      throw new Complaint(flag + " – " + wrong.getMessage() + " – choose one that is", wrong);
    }
  }

  private static int within(String flag, int value, int min, int max) {
    if (value < min || value > max) {
      throw Complaint.misuse(flag + " – " + value + " is not between " + min + " and " + max + " – choose one that is");
    }
    return value;
  }

  private static String checked(String url) {
    try {
      DatabaseAddress.parse(url);
      return url;
    } catch (ControlException wrong) {
      throw Complaint.misuse(wrong.getMessage());
    }
  }

  private static <T> T or(T flag, T setting) {
    return flag == null ? setting : flag;
  }
}
