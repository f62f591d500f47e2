package dev.tenon.worker;

import dev.tenon.worker.html.HtmlHost;
import dev.tenon.worker.html.LegacyText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/// The runtime's own JavaScript in one isolate: the files under `js/`.
///
/// A file is the body of a strict function `(require, module, exports, host, primordials)`, run once per isolate when it is first required.
/// Files lie in one folder and name each other as `./name`; a cycle is an error. Java halves of the web APIs are required as `java:name`.
/// The parsed form of a file is shared by all isolates of an engine, because its [Source] is made once per process.
///
/// Made before any user code runs: `primordials` holds the intrinsics as they were then. Used on the isolate's thread only.
final class RuntimeScripts {

  private static final ConcurrentHashMap<String, Source> SOURCES = new ConcurrentHashMap<>();
  private static final String PARAMETERS = "(function (require, module, exports, host, primordials) { 'use strict'; ";

  private final Context context;
  private final Offload offload;
  private final Value require;

  /// @param host what every file sees as `host`
  /// @param offload for what takes too long on an event loop: key derivation, compression of big pieces
  RuntimeScripts(Context context, Object host, Offload offload) {
    this.context = context;
    this.offload = offload;
    ProxyExecutable load = arguments -> context.eval(source(arguments[0].asString()));
    ProxyExecutable java = arguments -> javaHalf(arguments[0].asString());
    require = context.eval(source("loader", "", "")).execute(load, java, host);
  }

  /// The exports of `js/<name>.js`.
  Value require(String name) {
    return require.execute("./" + name);
  }

  /// The source of `js/<name>.js` as an expression that is a function.
  static Source source(String name) {
    return source(name, PARAMETERS, "\n})");
  }

  private static Source source(String name, String before, String after) {
    return SOURCES.computeIfAbsent(
        name,
        missing -> Source.newBuilder("js", before + text(missing) + after, "tenon:" + missing).internal(true).buildLiteral());
  }

  private static String text(String name) {
    String path = "js/" + name + ".js";
    try (InputStream in = RuntimeScripts.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("the runtime has no script " + path + " – correct the name in require()");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException("the runtime's script " + path + " cannot be read", failure);
    }
  }

  private static LegacyText legacyText(String encoding) {
    LegacyDecoder decoder = LegacyDecoder.of(encoding);
    return (bytes, more) -> {
      StringBuilder text = new StringBuilder(bytes.length);
      decoder.decode(bytes, more, false, text);
      return text.toString();
    };
  }

  private Object javaHalf(String name) {
    return switch (name) {
      case "compression" -> new CompressionHost();
      case "crypto" -> new CryptoHost(offload);
      case "crypto-keys" -> new CryptoKeyHost(offload);
      case "html" -> new HtmlHost(RuntimeScripts::legacyText);
      case "node-agreement" -> new NodeAgreementHost();
      case "node-cipher" -> new NodeCipherHost();
      case "node-hash" -> new NodeHashHost(offload);
      case "node-keys" -> new NodeKeyHost(offload);
      case "node-sign" -> new NodeSignHost(offload);
      case "node-zlib" -> new NodeZlibHost();
      case "node-packages" -> new NodePackages(context);
      case "node-text" -> new NodeTextHost();
      case "text" -> new TextHost();
      case "url" -> new UrlHost();
      default -> throw new IllegalArgumentException("the runtime has no Java half called " + name);
    };
  }
}
