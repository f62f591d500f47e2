package dev.tenon.worker;

import java.io.IOException;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// One Brotli stream being decompressed; the counterpart of [Inflation].
public final class BrotliDecompression {

  private final BrotliDecoder decoder;
  private String error;

  /// @throws IOException if this machine has no Brotli
  BrotliDecompression() throws IOException {
    decoder = new BrotliDecoder();
  }

  /// Takes further input. Call [#next] until it gives null.
  @HostAccess.Export
  public void write(Value buffer, int offset, int count) {
    try {
      decoder.write(JsBytes.read(buffer, offset, count));
    } catch (IOException wrong) {
      error = wrong.getMessage();
    }
  }

  /// The next decompressed bytes, null when further input is needed; see [#error].
  @HostAccess.Export
  public Object next() {
    if (error != null) {
      return null;
    }
    try {
      byte[] bytes = decoder.next();
      return bytes == null ? null : JsBytes.outgoing(bytes);
    } catch (IOException wrong) {
      error = wrong.getMessage();
      return null;
    }
  }

  /// What is wrong with the input, null for nothing so far.
  @HostAccess.Export
  public String error() {
    return error;
  }

  /// Called at the end of the input.
  ///
  /// @return what is wrong with it, null for nothing
  @HostAccess.Export
  public String finish() {
    try {
      decoder.finish();
    } catch (IOException wrong) {
      error = error == null ? wrong.getMessage() : error;
    }
    return error;
  }

  @HostAccess.Export
  public void close() {
    decoder.close();
  }
}
