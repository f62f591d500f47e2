package dev.tenon.worker.assets;

import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Optional;

/// The compressed forms of an asset: `app.js.br` and `app.js.gz` beside `app.js`.
///
/// @param chosen the one that the client gets; empty for the asset itself
/// @param coding of the chosen one, as `content-encoding` says it
record Encoded(Optional<Asset> chosen, String coding) {

  /// Best first.
  private enum Coding {
    BR("br", ".br"),
    GZIP("gzip", ".gz");

    private final String token;
    private final String extension;

    Coding(String token, String extension) {
      this.token = token;
      this.extension = extension;
    }
  }

  /// What a client that says `headers` gets; empty when the asset has no compressed forms.
  static Optional<Encoded> choose(Assets assets, Asset asset, MultiMap headers) {
    boolean any = false;
    // A part is of the file that everybody knows.
    String accepted = headers.contains("range") ? null : headers.get("accept-encoding");
    for (Coding coding : Coding.values()) {
      Optional<Asset> form = assets.at(asset.path() + coding.extension);
      any |= form.isPresent();
      if (form.isPresent() && accepted != null && accepts(accepted, coding.token)) {
        return Optional.of(new Encoded(form, coding.token));
      }
    }
    return any ? Optional.of(new Encoded(Optional.empty(), "")) : Optional.empty();
  }

  /// https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding
  private static boolean accepts(String accepted, String token) {
    boolean rest = false;
    for (String item : accepted.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = item.split(";", 2);
      String name = parts[0].strip();
      boolean wanted = parts.length < 2 || !parts[1].replace(" ", "").matches("q=0(\\.0*)?");
      if (name.equals(token) || token.equals("gzip") && name.equals("x-gzip")) {
        return wanted;
      }
      rest |= name.equals("*") && wanted;
    }
    return rest;
  }

  /// Says in a response's headers what the client gets.
  void describe(MultiMap headers) {
    if (chosen.isPresent()) {
      headers.set("content-encoding", coding);
    }
    headers.set("vary", "accept-encoding");
  }
}
