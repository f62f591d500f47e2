package dev.tenon.service;

import dev.tenon.contract.component.Consumed;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/// `component.yaml`: what a service is and what it needs.
///
/// @param name how others call it
/// @param version semantic version of what is in the jar
/// @param main class of its [Service]
/// @param contract where its OpenAPI document is on its class path, e.g. `contracts/auth/openapi.yaml`
/// @param consumes the components it calls, by name
/// @param database present when it wants a database of its own
/// @param settings the service's own, for [ServiceContext#settings]
/// @param origin the file, for messages
public record ComponentManifest(
    String name,
    String version,
    String main,
    String contract,
    Map<String, Consumed> consumes,
    Optional<Database> database,
    Optional<Node> settings,
    String origin) {

  public ComponentManifest {
    consumes = Map.copyOf(consumes);
  }

  /// @param migrations folder of Flyway's `V1__….sql` files on the class path
  /// @param connectionsMax of its pool, which the node may lower
  public record Database(String migrations, int connectionsMax) {}

  /// Reads a manifest.
  ///
  /// @param origin the file's name, for messages
  /// @throws ServiceException that names everything wrong with it, each with its line
  public static ComponentManifest parse(String yaml, String origin) {
    return ManifestReader.read(yaml, origin);
  }
}
