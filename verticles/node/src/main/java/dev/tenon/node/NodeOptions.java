package dev.tenon.node;

import dev.tenon.bus.calls.CallPolicy;
import dev.tenon.gateway.Openness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Everything that decides how a node runs.
///
/// @param home holds `contracts/`, `js-workers/` and `cluster-config/`
/// @param components folders of services, each with its `component.yaml` and jars
/// @param only names of the components to run here; empty for all that are found. The others are reached on other nodes
/// @param data what the node keeps between runs: keys, and the embedded database unless `databaseUrl` names another
/// @param cache what can be made again: unpacked programs
/// @param keyFile the secret that the nodes of a cluster share; made when it is not there
/// @param openness what the edge tells about what is behind it
/// @param undeclaredCalls what becomes of calls between components that the caller's manifest does not declare
/// @param databaseUrl a PostgreSQL server of the operator's own
public record NodeOptions(
    Path home,
    List<Path> components,
    Set<String> only,
    Path data,
    Path cache,
    Path keyFile,
    Listen edge,
    Openness openness,
    Listen control,
    Cluster cluster,
    Optional<String> databaseUrl,
    Pools pools,
    Deadlines deadlines,
    WarmUp warmUp,
    CallPolicy undeclaredCalls) {

  /// @param host the address of this machine that the other nodes reach
  /// @param port the first port to try
  /// @param join addresses of nodes to join, `host` or `host:port`; empty to be a cluster of its own that others may join
  public record Cluster(String name, String host, int port, List<String> join, Duration pingInterval, Duration pingReply) {
    public Cluster {
      join = List.copyOf(join);
    }
  }

  /// @param eventLoops 0 for one a processor
  /// @param databaseConnections of each service on this node
  public record Pools(int eventLoops, int workerThreads, int databaseConnections) {

    /// The number of event loops there will be.
    public int eventLoopsInUse() {
      return eventLoops > 0 ? eventLoops : Runtime.getRuntime().availableProcessors();
    }
  }

  /// @param start a part that is not ready by then fails the start
  /// @param drain what exchanges in flight get to finish when the node stops
  /// @param stop when the whole stop is given up
  public record Deadlines(Duration start, Duration drain, Duration stop) {}

  /// Synthetic requests after the node is ready, so that the JIT has compiled a worker before its users come.
  ///
  /// @param bound when it stops at the latest
  public record WarmUp(boolean enabled, Duration bound) {}

  public NodeOptions {
    components = List.copyOf(components);
    only = Set.copyOf(only);
  }

  /// Whether a component runs on this node.
  boolean runs(String component) {
    return only.isEmpty() || only.contains(component);
  }
}
