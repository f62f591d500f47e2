package dev.tenon.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/// Sets logging up in code: warnings and errors to standard error, everything of ours with `--debug`. Found by logback as a service.
public final class Logging extends ContextAwareBase implements Configurator {

  private static final String LEVEL = "tenon.log.level";

  /// Called before anything logs.
  static void start(boolean debug) {
    if (debug) {
      System.setProperty(LEVEL, "DEBUG");
    }
    ILoggerFactory loggers = LoggerFactory.getILoggerFactory();
    loggers.getLogger(Logging.class.getName()).debug("logging is set up");
  }

  @Override
  public ExecutionStatus configure(LoggerContext loggers) {
    PatternLayoutEncoder layout = new PatternLayoutEncoder();
    layout.setContext(loggers);
    layout.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{24} - %msg%n%ex{short}");
    layout.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(loggers);
    console.setName("stderr");
    console.setTarget("System.err");
    console.setEncoder(layout);
    console.start();
    Logger root = loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(console);
    loggers.getLogger("dev.tenon").setLevel(Level.toLevel(System.getProperty(LEVEL), Level.WARN));
    // Each of these repeats at every start what is meant to be so.
    loggers.getLogger("com.hazelcast").setLevel(Level.ERROR);
    loggers.getLogger("io.micrometer").setLevel(Level.ERROR);
    loggers.getLogger("org.flywaydb").setLevel(Level.ERROR);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
