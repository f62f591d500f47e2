package dev.tenon.worker;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// One module of a worker, ready to be linked: nothing is left to bundle, transpile or resolve but the names in its imports.
///
/// @param name what other modules import it by, relative to the worker's root, e.g. `index.js`, `lib/a.mjs` or
///        `0123abcd-codec.wasm`; never starts with `./` or `/`
/// @param content never changed by anyone
/// @param sourceMap the source map (version 3, as JSON) of an [Type#ESM] or [Type#COMMONJS] module, if there is one
public record ModuleSource(String name, Type type, Buffer content, Optional<String> sourceMap) {

  /// What importing the module gives.
  public enum Type {
    /// An ECMAScript module; also the script of a worker in service-worker syntax.
    ESM,
    /// A CommonJS module: its `default` export is `module.exports`.
    COMMONJS,
    /// `default` is a string.
    TEXT,
    /// `default` is an ArrayBuffer.
    DATA,
    /// `default` is a `WebAssembly.Module`.
    WASM,
    /// `default` is the parsed value.
    JSON
  }

  public ModuleSource(String name, Type type, Buffer content) {
    this(name, type, content, Optional.empty());
  }

  /// The content as text (UTF-8).
  public String text() {
    return content.toString(StandardCharsets.UTF_8);
  }
}
