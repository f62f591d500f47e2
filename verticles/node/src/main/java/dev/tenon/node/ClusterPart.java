package dev.tenon.node;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Vert.x, clustered by Hazelcast, and its metrics.
final class ClusterPart {

  /// None whose values a client chooses, as it does an HTTP method's, and no addresses of the bus.
  private static final Set<Label> LABELS = EnumSet.of(Label.HTTP_CODE, Label.POOL_TYPE, Label.POOL_NAME, Label.EB_SIDE);

  private final Vertx vertx;
  private final HazelcastClusterManager manager;
  private final PrometheusMeterRegistry metrics;
  private final JvmGcMetrics garbageCollection;

  private ClusterPart(Vertx vertx, HazelcastClusterManager manager, PrometheusMeterRegistry metrics, JvmGcMetrics garbageCollection) {
    this.vertx = vertx;
    this.manager = manager;
    this.metrics = metrics;
    this.garbageCollection = garbageCollection;
  }

  /// Blocks until this node is a member.
  static ClusterPart start(NodeOptions options) {
    Config config = ClusterConfig.hazelcast(options.home().resolve("cluster-config/hazelcast.yaml"), options.cluster());
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    HazelcastClusterManager manager = new HazelcastClusterManager(config);
    Vertx vertx;
    try {
      vertx = Vertx.builder()
          .with(ClusterConfig.vertx(options).setMetricsOptions(new MicrometerMetricsOptions().setEnabled(true).setLabels(LABELS)))
          .withMetrics(new MicrometerMetricsFactory(metrics))
          .withClusterManager(manager)
          .buildClustered()
          .await(options.deadlines().start().toMillis(), TimeUnit.MILLISECONDS);
    } catch (Exception failed) {
      throw new StartFailure("cluster on " + options.cluster().host() + " – this node cannot become a member (" + failed.getMessage()
          + ") – check --cluster-host and --cluster-port, and whether the nodes of --join run", failed);
    }
    return new ClusterPart(vertx, manager, metrics, bindJvm(metrics));
  }

  private static JvmGcMetrics bindJvm(PrometheusMeterRegistry metrics) {
    new JvmMemoryMetrics().bindTo(metrics);
    new JvmThreadMetrics().bindTo(metrics);
    new ProcessorMetrics().bindTo(metrics);
    new UptimeMetrics().bindTo(metrics);
    JvmGcMetrics garbageCollection = new JvmGcMetrics();
    garbageCollection.bindTo(metrics);
    return garbageCollection;
  }

  Vertx vertx() {
    return vertx;
  }

  PrometheusMeterRegistry metrics() {
    return metrics;
  }

  /// This node as others know it, e.g. `127.0.0.1:5701`.
  String address() {
    InetSocketAddress bound = hazelcast().getCluster().getLocalMember().getSocketAddress();
    return bound.getHostString() + ":" + bound.getPort();
  }

  Future<String> check() {
    if (!hazelcast().getLifecycleService().isRunning()) {
      return Future.failedFuture("this node has left the cluster");
    }
    int members = hazelcast().getCluster().getMembers().size();
    return Future.succeededFuture(members + (members == 1 ? " node" : " nodes"));
  }

  /// Leaves the cluster and stops Vert.x with everything deployed on it.
  Future<Void> close() {
    garbageCollection.close();
    return vertx.close().eventually(() -> {
      metrics.close();
      return Future.succeededFuture();
    });
  }

  private HazelcastInstance hazelcast() {
    return manager.getHazelcastInstance();
  }
}
