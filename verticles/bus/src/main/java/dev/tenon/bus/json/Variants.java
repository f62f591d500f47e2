package dev.tenon.bus.json;

import dev.tenon.bus.json.JsonReader.Kind;
import dev.tenon.bus.json.JsonReader.Outline;
import dev.tenon.bus.json.JsonReader.Reader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The alternatives of a `oneOf` or `anyOf`, and how a value tells which one it is: by its discriminator, or else by its shape.
///
/// By shape means: of the alternatives that a value of this kind can be, objects by the members that must be there, then by those with fixed values, then
/// by how many of its members are known; the first of equals. One that cannot be read gives way to the next.
/// Made once, then immutable and thread-safe.
public final class Variants<T> {

  private record Shaped<T>(Set<Kind> kinds, Set<String> required, Set<String> known, Map<String, String> fixed, Reader<? extends T> reader) {

    boolean fits(Outline outline) {
      return outline.members().keySet().containsAll(required)
          && fixed.entrySet().stream().allMatch(each -> !outline.members().containsKey(each.getKey())
              || outline.members().get(each.getKey()).equals(Optional.of(each.getValue())));
    }

    long known(Outline outline) {
      return outline.members().keySet().stream().filter(known::contains).count();
    }
  }

  private final String discriminator;
  private final Map<String, Reader<? extends T>> named;
  private final List<Shaped<T>> shaped;

  private Variants(String discriminator, Map<String, Reader<? extends T>> named, List<Shaped<T>> shaped) {
    this.discriminator = discriminator;
    this.named = named;
    this.shaped = shaped;
  }

  /// Alternatives that a member's value tells apart.
  public static <T> Variants<T> by(String discriminator) {
    return new Variants<>(discriminator, Map.of(), List.of());
  }

  /// Alternatives that their shapes tell apart.
  public static <T> Variants<T> byShape() {
    return new Variants<>("", Map.of(), List.of());
  }

  /// An alternative for one value of the discriminator.
  public Variants<T> when(String value, Reader<? extends T> reader) {
    Map<String, Reader<? extends T>> more = new LinkedHashMap<>(named);
    more.put(value, reader);
    return new Variants<>(discriminator, more, shaped);
  }

  /// An alternative that is an object.
  ///
  /// @param required names of members that must be there
  /// @param known names of all members that the contract describes
  /// @param fixed members that have one value only
  public Variants<T> object(Set<String> required, Set<String> known, Map<String, String> fixed, Reader<? extends T> reader) {
    return with(new Shaped<>(EnumSet.of(Kind.OBJECT), Set.copyOf(required), Set.copyOf(known), Map.copyOf(fixed), reader));
  }

  public Variants<T> array(Reader<? extends T> reader) {
    return with(reader, Kind.ARRAY);
  }

  public Variants<T> text(Reader<? extends T> reader) {
    return with(reader, Kind.TEXT);
  }

  public Variants<T> number(Reader<? extends T> reader) {
    return with(reader, Kind.NUMBER);
  }

  public Variants<T> bool(Reader<? extends T> reader) {
    return with(reader, Kind.BOOLEAN);
  }

  /// An alternative that may be of any kind.
  public Variants<T> any(Reader<? extends T> reader) {
    return with(new Shaped<>(EnumSet.allOf(Kind.class), Set.of(), Set.of(), Map.of(), reader));
  }

  /// Reads the value as the alternative that it is.
  public T read(JsonReader in) {
    if (!discriminator.isEmpty() && in.kind() == Kind.OBJECT) {
      Optional<String> value = in.outline().members().getOrDefault(discriminator, Optional.empty());
      if (value.isEmpty() && shaped.isEmpty()) {
        throw in.missing(discriminator);
      }
      if (value.isPresent() && named.get(value.get()) instanceof Reader<? extends T> reader) {
        return reader.read(in);
      }
      if (shaped.isEmpty()) {
        throw in.wrong("has a \"" + discriminator + "\" that is none of " + String.join(", ", named.keySet()));
      }
    }
    return readByShape(in);
  }

  private T readByShape(JsonReader in) {
    List<Shaped<T>> candidates = candidates(in);
    if (candidates.isEmpty()) {
      throw in.wrong("is " + in.found() + ", which is none of the alternatives here");
    }
    JsonException first = null;
    for (Shaped<T> candidate : candidates) {
      if (candidates.size() == 1) {
        return candidate.reader().read(in);
      }
      try {
        T value = candidate.reader().read(in.again());
        in.skip();
        return value;
      } catch (JsonException notThisOne) {
        first = first == null ? notThisOne : first;
      }
    }
    throw first;
  }

  private List<Shaped<T>> candidates(JsonReader in) {
    Kind kind = in.kind();
    List<Shaped<T>> ofKind = shaped.stream().filter(each -> each.kinds().contains(kind)).toList();
    if (kind != Kind.OBJECT || ofKind.size() < 2) {
      return ofKind;
    }
    Outline outline = in.outline();
    List<Shaped<T>> fitting = ofKind.stream().filter(each -> each.fits(outline)).sorted(Comparator.comparing(each -> -each.known(outline))).toList();
    return fitting.isEmpty() ? ofKind : fitting;
  }

  private Variants<T> with(Reader<? extends T> reader, Kind kind) {
    return with(new Shaped<>(EnumSet.of(kind), Set.of(), Set.of(), Map.of(), reader));
  }

  private Variants<T> with(Shaped<T> one) {
    List<Shaped<T>> more = new ArrayList<>(shaped);
    more.add(one);
    return new Variants<>(discriminator, named, List.copyOf(more));
  }
}
