package dev.tenon.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// As whom PostgreSQL's programs run. They refuse root, so root runs them in a user namespace of their own, in which it is
/// nobody and its files stay its own; where namespaces are forbidden, as the user `postgres` or `nobody`, to whom the data
/// is given.
record PostgresUser(List<String> prefix) {

  private static final int ROOT = 0;
  private static final List<String> NAMESPACE = List.of("unshare", "--user");

  /// The right one for a directory this process has just made sure exists.
  static PostgresUser forFilesIn(Path directory) throws IOException {
    if (processUser(directory) != ROOT) {
      return new PostgresUser(List.of());
    }
    int owner = uid(directory);
    if (owner == ROOT && succeeds(NAMESPACE, "true")) {
      return new PostgresUser(NAMESPACE);
    }
    return other(directory, owner);
  }


  private static PostgresUser other(Path directory, int owner) throws IOException {
    for (String name : owner == ROOT ? List.of("postgres", "nobody") : List.of(String.valueOf(owner))) {
      List<String> prefix = List.of("setpriv", "--reuid=" + name, "--clear-groups");
      if (succeeds(prefix, "test", "-x", directory.toAbsolutePath().getParent().toString())) {
        if (owner == ROOT) {
          give(directory, name);
        }
        return new PostgresUser(prefix);
      }
    }
    throw new ControlException("PostgreSQL – it does not run as root, user namespaces are forbidden here, and no other user can"
        + " enter " + directory + " – start as an ordinary user, choose another --data-dir, or use --database URL");
  }

  private static void give(Path tree, String name) throws IOException {
    UserPrincipal user = tree.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.toList()) {
        Files.setOwner(path, user);
      }
    }
  }

  /// A fresh file belongs to whom this process runs as.
  private static int processUser(Path directory) throws IOException {
    Path probe = Files.createTempFile(directory, "owner-", "");
    try {
      return uid(probe);
    } finally {
      Files.delete(probe);
    }
  }

  private static int uid(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid");
  }

  private static boolean succeeds(List<String> prefix, String... command) {
    List<String> whole = new ArrayList<>(prefix);
    whole.addAll(List.of(command));
    try {
      Process process = new ProcessBuilder(whole).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
