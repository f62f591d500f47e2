package dev.tenon.worker;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where what a worker says goes: its `console` calls, and what the runtime has to say about it.
///
/// Called on the isolate's thread; must not block and must not throw.
@FunctionalInterface
public interface WorkerLog {

  /// As `console` has them.
  enum Level { DEBUG, LOG, INFO, WARN, ERROR }

  /// @param worker the worker's name
  /// @param text one message, possibly of several lines, without a line end
  void write(Level level, String worker, String text);

  /// Whether values are shown in colours, as on a terminal.
  default boolean colours() {
    return false;
  }

  /// Into the process's own log, under the name `worker.NAME`.
  static WorkerLog toSlf4j() {
    return (level, worker, text) -> {
      Logger log = LoggerFactory.getLogger("worker." + worker);
      switch (level) {
        case DEBUG -> log.debug("{}", text);
        case LOG, INFO -> log.info("{}", text);
        case WARN -> log.warn("{}", text);
        case ERROR -> log.error("{}", text);
      }
    };
  }
}
