package dev.tenon.bindings.ai;

import java.util.List;
import java.util.Optional;

/// Which provider serves which model: the first entry whose pattern fits the model's name.
public record AiModels(List<Entry> entries) {

  /// @param pattern a model's name, or the beginning of names followed by `*`, e.g. `@cf/meta/*`
  public record Entry(String pattern, AiProvider provider) {

    boolean fits(String model) {
      return pattern.endsWith("*") ? model.startsWith(pattern.substring(0, pattern.length() - 1)) : model.equals(pattern);
    }
  }

  public AiModels {
    entries = List.copyOf(entries);
  }

  public Optional<AiProvider> find(String model) {
    return entries.stream().filter(entry -> entry.fits(model)).map(Entry::provider).findFirst();
  }
}
