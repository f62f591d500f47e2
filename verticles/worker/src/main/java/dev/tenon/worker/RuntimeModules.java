package dev.tenon.worker;

import java.util.Set;

/// Modules that the runtime itself has, and those that workers may expect it to have.
final class RuntimeModules {

  /// What an import can name and get, beside the worker's own modules.
  private static final Set<String> PROVIDED = Set.of("cloudflare:workers", "cloudflare:email", "cloudflare:node");

  private static final Set<String> NODE = Set.of(
      "assert", "assert/strict", "async_hooks", "buffer", "child_process", "cluster", "console", "constants", "crypto", "dgram", "diagnostics_channel",
      "dns", "dns/promises", "domain", "events", "fs", "fs/promises", "http", "http2", "https", "inspector", "inspector/promises", "module", "net", "os",
      "path", "path/posix", "path/win32", "perf_hooks", "process", "punycode", "querystring", "readline", "readline/promises", "repl", "stream",
      "stream/consumers", "stream/promises", "stream/web", "string_decoder", "sys", "timers", "timers/promises", "tls", "trace_events", "tty", "url",
      "util", "util/types", "v8", "vm", "wasi", "worker_threads", "zlib");

  private RuntimeModules() {}

  /// @param name of one of Node.js's modules with `node:`
  static boolean isProvided(String name) {
    return PROVIDED.contains(name) || name.startsWith("node:") && NODE.contains(name.substring("node:".length()));
  }

  /// Whether the name is one of Node.js's own modules, with or without `node:`.
  static boolean isNode(String name) {
    return name.startsWith("node:") || NODE.contains(name);
  }

  static String withNodePrefix(String name) {
    return name.startsWith("node:") ? name : "node:" + name;
  }

  /// A regular expression in Go's syntax for names of Node.js's modules.
  static String nodePattern() {
    return "^(node:.+|" + String.join("|", NODE.stream().sorted().toList()) + ")$";
  }
}
