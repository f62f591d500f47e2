package dev.tenon.cli;

import picocli.CommandLine.Option;

/// Where a running system is asked.
final class LiveFlags {

  @Option(names = "--control-url", paramLabel = "URL", description = "The control listener that is asked for what is live (default: http://127.0.0.1:8090).")
  private String controlUrl = "http://127.0.0.1:8090";

  /// Without a slash at its end.
  String controlUrl() {
    return controlUrl.endsWith("/") ? controlUrl.substring(0, controlUrl.length() - 1) : controlUrl;
  }
}
