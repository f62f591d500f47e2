package dev.tenon.worker.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks for keys that do not do what their author hopes: unknown, in the wrong place, not inherited, not supported.
final class KeyCheck {

  private final Settings settings;

  KeyCheck(Settings settings) {
    this.settings = settings;
  }

  void run() {
    unknownKeys();
    notInheritedKeys();
    notSupportedKeys();
  }

  private void unknownKeys() {
    settings.top().table().orElseThrow().forEach((key, node) -> {
      if (!ConfigKeys.knownAtTop(key)) {
        settings.unknown(key, node, ConfigKeys.nearest(key));
      }
    });
    settings.section().flatMap(ConfigNode::table).ifPresent(table -> table.forEach((key, node) -> {
      if (!ConfigKeys.knownInEnvironment(key)) {
        String name = "env." + settings.environment() + "." + key;
        if (ConfigKeys.knownAtTop(key)) {
          settings.warning(node, "\"" + name + "\" has no effect: \"" + key + "\" belongs to the top level", "move it there");
        } else {
          settings.unknown(name, node, ConfigKeys.nearest(key));
        }
      }
    }));
  }

  /// Vars, bindings and a few more are not taken over by an environment; who forgets that gets a worker without them.
  private void notInheritedKeys() {
    if (settings.section().isEmpty()) {
      return;
    }
    String env = settings.environment();
    Map<String, ConfigNode> own = settings.section().get().table().orElseThrow();
    settings.top().table().orElseThrow().forEach((key, node) -> {
      boolean belongsInBoth = ConfigKeys.knownInEnvironment(key) && !ConfigKeys.inherited(key);
      if (belongsInBoth && !own.containsKey(key) && !isEmpty(node)) {
        settings.warning(node, "\"" + key + "\" is set at the top level but not in \"env." + env + "\", which does not inherit it",
            "repeat it in \"env." + env + "\" if the worker needs it there");
      }
    });
    Map<String, ConfigNode> ownVars = Optional.ofNullable(own.get("vars")).flatMap(ConfigNode::table).orElse(null);
    if (ownVars != null) {
      settings.top().get("vars").flatMap(ConfigNode::table).ifPresent(vars -> vars.forEach((key, node) -> {
        if (!ownVars.containsKey(key)) {
          settings.warning(node, "\"vars." + key + "\" is set at the top level but not in \"env." + env + ".vars\", which does not inherit it",
              "repeat it in \"env." + env + ".vars\" if the worker needs it there");
        }
      }));
    }
  }

  private void notSupportedKeys() {
    settings.top().get("site").ifPresent(node -> settings.error(node, "\"site\" (Workers Sites) is not supported", "use \"assets\", its successor"));
    settings.get("tail_consumers").filter(node -> !isEmpty(node)).ifPresent(node -> settings.warning(node, "\"tail_consumers\" has no effect: tail workers are not supported yet", ""));
    settings.get("queues").flatMap(queues -> queues.get("consumers")).filter(node -> !isEmpty(node)).ifPresent(node -> settings.warning(node,
        "\"queues.consumers\" has no effect: queues are not supported yet", ""));
    settings.get("containers").filter(node -> !isEmpty(node)).ifPresent(node -> settings.error(node, "\"containers\" are not supported", "remove them from the configuration"));
  }

  private static boolean isEmpty(ConfigNode node) {
    return node.table().map(Map::isEmpty).or(() -> node.list().map(List::isEmpty)).orElse(false);
  }
}
