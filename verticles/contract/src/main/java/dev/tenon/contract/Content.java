package dev.tenon.contract;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The media types that a body may have.
public record Content(List<MediaType> types) {

  public Content {
    types = List.copyOf(types);
  }

  public boolean isEmpty() {
    return types.isEmpty();
  }

  /// The media type that a `Content-Type` falls under: the most exact of those that fit.
  public Optional<MediaType> find(String contentType) {
    MediaType best = null;
    int bestFit = 0;
    for (MediaType type : types) {
      int fit = type.fit(contentType);
      if (fit > bestFit) {
        best = type;
        bestFit = fit;
      }
    }
    return Optional.ofNullable(best);
  }

  /// The media types as a sentence lists them: `image/jpeg, image/png or image/webp`.
  public String names() {
    List<String> names = types.stream().map(MediaType::range).distinct().toList();
    return names.size() < 2
        ? String.join("", names)
        : names.subList(0, names.size() - 1).stream().collect(Collectors.joining(", ")) + " or " + names.getLast();
  }
}
