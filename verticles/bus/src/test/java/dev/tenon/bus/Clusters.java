package dev.tenon.bus;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Clustered Vert.x nodes on loopback, in this process or in one of their own.
final class Clusters {

  private Clusters() {}

  /// A port nobody listens on just now, outside the range that the system gives to outgoing connections: there, a member that
  /// tries to reach one that was killed may be connected to itself.
  static int freePort() {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // another one then
      }
    }
    throw new AssertionError("no free port between 20000 and 30000");
  }

  /// @param seed the port of the member that the others join
  static Vertx node(int port, int seed) {
    Config config = ConfigUtil.loadConfig();
    config.setClusterName("bus-test-" + seed);
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
    config.setProperty("hazelcast.max.no.heartbeat.seconds", "6");
    config.setProperty("hazelcast.graceful.shutdown.max.wait", "5");
    config.getNetworkConfig().setPort(port).setPortAutoIncrement(false);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    JoinConfig join = config.getNetworkConfig().getJoin();
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).addMember("127.0.0.1:" + seed);
    VertxOptions options = new VertxOptions()
        .setEventLoopPoolSize(2)
        .setEventBusOptions(new EventBusOptions().setHost("127.0.0.1"));
    return Exchanges.await(Vertx.builder().with(options).withClusterManager(new HazelcastClusterManager(config)).buildClustered());
  }
}
