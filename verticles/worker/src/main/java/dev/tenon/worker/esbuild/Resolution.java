package dev.tenon.worker.esbuild;

import java.util.List;
import java.util.Optional;

/// Where an import leads, as a plugin decides or as esbuild answers.
///
/// @param path absolute for a file; anything for an external module or one of a namespace
/// @param external whether the import is kept as it is
/// @param namespace `file`, or a plugin's own
/// @param watch files whose change asks for another build
/// @param errors texts of what is wrong; esbuild adds the place of the import
public record Resolution(String path, boolean external, String namespace, List<String> watch, List<String> errors) {

  public Resolution {
    watch = List.copyOf(watch);
    errors = List.copyOf(errors);
  }

  public static Resolution file(String path) {
    return new Resolution(path, false, "file", List.of(), List.of());
  }

  public static Resolution external(String path) {
    return new Resolution(path, true, "file", List.of(), List.of());
  }

  public static Resolution in(String namespace, String path) {
    return new Resolution(path, false, namespace, List.of(), List.of());
  }

  public static Resolution refused(String error) {
    return new Resolution("", false, "file", List.of(), List.of(error));
  }

  public Resolution watching(String file) {
    return new Resolution(path, external, namespace, List.of(file), errors);
  }

  /// The path, if esbuild found something.
  public Optional<String> found() {
    return errors.isEmpty() && !path.isEmpty() ? Optional.of(path) : Optional.empty();
  }
}
