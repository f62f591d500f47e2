package dev.tenon.node;

import dev.tenon.bus.calls.CallPolicy;
import dev.tenon.gateway.Openness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// `cluster-config/node.yaml`: what a node does unless a flag says otherwise. The file documents each key.
public record NodeSettings(
    Listen edge,
    Openness openness,
    Listen control,
    NodeOptions.Cluster cluster,
    NodeOptions.Pools pools,
    NodeOptions.Deadlines deadlines,
    NodeOptions.WarmUp warmUp,
    CallPolicy undeclaredCalls) {

  private static final int POOL_MAX = 1_000;

  /// Reads the file.
  ///
  /// @throws StartFailure naming everything that is wrong in it, together
  public static NodeSettings read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException missing) {
      throw new StartFailure("node settings " + file + " – the file cannot be read – put it back from the distribution", missing);
    }
    try {
      return parse(text, file.toString());
    } catch (YAMLException broken) {
      throw new StartFailure("node settings " + file + " – not valid YAML: " + broken.getMessage().strip().replaceAll("\\s+", " "), broken);
    }
  }

  static NodeSettings parse(String yaml, String name) {
    SettingsSection root = SettingsSection.root(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
    SettingsSection cluster = root.section("cluster");
    SettingsSection pools = root.section("pools");
    SettingsSection deadlines = root.section("deadlines");
    SettingsSection warmUp = root.section("warm-up");
    SettingsSection edge = root.section("edge");
    NodeSettings settings = new NodeSettings(
        listen(edge, 8080),
        new Openness(edge.flag("docs", true), edge.flag("explain", true)),
        listen(root.section("control"), 8090),
        new NodeOptions.Cluster(
            cluster.text("name", "tenon"),
            cluster.text("host", "127.0.0.1"),
            cluster.integer("port", 5701, 1, 65_535),
            cluster.texts("join"),
            cluster.duration("ping-interval", Duration.ofSeconds(1)),
            cluster.duration("ping-reply", Duration.ofSeconds(2))),
        new NodeOptions.Pools(
            pools.integer("event-loops", 0, 0, POOL_MAX),
            pools.integer("worker-threads", 20, 1, POOL_MAX),
            pools.integer("database-connections", 10, 1, POOL_MAX)),
        new NodeOptions.Deadlines(
            deadlines.duration("start", Duration.ofSeconds(60)),
            deadlines.duration("drain", Duration.ofSeconds(20)),
            deadlines.duration("stop", Duration.ofSeconds(30))),
        new NodeOptions.WarmUp(warmUp.flag("enabled", true), warmUp.duration("bound", Duration.ofSeconds(60))),
        policy(root.section("calls")));
    root.finish("node settings " + name);
    return settings;
  }

  private static CallPolicy policy(SettingsSection section) {
    return section.choice("undeclared", CallPolicy.COUNT);
  }

  private static Listen listen(SettingsSection section, int port) {
    return new Listen(section.text("host", "127.0.0.1"), section.integer("port", port, 0, 65_535));
  }
}
