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

/// Clustered Vert.x nodes on loopback, in this process or in one of their own.
final class Clusters {

  private Clusters() {}

  /// A port nobody listens on just now.
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new AssertionError(none);
    }
  }

  /// @param seed the port of the member that the others join
  static Vertx node(int port, int seed) {
    Config config = ConfigUtil.loadConfig();
    config.setClusterName("bus-test-" + seed);
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    config.setProperty("hazelcast.socket.bind.any", "false");
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
