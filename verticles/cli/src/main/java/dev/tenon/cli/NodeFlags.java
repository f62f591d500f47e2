package dev.tenon.cli;

import dev.tenon.node.Listen;
import dev.tenon.node.NodeOptions;
import dev.tenon.node.NodeSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/// The flags that `up` and `node` share. What is not given is as in `cluster-config/node.yaml`.
final class NodeFlags {

  @Option(names = "--edge-host", paramLabel = "HOST", description = "Address the edge listens on.")
  private String edgeHost;

  @Option(names = "--edge-port", paramLabel = "PORT", description = "Port the edge listens on; 0 for any free one.")
  private Integer edgePort;

  @Option(names = "--control-host", paramLabel = "HOST", description = "Address of the control listener (health, metrics).")
  private String controlHost;

  @Option(names = "--control-port", paramLabel = "PORT", description = "Port of the control listener; 0 for any free one.")
  private Integer controlPort;

  @Option(names = "--cluster-name", paramLabel = "NAME", description = "Nodes with another name do not join.")
  private String clusterName;

  @Option(names = "--cluster-host", paramLabel = "HOST", description = "Address of this machine that other nodes reach.")
  private String clusterHost;

  @Option(names = "--cluster-port", paramLabel = "PORT", description = "First port to try for other nodes.")
  private Integer clusterPort;

  @Option(names = "--only", paramLabel = "NAME", split = ",", description = "Components to run on this node, separated by commas (default: all).")
  private Set<String> only = Set.of();

  @Option(names = "--data-dir", paramLabel = "DIR", description = "Where keys and the embedded database stay between runs.")
  private Path data;

  @Option(names = "--database", paramLabel = "URL", description = "Use this PostgreSQL instead of the embedded one: postgresql://user:password@host:5432/database.")
  private String database;

  @Option(names = "--key-file", paramLabel = "FILE", description = "The key that the nodes of a cluster share (default: node.key in the data directory).")
  private Path keyFile;

  @Option(names = "--event-loops", paramLabel = "N", description = "Event-loop threads; 0 for one a processor.")
  private Integer eventLoops;

  @Option(names = "--worker-threads", paramLabel = "N", description = "Threads for blocking work.")
  private Integer workerThreads;

  @Option(names = "--database-connections", paramLabel = "N", description = "Connections of each service on this node.")
  private Integer databaseConnections;

  @Option(names = "--warm-up", negatable = true, description = "Warm workers up with requests of their own after the start.")
  private Boolean warmUp;

  NodeOptions over(NodeSettings settings, Home home, List<String> join) {
    Path dataDirectory = Optional.ofNullable(data).orElse(home.data()).toAbsolutePath().normalize();
    NodeOptions.Cluster cluster = settings.cluster();
    NodeOptions.Pools pools = settings.pools();
    return new NodeOptions(
        home.root(),
        home.components(),
        only,
        dataDirectory,
        home.cache(),
        Optional.ofNullable(keyFile).orElse(dataDirectory.resolve("node.key")),
        listen("--edge-port", edgeHost, edgePort, settings.edge()),
        listen("--control-port", controlHost, controlPort, settings.control()),
        new NodeOptions.Cluster(
            or(clusterName, cluster.name()), or(clusterHost, cluster.host()), or(clusterPort, cluster.port()),
            join.isEmpty() ? cluster.join() : join, cluster.pingInterval(), cluster.pingReply()),
        Optional.ofNullable(database),
        new NodeOptions.Pools(
            or(eventLoops, pools.eventLoops()), or(workerThreads, pools.workerThreads()), or(databaseConnections, pools.databaseConnections())),
        settings.deadlines(),
        new NodeOptions.WarmUp(or(warmUp, settings.warmUp().enabled()), settings.warmUp().bound()));
  }

  private static Listen listen(String flag, String host, Integer port, Listen settings) {
    try {
      return new Listen(or(host, settings.host()), or(port, settings.port()));
    } catch (IllegalArgumentException wrong) {
      throw new Complaint(flag + " – " + wrong.getMessage() + " – choose one that is", wrong);
    }
  }

  private static <T> T or(T flag, T setting) {
    return flag == null ? setting : flag;
  }
}
