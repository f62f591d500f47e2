package dev.tenon.contract.generate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A type with a name. What it is made of is known after it is there, because types refer to themselves.
public final class Declaration {

  /// What a declared type is made of.
  public sealed interface Definition {}

  /// @param others what members without a name of their own are, where the contract gives them a meaning
  public record Obj(List<Member> members, Optional<Type> others) implements Definition {
    public Obj {
      members = List.copyOf(members);
    }
  }

  /// One member of an object.
  public record Member(String name, Type type, boolean required, Docs docs) {}

  /// Strings, each with a meaning; others may come.
  public record Enumeration(List<String> values) implements Definition {
    public Enumeration {
      values = List.copyOf(values);
    }
  }

  /// One of several types.
  ///
  /// @param discriminator the member that tells which; empty where the shape does
  /// @param mapping values of the discriminator, each with the place of its variant
  public record Union(List<Variant> variants, Optional<String> discriminator, Map<String, Integer> mapping) implements Definition {
    public Union {
      variants = List.copyOf(variants);
    }
  }

  /// @param hint what it may be called, where its type has no name
  public record Variant(String hint, Type type) {}

  /// An array whose places have types of their own.
  ///
  /// @param itemsMin how many are there at least
  /// @param rest what comes after those; empty where nothing may
  public record Tuple(List<Type> items, int itemsMin, Optional<Type> rest) implements Definition {
    public Tuple {
      items = List.copyOf(items);
      itemsMin = Math.min(itemsMin, items.size());
    }
  }

  /// Another name for a type.
  public record Alias(Type type) implements Definition {}

  private String hint;
  private final boolean named;
  private final Docs docs;
  private Definition definition;

  /// @param named whether the contract has this name; otherwise it was made from where the type stands
  Declaration(String hint, boolean named, Docs docs) {
    this.hint = hint;
    this.named = named;
    this.docs = docs;
  }

  /// Tells it apart from what responses have under the same name.
  void callRequest() {
    hint = hint + "Request";
  }

  void define(Definition given) {
    definition = given;
  }

  public String hint() {
    return hint;
  }

  public boolean named() {
    return named;
  }

  public Docs docs() {
    return docs;
  }

  public Definition definition() {
    return definition;
  }

  /// Whether it is another name for something that, going through lists, maps and other names only, comes back to it.
  public boolean isEndless() {
    return definition instanceof Alias(Type type) && reaches(type, new java.util.HashSet<>());
  }

  private boolean reaches(Type type, Set<Declaration> seen) {
    return switch (type) {
      case Type.Basic basic -> false;
      case Type.Literals literals -> false;
      case Type.ListOf(Type items) -> reaches(items, seen);
      case Type.MapOf(Type values) -> reaches(values, seen);
      case Type.Nullable(Type of) -> reaches(of, seen);
      case Type.Ref(Declaration to) -> to == this || seen.add(to) && to.definition instanceof Alias(Type next) && reaches(next, seen);
    };
  }
}
