package dev.tenon.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Source;

/// Files of npm packages that the runtime itself stands on. They come as WebJars on the class path; their code is shared by all isolates.
public final class NodePackages {

  private static final ConcurrentHashMap<String, Optional<Source>> SOURCES = new ConcurrentHashMap<>();
  private static final String PARAMETERS = "(function (exports, require, module) { 'use strict'; ";

  private final Context context;

  NodePackages(Context context) {
    this.context = context;
  }

  /// A file's code as a function `(exports, require, module)`; null when there is no such file.
  ///
  /// @param path begins with the package's name
  @HostAccess.Export
  public Object load(String path) {
    Optional<Source> source = SOURCES.computeIfAbsent(path, NodePackages::source);
    return source.isPresent() ? context.eval(source.get()) : null;
  }

  private static Optional<Source> source(String path) {
    int slash = path.indexOf('/');
    String name = path.substring(0, slash);
    String file = "/META-INF/resources/webjars/" + name + "/" + version(name) + path.substring(slash);
    return read(file).map(text -> Source.newBuilder("js", PARAMETERS + text + "\n})", "npm:" + path).internal(true).buildLiteral());
  }

  private static String version(String name) {
    Properties properties = new Properties();
    try (InputStream in = NodePackages.class.getResourceAsStream("/META-INF/maven/org.webjars.npm/" + name + "/pom.properties")) {
      if (in == null) {
        throw new IllegalStateException("the npm package " + name + " is not on the class path – add org.webjars.npm:" + name);
      }
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException failure) {
      throw new UncheckedIOException("the npm package " + name + " cannot be read", failure);
    }
  }

  private static Optional<String> read(String file) {
    try (InputStream in = NodePackages.class.getResourceAsStream(file)) {
      return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UncheckedIOException(file + " cannot be read", failure);
    }
  }
}
