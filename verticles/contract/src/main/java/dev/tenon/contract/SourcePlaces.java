package dev.tenon.contract;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Where the values of some files were written: the JSON pointer of a value in its own file, and the place of the key before it.
///
/// Not thread-safe while files are read; afterwards it does not change.
public final class SourcePlaces {

  private final Map<Location, Location> keys = new HashMap<>();
  private final Map<Location, String> pointers = new HashMap<>();

  SourcePlaces() {}

  void key(Location value, Location key) {
    keys.putIfAbsent(value, key);
  }

  /// Learns the pointers of a file's values.
  void learn(Node root) {
    learn(root, "");
  }

  private void learn(Node node, String pointer) {
    pointers.putIfAbsent(node.at(), pointer);
    switch (node) {
      case Node.Obj object -> object.members().forEach((name, value) -> learn(value, pointer + "/" + Pointer.escape(name)));
      case Node.Arr array -> {
        for (int i = 0; i < array.items().size(); i++) {
          learn(array.items().get(i), pointer + "/" + i);
        }
      }
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> { }
    }
  }

  /// The place of the key that a value stands behind; of the value itself where it has none.
  public Location keyOf(Location value) {
    return keys.getOrDefault(value, value);
  }

  /// The JSON pointer (RFC 6901) of a value in the file it was written in.
  public Optional<String> pointerOf(Location value) {
    return Optional.ofNullable(pointers.get(value));
  }
}
