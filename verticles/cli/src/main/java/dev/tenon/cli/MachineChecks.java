package dev.tenon.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.tenon.node.Listen;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Ports, memory, disk, and Node.js.
final class MachineChecks {

  private static final long MIB = 1L << 20;
  private static final long MEMORY_MIB_MIN = 1_500;
  private static final long DISK_MIB_MIN = 500;
  private static final int NODE_MAJOR_MIN = 20;

  private MachineChecks() {}

  static Check port(String name, Listen listen, String flag) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(listen.host()), listen.port()));
      return Check.ok(name, "free on " + listen.host());
    } catch (IOException taken) {
      return Check.fail(name, listen + " cannot be bound (" + taken.getMessage() + ")",
          "stop what uses it (a Tenon that runs already?), or start with " + flag + " N");
    }
  }

  static Check memory() {
    OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long total = machine.getTotalMemorySize() / MIB;
    long heap = Runtime.getRuntime().maxMemory() / MIB;
    String finding = total + " MiB, of which the JVM's heap may take " + heap + " MiB; " + machine.getAvailableProcessors() + " processors";
    return total < MEMORY_MIB_MIN
        ? Check.warn("memory", finding, "give it " + MEMORY_MIB_MIN + " MiB or more for `tenon up`")
        : Check.ok("memory", finding);
  }

  static Check disk(Home home) {
    try {
      Path existing = home.state();
      while (!Files.exists(existing)) {
        existing = existing.getParent();
      }
      if (!Files.isWritable(existing)) {
        return Check.fail("disk", home.state() + " cannot be written", "make it writable, or set TENON_HOME to a directory of yours");
      }
      long free = Files.getFileStore(existing).getUsableSpace() / MIB;
      String finding = free + " MiB free in " + home.state();
      return free < DISK_MIB_MIN ? Check.warn("disk", finding, "leave " + DISK_MIB_MIN + " MiB free") : Check.ok("disk", finding);
    } catch (IOException broken) {
      return Check.fail("disk", home.state() + " cannot be asked for its free space (" + broken.getMessage() + ")", "check the disk");
    }
  }

  /// Node.js is needed for one thing: to install the packages of the workers in `js-workers/`.
  static Check node(Home home) {
    List<String> without = workersWithoutPackages(home);
    Optional<String> node = output("node", "--version");
    Optional<String> npm = output("npm", "--version");
    if (node.isEmpty() || npm.isEmpty()) {
      String finding = node.isEmpty() ? "no node" : "node " + node.get() + ", no npm";
      return without.isEmpty()
          ? Check.ok("node.js", finding + "; not needed any more, all workers have their packages")
          : Check.warn("node.js", finding + "; without packages: " + String.join(", ", without), "install Node.js " + NODE_MAJOR_MIN + " or newer, then run 'tenon build'");
    }
    String finding = "node " + node.get() + ", npm " + npm.get();
    if (major(node.get()) < NODE_MAJOR_MIN) {
      return Check.warn("node.js", finding, "install Node.js " + NODE_MAJOR_MIN + " or newer");
    }
    return without.isEmpty()
        ? Check.ok("node.js", finding)
        : Check.warn("node.js", finding + "; without packages: " + String.join(", ", without), "run 'tenon build'");
  }

  private static List<String> workersWithoutPackages(Home home) {
    if (!Files.isDirectory(home.workers())) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(home.workers())) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("package-lock.json")) && !Files.exists(folder.resolve("node_modules")))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static int major(String version) {
    String digits = version.replaceFirst("^v?(\\d{1,6}).*", "$1");
    return digits.chars().allMatch(Character::isDigit) ? Integer.parseInt(digits) : 0;
  }

  private static Optional<String> output(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? Optional.of(text) : Optional.empty();
    } catch (IOException notThere) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
