package dev.tenon.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.hazelcast.config.Config;
import dev.tenon.bus.calls.CallPolicy;
import dev.tenon.gateway.Openness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeSettingsTest {

  private static final Path CLUSTER_CONFIG = Path.of("../../cluster-config");

  @Test
  void theShippedFileSaysWhatAnEmptyOneMeans() {
    assertEquals(NodeSettings.parse("", "empty"), NodeSettings.read(CLUSTER_CONFIG.resolve("node.yaml")));
  }

  @Test
  void eachKeyCounts() {
    NodeSettings settings = NodeSettings.parse("""
        edge: { host: 0.0.0.0, port: 80, docs: false, explain: false }
        control: { port: 0 }
        cluster: { name: north, host: 10.0.0.1, port: 6000, join: [10.0.0.2, '10.0.0.3:6001'], ping-interval: 500ms, ping-reply: 1s }
        pools: { event-loops: 4, worker-threads: 8, database-connections: 3 }
        deadlines: { start: 2m, drain: 5s, stop: 1h }
        warm-up: { enabled: false, bound: 10s }
        calls: { undeclared: refuse }
        """, "test");
    assertEquals(new NodeSettings(
        new Listen("0.0.0.0", 80),
        new Openness(false, false),
        new Listen("127.0.0.1", 0),
        new NodeOptions.Cluster("north", "10.0.0.1", 6000, List.of("10.0.0.2", "10.0.0.3:6001"), Duration.ofMillis(500), Duration.ofSeconds(1)),
        new NodeOptions.Pools(4, 8, 3),
        new NodeOptions.Deadlines(Duration.ofMinutes(2), Duration.ofSeconds(5), Duration.ofHours(1)),
        new NodeOptions.WarmUp(false, Duration.ofSeconds(10)),
        CallPolicy.REFUSE), settings);
  }

  @Test
  void everythingWrongIsSaidAtOnce() {
    check("""
        edge: { port: 65536, hots: here }
        control: yes
        cluster: { join: 10.0.0.2 }
        pools: { worker-threads: 0 }
        deadlines: { drain: 20 }
        colour: red
        """,
        "node settings test – edge.port is '65536', not a whole number from 0 to 65535;"
            + " control is 'true', not a mapping;"
            + " cluster.join is '10.0.0.2', not a list of texts;"
            + " pools.worker-threads is '0', not a whole number from 1 to 1000;"
            + " deadlines.drain is '20', not a duration such as 500ms, 20s, 5m or 1h;"
            + " colour is not a setting; edge.hots is not a setting");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    StartFailure failure = assertThrows(StartFailure.class, () -> NodeSettings.read(Path.of("missing.yaml")));
    assertEquals("node settings missing.yaml – the file cannot be read – put it back from the distribution", failure.getMessage());
  }

  @Test
  void hazelcastBindsTheClusterHostAndJoinsOnlyWhoIsNamed() {
    NodeOptions.Cluster cluster = new NodeOptions.Cluster(
        "north", "127.0.0.1", 6000, List.of("127.0.0.1:6001"), Duration.ofSeconds(1), Duration.ofSeconds(2));
    Config config = ClusterConfig.hazelcast(CLUSTER_CONFIG.resolve("hazelcast.yaml"), cluster);
    assertEquals("north", config.getClusterName());
    assertEquals(6000, config.getNetworkConfig().getPort());
    assertEquals(List.of("127.0.0.1"), List.copyOf(config.getNetworkConfig().getInterfaces().getInterfaces()));
    assertEquals(List.of("127.0.0.1:6001"), config.getNetworkConfig().getJoin().getTcpIpConfig().getMembers());
    assertEquals(false, config.getNetworkConfig().getJoin().getMulticastConfig().isEnabled());
    assertEquals("false", config.getProperty("hazelcast.phone.home.enabled"));
  }

  private static void check(String yaml, String expected) {
    assertEquals(expected, assertThrows(StartFailure.class, () -> NodeSettings.parse(yaml, "test")).getMessage());
  }
}
