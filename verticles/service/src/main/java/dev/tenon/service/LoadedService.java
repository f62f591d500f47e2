package dev.tenon.service;

import dev.tenon.contract.Contract;
import dev.tenon.contract.ContractException;
import dev.tenon.contract.ContractFiles;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/// A component's classes and what was read with them; nothing of it runs yet.
record LoadedService(
    ComponentManifest manifest, ComponentClasses classes, Service entry, Contract contract, List<Migration> migrations)
    implements Closeable {

  /// Loads a component; blocks.
  ///
  /// @throws ServiceException when its entry class, its contract or its migrations cannot be used
  static LoadedService load(ComponentSource source) {
    ComponentManifest manifest = source.manifest();
    ComponentClasses classes = new ComponentClasses(manifest.name(), source.classPath());
    try {
      List<Migration> migrations = manifest.database().isPresent()
          ? Migration.in(source.classPath(), manifest.database().get().migrations())
          : List.of();
      return new LoadedService(manifest, classes, entry(manifest, classes), contract(manifest, classes), migrations);
    } catch (IOException failed) {
      close(classes);
      throw new ServiceException("service '" + manifest.name() + "' – its class path cannot be read (" + failed.getMessage()
          + ") – build it again", failed);
    } catch (RuntimeException | LinkageError failed) {
      close(classes);
      throw failed;
    }
  }

  @Override
  public void close() {
    close(classes);
  }

  private static void close(ComponentClasses classes) {
    try {
      classes.close();
    } catch (IOException ignored) {
      // a jar that does not close costs a file handle until the loader is collected
    }
  }

  private static Contract contract(ComponentManifest manifest, ComponentClasses classes) {
    int slash = manifest.contract().lastIndexOf('/');
    String folder = manifest.contract().substring(0, slash);
    if (classes.getResource(manifest.contract()) == null) {
      throw new ServiceException("service '" + manifest.name() + "' – its class path has no contract '" + manifest.contract()
          + "' – correct `contract` in " + manifest.origin());
    }
    try {
      return Contract.load(manifest.name(), manifest.contract().substring(slash + 1), ContractFiles.resources(classes, folder));
    } catch (ContractException wrong) {
      throw new ServiceException("service '" + manifest.name() + "' – its contract '" + manifest.contract() + "' cannot be used:\n"
          + wrong.getMessage(), wrong);
    }
  }

  private static Service entry(ComponentManifest manifest, ComponentClasses classes) {
    try {
      Object entry = classes.loadClass(manifest.main()).getConstructor().newInstance();
      if (entry instanceof Service service) {
        return service;
      }
      throw refused(manifest, "it does not implement " + Service.class.getName(), null);
    } catch (ClassNotFoundException missing) {
      throw refused(manifest, "it is not on the class path", missing);
    } catch (NoSuchMethodException | IllegalAccessException | InstantiationException notConstructible) {
      throw refused(manifest, "it has no public constructor without parameters", notConstructible);
    } catch (ReflectiveOperationException thrown) {
      throw refused(manifest, "its constructor failed (" + thrown.getCause() + ")", thrown);
    }
  }

  private static ServiceException refused(ComponentManifest manifest, String why, Throwable cause) {
    return new ServiceException("service '" + manifest.name() + "' – its main class " + manifest.main() + " cannot be used: " + why
        + " – correct `main` in " + manifest.origin() + ", or the class", cause);
  }
}
