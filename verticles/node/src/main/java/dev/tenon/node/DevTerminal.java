package dev.tenon.node;

import dev.tenon.worker.LoadedWorker;
import java.nio.file.Path;
import java.util.Set;

/// What [DevServer] tells while it runs. Called from any thread; must not block.
public interface DevTerminal {

  /// A request has its answer's head.
  void answered(String method, String target, int status, long nanos);

  /// A handler threw what nobody caught; the log has its stack already.
  void uncaught(Trouble trouble);

  /// A changed worker takes the requests.
  ///
  /// @param changed what had changed, shortest names first
  /// @param nanos from the moment the change was seen
  void reloaded(LoadedWorker loaded, Set<Path> changed, long nanos);

  /// The changed files cannot be used; the last good version serves on.
  void broken(Trouble trouble);

  /// The files are again as what serves.
  void mended();
}
