package dev.tenon.contract.coupling;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// The components of a repository and everything in them that depends on something in one of them.
///
/// @param inside dependencies whose ends are in the same component, in order
/// @param between dependencies whose ends are in two components, in order
public record Coupling(List<Component> components, SortedSet<Dependency> inside, SortedSet<Dependency> between) {

  /// Above this ratio parts of a system are no longer apart.
  public static final double RATIO_MAX = 0.30;

  public Coupling {
    components = List.copyOf(components);
    inside = Collections.unmodifiableSortedSet(new TreeSet<>(inside));
    between = Collections.unmodifiableSortedSet(new TreeSet<>(between));
  }

  /// Measures the services in `verticles/` and the workers in `js-workers/` of a folder. Blocks: reads files, and asks `workers` for each worker.
  ///
  /// @throws CouplingException when something that counts cannot be read
  public static Coupling measure(Path root, WorkerReader workers) {
    return new Measurement(Layout.of(root, workers)).result();
  }

  /// Of the whole system: dependencies between components ÷ all dependencies. 0 to 1; 0 where there are none.
  public double ratio() {
    return ratio(between.size(), inside.size());
  }

  /// Of one component: dependencies that lead from it to another ÷ all that begin in it.
  public double ratio(Component component) {
    return ratio(between(component).size(), inside(component).size());
  }

  /// What begins and ends in a component.
  public List<Dependency> inside(Component component) {
    return startingIn(component, inside);
  }

  /// What begins in a component and ends in another.
  public List<Dependency> between(Component component) {
    return startingIn(component, between);
  }

  /// Code of one component that depends on code of another.
  public List<Dependency> codeBetween() {
    return between.stream().filter(each -> each.via().isCode()).toList();
  }

  private static List<Dependency> startingIn(Component component, Collection<Dependency> dependencies) {
    return dependencies.stream().filter(each -> each.from().component().equals(component.name())).toList();
  }

  private static double ratio(int between, int inside) {
    return between == 0 ? 0 : (double) between / (between + inside);
  }
}
