package dev.tenon.contract.compare;

/// The way from a value to a part of it.
sealed interface Step {

  /// As a part of a JSON pointer; `*` for any.
  String word();

  /// A member with a name of its own.
  record Member(String name) implements Step {
    @Override
    public String word() {
      return "/" + name.replace("~", "~0").replace("/", "~1");
    }
  }

  /// A member that is described by a pattern of its name; of no pattern, any that is not described otherwise.
  record Other(String pattern) implements Step {
    @Override
    public String word() {
      return "/*";
    }
  }

  /// The item at a place.
  record Element(int index) implements Step {
    @Override
    public String word() {
      return "/" + index;
    }
  }

  /// Any item from a place on.
  record Item(int from) implements Step {
    @Override
    public String word() {
      return "/*";
    }
  }
}
