package dev.tenon.contract.schema;

import java.util.HashMap;
import java.util.Map;

/// The dynamic scope in which a schema is compiled: for each `$dynamicAnchor`, the outermost resource on the way to it that has one of that name. A schema that
/// is reached in two scopes that differ is compiled for each of them, so that nothing has to be looked up while values are checked.
record Bindings(Map<String, Resource> outermost) {

  static final Bindings NONE = new Bindings(Map.of());

  Bindings {
    outermost = Map.copyOf(outermost);
  }

  /// The scope inside a resource.
  Bindings entering(Resource resource) {
    if (outermost.keySet().containsAll(resource.dynamicAnchors().keySet())) {
      return this;
    }
    Map<String, Resource> all = new HashMap<>(outermost);
    resource.dynamicAnchors().keySet().forEach(name -> all.putIfAbsent(name, resource));
    return new Bindings(all);
  }
}
