package dev.tenon.worker.assets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Media types by file name, as IANA registers them and servers use them: `media-types.txt`, each line a type and its extensions.
final class MediaTypes {

  private static final Map<String, String> BY_EXTENSION = read();

  private MediaTypes() {}

  /// The type of a file, with `charset=utf-8` for texts; empty when its extension is not known.
  static Optional<String> of(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? Optional.empty() : Optional.ofNullable(BY_EXTENSION.get(name.substring(dot + 1).toLowerCase(Locale.ROOT)));
  }

  private static Map<String, String> read() {
    Map<String, String> types = new HashMap<>();
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(
        Objects.requireNonNull(MediaTypes.class.getResourceAsStream("media-types.txt")), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ");
        String type = words[0].startsWith("text/") ? words[0] + "; charset=utf-8" : words[0];
        for (int i = 1; i < words.length; i++) {
          types.put(words[i], type);
        }
      }
      return Map.copyOf(types);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
