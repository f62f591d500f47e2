package dev.tenon.contract.generate;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// The names of one scope, each given once. They differ in more than case, so that a file system that ignores it holds a file for each.
public final class Names {

  private final Set<String> taken = new HashSet<>();
  private final Set<String> reserved;
  private final String suffix;

  /// @param reserved names that mean something already, as they are written
  /// @param suffix what makes a reserved name another one
  public Names(Collection<String> reserved, String suffix) {
    this.reserved = Set.copyOf(reserved);
    this.suffix = suffix;
  }

  /// The name, or the one nearest to it that is free.
  public String give(String wanted) {
    String base = reserved.contains(wanted) ? wanted + suffix : wanted;
    String name = base;
    for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)) || reserved.contains(name); i++) {
      name = base + (Character.isDigit(base.charAt(base.length() - 1)) ? "_" : "") + i;
    }
    return name;
  }

  /// Whether nobody has it and it means nothing else.
  public boolean isFree(String name) {
    return !taken.contains(name.toLowerCase(Locale.ROOT)) && !reserved.contains(name);
  }
}
