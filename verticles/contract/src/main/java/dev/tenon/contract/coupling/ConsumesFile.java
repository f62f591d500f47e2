package dev.tenon.contract.coupling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// What the manifest of a component says of others: `consumes: { auth: { version: ^1.2, operations: [getPlan] } }`. All its other keys are someone else's.
///
/// @param name as it is written; empty where it is not
/// @param operations names of operations and events by the component that has them; none for one that is consumed as a whole
record ConsumesFile(Optional<String> name, Map<String, Collection<String>> operations) {

  static final String NAME = "component.yaml";

  private static final List<String> LISTS = List.of("operations", "events");

  static ConsumesFile in(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      return new ConsumesFile(Optional.empty(), Map.of());
    }
    try {
      return of(new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file)), file);
    } catch (IOException | YAMLException broken) {
      throw new CouplingException(file + " – it cannot be read: " + broken.getMessage().lines().findFirst().orElse("") + " – mend it", broken);
    }
  }

  private static ConsumesFile of(Object document, Path file) {
    if (!(document instanceof Map<?, ?> keys)) {
      throw new CouplingException(file + " – the file is not a mapping – write name: and what else a manifest has");
    }
    Map<String, Collection<String>> operations = new LinkedHashMap<>();
    Object consumes = keys.get("consumes");
    if (consumes instanceof Map<?, ?> components) {
      components.forEach((component, needs) -> operations.put(String.valueOf(component), names(needs)));
    } else if (consumes != null) {
      throw new CouplingException(file + " – consumes is not a mapping – write consumes: { auth: { version: ^1.2, operations: [getPlan] } }");
    }
    return new ConsumesFile(Optional.ofNullable(keys.get("name")).map(String::valueOf), operations);
  }

  private static Collection<String> names(Object needs) {
    Collection<String> names = new TreeSet<>();
    if (needs instanceof Map<?, ?> keys) {
      for (String list : LISTS) {
        if (keys.get(list) instanceof Collection<?> written) {
          written.forEach(each -> names.add(String.valueOf(each)));
        }
      }
    }
    return names;
  }
}
