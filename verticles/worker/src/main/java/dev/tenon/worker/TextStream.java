package dev.tenon.worker;

import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// One stream of text in a legacy encoding.
public final class TextStream {

  private final LegacyDecoder decoder;
  private final boolean fatal;

  TextStream(LegacyDecoder decoder, boolean fatal) {
    this.decoder = decoder;
    this.fatal = fatal;
  }

  /// Decodes the next bytes.
  ///
  /// @param more whether further bytes follow; otherwise what is incomplete is an error, and the decoder starts anew
  /// @return null for bytes that are wrong, where that is fatal
  @HostAccess.Export
  public String decode(Value buffer, int offset, int length, boolean more) {
    StringBuilder text = new StringBuilder(length);
    boolean valid = decoder.decode(JsBytes.read(buffer, offset, length), more, fatal, text);
    return valid ? text.toString() : null;
  }
}
