package dev.tenon.service;

import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/// The classes of one version of a component. It sees the JDK, the kit and what the kit's API speaks in (Vert.x, its
/// database client, the bus, JSON, logging); everything else it brings itself, in the versions it wants, and it sees
/// nothing of the node or of other components.
final class ComponentClasses extends URLClassLoader {

  static {
    registerAsParallelCapable();
  }

  ComponentClasses(String component, List<Path> classPath) {
    super(component, classPath.stream().map(ComponentClasses::url).toArray(URL[]::new),
        new Shared(ComponentClasses.class.getClassLoader()));
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// What every component and the node have in common.
  private static final class Shared extends ClassLoader {

    static {
      registerAsParallelCapable();
    }

    private static final List<String> PACKAGES = List.of(
        "dev.tenon.service.", "dev.tenon.bus.", "io.vertx.", "io.netty.", "com.fasterxml.jackson.", "org.slf4j.");

    private final ClassLoader node;

    Shared(ClassLoader node) {
      super(ClassLoader.getPlatformClassLoader());
      this.node = node;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (PACKAGES.stream().anyMatch(name::startsWith)) {
        return node.loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
