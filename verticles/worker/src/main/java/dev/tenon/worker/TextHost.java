package dev.tenon.worker;

import org.graalvm.polyglot.HostAccess;

/// Decoders of the legacy encodings, for `TextDecoder`.
public final class TextHost {

  TextHost() {}

  /// @param encoding a name of the Encoding Standard in lower case, not of the UTF family
  @HostAccess.Export
  public TextStream decoder(String encoding, boolean fatal) {
    return new TextStream(LegacyDecoder.of(encoding), fatal);
  }
}
