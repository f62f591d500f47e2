package dev.tenon.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Tells when files have changed. Used by one thread; [#close()] from any.
///
/// What the system tells about a folder is only a hint: a file has changed when its time, size or identity differs from when it was last looked at. So it does not
/// matter how an editor writes (in place, or a new file over the old one), that a link points elsewhere, or that the system lost or never had an event: everything is
/// looked at from time to time anyway, and often where the system tells nothing in time (macOS).
final class FileWatch implements AutoCloseable {

  private static final long LOOK_ANYWAY_MILLIS = 1_000;
  private static final long POLL_MILLIS = 100;
  /// Editors write a file in several steps, and a version control system many files.
  private static final long SETTLE_MILLIS = 15;
  private static final int SETTLE_ROUNDS_MAX = 40;
  /// How many rounds a file that is gone or empty is waited for: it is most likely being written.
  private static final int HALF_WRITTEN_ROUNDS = 10;

  private final WatchService service;
  private final boolean tellsInTime = !System.getProperty("os.name", "").startsWith("Mac");
  private final Map<Path, WatchKey> folders = new HashMap<>();
  private Map<Path, FileStamp> stamps = new HashMap<>();
  private WatchedFiles watched = WatchedFiles.NONE;
  private boolean everyFolderTells = true;

  FileWatch() {
    try {
      service = FileSystems.getDefault().newWatchService();
    } catch (IOException noMore) {
      throw new UncheckedIOException("files cannot be watched: " + noMore.getMessage(), noMore);
    }
  }

  /// How everything that is watched is now. To be taken before the files are read, and given to [#watch].
  Map<Path, FileStamp> look() {
    return FileStamp.all(watched.everything());
  }

  /// Watches these files and no others.
  ///
  /// @param before how they were before they were read, as far as they were watched then; others are as they are now
  void watch(WatchedFiles files, Map<Path, FileStamp> before) {
    watched = files;
    Map<Path, FileStamp> now = FileStamp.all(files.everything());
    before.forEach((path, stamp) -> now.computeIfPresent(path, (_, _) -> stamp));
    stamps = now;
    register(files.foldersToHear());
  }

  private void register(Collection<Path> wanted) {
    Set<Path> gone = new HashSet<>(folders.keySet());
    gone.removeAll(new HashSet<>(wanted));
    gone.forEach(folder -> folders.remove(folder).cancel());
    everyFolderTells = tellsInTime;
    for (Path folder : wanted) {
      WatchKey key = folders.get(folder);
      // A folder that was deleted and made again is another one.
      if ((key == null || !key.isValid()) && Files.isDirectory(folder)) {
        try {
          folders.put(folder, folder.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE));
        } catch (IOException tooMany) {
          everyFolderTells = false;
        }
      }
    }
  }

  /// Waits until something that is watched has changed, and no more does.
  ///
  /// @return what has changed, at least one
  /// @throws java.nio.file.ClosedWatchServiceException when this is closed
  Set<Path> awaitChange() throws InterruptedException {
    while (true) {
      Set<Path> changed = changed();
      if (!changed.isEmpty()) {
        settle(changed);
        return changed;
      }
      hint(everyFolderTells ? LOOK_ANYWAY_MILLIS : POLL_MILLIS);
    }
  }

  private void settle(Set<Path> changed) throws InterruptedException {
    for (int round = 0; round < SETTLE_ROUNDS_MAX; round++) {
      TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
      Set<Path> more = changed();
      changed.addAll(more);
      if (more.isEmpty() && (round >= HALF_WRITTEN_ROUNDS || changed.stream().noneMatch(this::halfWritten))) {
        return;
      }
    }
  }

  private boolean halfWritten(Path path) {
    return watched.files().contains(path) && FileStamp.of(path).isMissingOrEmpty();
  }

  /// What differs from the last look; the next look starts from here.
  private Set<Path> changed() {
    Set<Path> changed = new LinkedHashSet<>();
    FileStamp.all(watched.everything()).forEach((path, stamp) -> {
      if (!stamp.equals(stamps.put(path, stamp))) {
        changed.add(path);
      }
    });
    return changed;
  }

  private void hint(long millisMax) throws InterruptedException {
    WatchKey key = service.poll(millisMax, TimeUnit.MILLISECONDS);
    while (key != null) {
      key.pollEvents();
      key.reset();
      key = service.poll();
    }
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
