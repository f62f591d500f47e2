package dev.tenon.node;

import com.hazelcast.config.Config;
import com.hazelcast.config.InvalidConfigurationException;
import com.hazelcast.config.YamlConfigBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;

/// Hazelcast's and Vert.x's settings of a node, from `cluster-config/hazelcast.yaml` and [NodeOptions].
final class ClusterConfig {

  private ClusterConfig() {}

  static Config hazelcast(Path file, NodeOptions.Cluster cluster) {
    Properties values = new Properties();
    values.setProperty("tenon.cluster.name", cluster.name());
    values.setProperty("tenon.cluster.host", cluster.host());
    values.setProperty("tenon.cluster.port", String.valueOf(cluster.port()));
    Config config;
    try {
      config = new YamlConfigBuilder(file.toString()).setProperties(values).build();
    } catch (IOException missing) {
      throw new StartFailure("cluster settings " + file + " – the file cannot be read – put it back from the distribution", missing);
    } catch (InvalidConfigurationException broken) {
      throw new StartFailure("cluster settings " + file + " – " + broken.getMessage(), broken);
    }
    cluster.join().forEach(config.getNetworkConfig().getJoin().getTcpIpConfig()::addMember);
    return config;
  }

  static VertxOptions vertx(NodeOptions options) {
    EventBusOptions eventBus = new EventBusOptions()
        .setHost(options.cluster().host())
        .setPort(0)
        .setClusterPingInterval(options.cluster().pingInterval().toMillis())
        .setClusterPingReplyInterval(options.cluster().pingReply().toMillis());
    return new VertxOptions()
        .setEventBusOptions(eventBus)
        .setEventLoopPoolSize(options.pools().eventLoopsInUse())
        .setWorkerPoolSize(options.pools().workerThreads());
  }
}
