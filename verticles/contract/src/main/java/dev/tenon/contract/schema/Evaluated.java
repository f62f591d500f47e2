package dev.tenon.contract.schema;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/// The members or items of one value that some check of it has looked at (JSON Schema 2020-12, 11).
final class Evaluated {

  private final Set<String> names = new HashSet<>();
  private final BitSet items = new BitSet();
  private int firstItems;
  private boolean all;

  void all() {
    all = true;
  }

  void name(String name) {
    names.add(name);
  }

  /// The items before `count`.
  void firstItems(int count) {
    firstItems = Math.max(firstItems, count);
  }

  void item(int index) {
    items.set(index);
  }

  void add(Evaluated other) {
    all |= other.all;
    firstItems = Math.max(firstItems, other.firstItems);
    names.addAll(other.names);
    items.or(other.items);
  }

  boolean has(String name) {
    return all || names.contains(name);
  }

  boolean has(int index) {
    return all || index < firstItems || items.get(index);
  }
}
