package dev.tenon.bus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The routing table of this node: read without locks from a snapshot, rebuilt whole whenever an instance comes or goes.
final class Routes {

  private final int lanes;
  private final List<Instance> local = new ArrayList<>();
  private Collection<RemoteInstance> remote = List.of();
  private volatile Map<String, Route> byComponent = Map.of();

  Routes(int lanes) {
    this.lanes = lanes;
  }

  /// The route to a component, or to one version of it; null when nobody has announced one.
  Route find(String component, Optional<String> version) {
    Route route = byComponent.get(component);
    return route == null || version.isEmpty() ? route : route.version(version.get());
  }

  synchronized void add(Instance instance) {
    local.add(instance);
    rebuild();
  }

  /// Whether it was in the routing.
  synchronized boolean remove(Instance instance) {
    boolean was = local.remove(instance);
    if (was) {
      rebuild();
    }
    return was;
  }

  synchronized void remotes(Collection<RemoteInstance> all) {
    remote = List.copyOf(all);
    rebuild();
  }

  /// The instances of this node that are in the routing.
  synchronized List<Instance> locals() {
    return List.copyOf(local);
  }

  private void rebuild() {
    Map<String, Map<String, List<Instance>>> here = new HashMap<>();
    Map<String, Map<String, List<RemoteInstance>>> there = new HashMap<>();
    for (Instance instance : local) {
      at(here, instance.component, instance.version).add(instance);
      at(there, instance.component, instance.version);
    }
    for (RemoteInstance instance : remote) {
      at(here, instance.component(), instance.version());
      at(there, instance.component(), instance.version()).add(instance);
    }
    Map<String, Route> routes = new HashMap<>();
    here.forEach((component, byVersion) -> routes.put(component, routeOf(byVersion, there.get(component))));
    byComponent = Map.copyOf(routes);
  }

  private Route routeOf(Map<String, List<Instance>> here, Map<String, List<RemoteInstance>> there) {
    Map<String, Route> versions = new HashMap<>();
    here.forEach((version, instances) -> versions.put(version, new Route(instances, there.get(version), lanes, Map.of())));
    return new Route(flat(here), flat(there), lanes, Map.copyOf(versions));
  }

  private static <T> List<T> flat(Map<String, List<T>> byVersion) {
    return byVersion.values().stream().flatMap(List::stream).toList();
  }

  private static <T> List<T> at(Map<String, Map<String, List<T>>> map, String component, String version) {
    return map.computeIfAbsent(component, c -> new HashMap<>()).computeIfAbsent(version, v -> new ArrayList<>());
  }
}
