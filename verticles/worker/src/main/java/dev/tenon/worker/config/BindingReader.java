package dev.tenon.worker.config;

import dev.tenon.worker.config.WranglerConfig.BindingEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the bindings of every kind, in the order in which they stand in the file.
final class BindingReader {

  private static final Set<String> SERVICE_KEYS = Set.of("binding", "service", "environment", "entrypoint", "props", "remote");

  private final Settings settings;
  private final Problems problems;

  BindingReader(Settings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  List<BindingEntry> read() {
    List<BindingEntry> bindings = new ArrayList<>();
    for (BindingKind kind : BindingKind.values()) {
      Optional<ConfigNode> node = kind.topLevelOnly() ? settings.top().get(kind.key()) : kind.inheritable() ? settings.get(kind.key()) : settings.own(kind.key());
      node.ifPresent(found -> bindings(kind, found, bindings));
    }
    bindings.sort(Comparator.comparingInt((BindingEntry entry) -> entry.at().line()).thenComparingInt(entry -> entry.at().column()));
    duplicates(bindings);
    return bindings;
  }

  private void bindings(BindingKind kind, ConfigNode node, List<BindingEntry> bindings) {
    switch (kind.shape()) {
      case LIST, NAMED_LIST -> settings.list(Optional.of(node), kind.key()).forEach(item -> binding(kind, item, bindings));
      case NESTED_LIST, NESTED_NAMED_LIST -> settings.list(node.get(kind.inner()), kind.key() + "." + kind.inner()).forEach(item -> binding(kind, item, bindings));
      case SINGLE -> {
        // "assets" without a binding serves files and gives the code nothing.
        if (kind != BindingKind.ASSETS || node.get("binding").isPresent()) {
          binding(kind, node, bindings);
        }
      }
      case BLOBS -> settings.table(Optional.of(node), kind.key()).forEach((name, path) -> bindings.add(
          new BindingEntry(kind.key(), name, Map.of("path", settings.text(path, kind.key() + "." + name)), settings.at(path))));
    }
  }

  private void binding(BindingKind kind, ConfigNode node, List<BindingEntry> bindings) {
    Map<String, ConfigNode> table = settings.table(Optional.of(node), kind.key());
    ConfigNode name = table.get(kind.nameKey());
    if (name == null || name.text().filter(text -> !text.isBlank()).isEmpty()) {
      if (node.table().isPresent()) {
        settings.error(node, "an entry of \"" + kind.key() + "\" has no \"" + kind.nameKey() + "\"", "add the name it has in env");
      }
      return;
    }
    if (kind == BindingKind.SERVICES) {
      settings.unknownMembers("services", node, SERVICE_KEYS);
      if (table.get("service") == null || table.get("service").text().isEmpty()) {
        settings.error(node, "service binding \"" + name.text().orElseThrow() + "\" names no \"service\"", "add the name of the component it calls");
        return;
      }
    }
    Map<String, Object> members = new LinkedHashMap<>();
    table.forEach((key, value) -> members.put(key, value.plain()));
    bindings.add(new BindingEntry(kind.key(), name.text().orElseThrow(), members, settings.at(node)));
  }

  private void duplicates(List<BindingEntry> bindings) {
    Map<String, BindingEntry> seen = new HashMap<>();
    Map<String, ConfigNode> vars = settings.own("vars").flatMap(ConfigNode::table).orElse(Map.of());
    for (BindingEntry entry : bindings) {
      BindingEntry other = seen.putIfAbsent(entry.name(), entry);
      if (other != null) {
        problems.error(Problem.of(entry.at(), "binding \"" + entry.name() + "\" is already defined at " + other.at() + " (" + other.kind() + ")",
            "give one of them another name"));
      } else if (vars.containsKey(entry.name())) {
        problems.error(Problem.of(entry.at(), "binding \"" + entry.name() + "\" is already defined at " + settings.at(vars.get(entry.name())) + " (vars)",
            "give one of them another name"));
      }
    }
  }
}
