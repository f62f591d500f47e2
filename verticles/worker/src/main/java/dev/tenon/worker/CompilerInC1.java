package dev.tenon.worker;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps HotSpot's C2 from compiling the compiler of JavaScript.
///
/// That compiler is Java, so it warms up itself: C2 spent as much processor time on it as it spent on the workers' code. Compiled by C1 alone it is slower by
/// less than that. Where the compiler is native (GraalVM), its Java form is never loaded and this changes nothing.
final class CompilerInC1 {

  private static final Logger LOG = LoggerFactory.getLogger(CompilerInC1.class);

  /// https://openjdk.org/jeps/165
  private static final String DIRECTIVES = """
      [{ match: ["jdk/graal/compiler/*.*"], c2: { Exclude: true } }]
      """;

  private CompilerInC1() {}

  /// Takes effect for what is not compiled yet. Only speed depends on it, so a JVM that refuses is none the worse.
  static void arrange() {
    try {
      Path file = Files.createTempFile("compiler", ".directives");
      try {
        Files.writeString(file, DIRECTIVES);
        Object answer = ManagementFactory.getPlatformMBeanServer().invoke(
            new ObjectName("com.sun.management:type=DiagnosticCommand"), "compilerDirectivesAdd",
            new Object[] {new String[] {file.toString()}}, new String[] {String[].class.getName()});
        LOG.debug("compiler directives: {}", answer);
      } finally {
        Files.delete(file);
      }
    } catch (IOException | JMException | SecurityException refused) {
      LOG.debug("compiler directives are not taken: JavaScript gets fast later", refused);
    }
  }
}
