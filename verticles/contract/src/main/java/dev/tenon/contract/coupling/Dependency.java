package dev.tenon.contract.coupling;

import java.util.Comparator;

/// One thing that needs another. Two dependencies are the same when all their parts are.
public record Dependency(End from, End to, Via via) implements Comparable<Dependency> {

  private static final Comparator<Dependency> ORDER = Comparator.comparing(Dependency::from).thenComparing(Dependency::to).thenComparing(Dependency::via);

  /// One end.
  ///
  /// @param unit a top-level class, a module's path in its folder, an operation, a binding; empty for the component as a whole
  public record End(String component, String unit) implements Comparable<End> {

    private static final Comparator<End> ORDER = Comparator.comparing(End::component).thenComparing(End::unit);

    @Override
    public int compareTo(End other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return unit.isEmpty() ? component : component + " " + unit;
    }
  }

  /// What makes it one.
  public enum Via {
    /// Byte code names a class.
    CLASS("names"),
    /// A module imports a module.
    MODULE("imports"),
    /// A `package.json` or a `pom.xml` asks for it.
    PACKAGE("asks for the package of"),
    /// `consumes` in a manifest names an operation or an event.
    OPERATION("consumes"),
    /// A service binding, to a component of which `consumes` names nothing.
    BINDING("binds");

    private final String verb;

    Via(String verb) {
      this.verb = verb;
    }

    /// What `from` does with `to`.
    public String verb() {
      return verb;
    }

    /// Whether it is code that depends on code. Between components there must be none.
    public boolean isCode() {
      return this == CLASS || this == MODULE || this == PACKAGE;
    }
  }

  /// Whether its ends are in two components.
  public boolean isBetweenComponents() {
    return !from.component().equals(to.component());
  }

  @Override
  public int compareTo(Dependency other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return from + " " + via.verb() + " " + to;
  }
}
