package dev.tenon.worker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/// Everything that is logged as a warning or worse while it is open, and what threads do not catch.
final class WarningLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  private final Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();

  private WarningLog() {}

  static WarningLog open() {
    WarningLog log = new WarningLog();
    log.setContext(log.root.getLoggerContext());
    log.start();
    log.root.addAppender(log);
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> log.lines.add("uncaught in " + thread.getName() + ": " + thrown));
    return log;
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
      lines.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage()
          + (event.getThrowableProxy() == null ? "" : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy())));
    }
  }

  List<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    Thread.setDefaultUncaughtExceptionHandler(before);
    root.detachAppender(this);
    stop();
  }
}
