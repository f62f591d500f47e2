package dev.tenon.contract.coupling;

import dev.tenon.contract.coupling.Component.Kind;
import dev.tenon.contract.coupling.Dependency.End;
import dev.tenon.contract.coupling.Dependency.Via;
import dev.tenon.contract.coupling.Layout.Found;
import dev.tenon.contract.coupling.WorkerReader.Import;
import dev.tenon.contract.coupling.WorkerReader.ServiceBinding;
import dev.tenon.contract.coupling.WorkerReader.Use;
import dev.tenon.contract.coupling.WorkerReader.WorkerCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Gathers the dependencies of all components.
final class Measurement {

  private static final Path CLASSES = Path.of("target/classes");
  private static final Path TEST_CLASSES = Path.of("target/test-classes");

  private final Layout layout;
  private final SortedSet<Dependency> inside = new TreeSet<>();
  private final SortedSet<Dependency> between = new TreeSet<>();

  Measurement(Layout layout) {
    this.layout = layout;
  }

  Coupling result() {
    byteCode();
    for (Found each : layout.found()) {
      each.code().ifPresent(code -> modules(each.component(), code));
    }
    packages();
    for (Found each : layout.found()) {
      contracts(each);
    }
    return new Coupling(components(), inside, between);
  }

  private List<Component> components() {
    return layout.found().stream().map(Found::component).toList();
  }

  private void byteCode() {
    Map<Component, List<ClassReferences>> classes = new HashMap<>();
    Map<Component, Map<String, String>> unitsOf = new HashMap<>();
    for (Component component : components()) {
      if (component.kind() == Kind.SERVICE) {
        List<ClassReferences> own = compiled(component);
        classes.put(component, own);
        Map<String, String> units = new HashMap<>();
        own.forEach(one -> units.put(one.name(), one.topLevel()));
        unitsOf.put(component, units);
      }
    }
    classes.forEach((component, own) -> {
      own.forEach(one -> references(component, one, unitsOf, Use.DEPLOYED));
      ClassReferences.below(component.folder().resolve(TEST_CLASSES)).forEach(one -> references(component, one, unitsOf, Use.FOR_TESTS));
    });
  }

  private static List<ClassReferences> compiled(Component component) {
    List<ClassReferences> classes = ClassReferences.below(component.folder().resolve(CLASSES));
    if (classes.isEmpty()) {
      throw new CouplingException(component.name() + " – there are no classes in " + component.folder().resolve(CLASSES) + " – build it first, for example with ./mvnw compile");
    }
    return classes;
  }

  private void references(Component component, ClassReferences one, Map<Component, Map<String, String>> unitsOf, Use use) {
    End from = new End(component.name(), one.topLevel());
    for (String reference : one.references()) {
      String own = unitsOf.get(component).get(reference);
      if (own != null) {
        if (use == Use.DEPLOYED && !own.equals(one.topLevel())) {
          inside.add(new Dependency(from, new End(component.name(), own), Via.CLASS));
        }
        continue;
      }
      unitsOf.forEach((other, units) -> {
        if (units.containsKey(reference)) {
          between.add(new Dependency(from, new End(other.name(), units.get(reference)), Via.CLASS));
        }
      });
    }
  }

  private void modules(Component component, WorkerCode code) {
    for (Import each : code.imports()) {
      Optional<Component> target = owner(each.to());
      if (target.isEmpty() || each.from().equals(each.to()) || !owner(each.from()).equals(Optional.of(component))) {
        continue;
      }
      End from = new End(component.name(), unit(component, each.from()));
      Dependency found = new Dependency(from, new End(target.get().name(), unit(target.get(), each.to())), Via.MODULE);
      if (found.isBetweenComponents()) {
        between.add(found);
      } else if (each.use() == Use.DEPLOYED) {
        inside.add(found);
      }
    }
  }

  /// The component whose folder a file is in. Installed packages belong to none, unless they are links into one.
  private Optional<Component> owner(Path file) {
    return components().stream()
        .filter(component -> file.startsWith(component.folder()) && !isInstalled(component.folder().relativize(file)))
        .max((one, other) -> Integer.compare(one.folder().getNameCount(), other.folder().getNameCount()));
  }

  private static boolean isInstalled(Path inFolder) {
    for (Path name : inFolder) {
      if (name.toString().equals("node_modules")) {
        return true;
      }
    }
    return false;
  }

  private static String unit(Component component, Path file) {
    return component.folder().relativize(file).toString().replace('\\', '/');
  }

  private void packages() {
    List<PackageFile> files = new ArrayList<>();
    for (Component component : components()) {
      if (Files.isRegularFile(component.folder().resolve(PackageFile.NPM))) {
        files.add(PackageFile.npm(component));
      }
      if (Files.isRegularFile(component.folder().resolve(PackageFile.MAVEN))) {
        files.add(PackageFile.maven(component));
      }
    }
    for (PackageFile each : files) {
      for (PackageFile other : files) {
        if (!each.component().equals(other.component()) && each.file().equals(other.file()) && each.needs(other)) {
          between.add(new Dependency(new End(each.component().name(), each.file()), new End(other.component().name(), ""), Via.PACKAGE));
        }
      }
    }
  }

  private void contracts(Found found) {
    String name = found.component().name();
    found.manifest().operations().forEach((provider, operations) -> {
      if (provider.equals(name)) {
        return;
      }
      (operations.isEmpty() ? List.of("") : operations).forEach(operation -> between.add(new Dependency(new End(name, ""), new End(provider, operation), Via.OPERATION)));
    });
    for (ServiceBinding binding : found.code().map(WorkerCode::bindings).orElse(List.of())) {
      if (!binding.service().equals(name) && !found.manifest().operations().containsKey(binding.service())) {
        between.add(new Dependency(new End(name, binding.name()), new End(binding.service(), ""), Via.BINDING));
      }
    }
  }
}
