package dev.tenon.cli;

import dev.tenon.node.Listen;
import dev.tenon.node.WorkerBindings;
import dev.tenon.worker.Egress;
import dev.tenon.worker.LoadOptions;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What `run` and `dev` are told about the one worker they serve.
final class WorkerFlags {

  @Parameters(paramLabel = "FILE|DIR", description = "A JavaScript or TypeScript file, or a folder with wrangler.toml, .json or .jsonc (or an entry point such as src/index.ts).")
  private Path source;

  @Option(names = "--port", paramLabel = "N", defaultValue = "8787", description = "Port to listen on; 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(names = "--host", paramLabel = "HOST", defaultValue = "127.0.0.1", description = "Address to listen on (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(names = "--var", paramLabel = "K=V", description = "A variable of env; wins over the configuration's and over .dev.vars. May be repeated.")
  private Map<String, String> vars = new LinkedHashMap<>();

  @Option(names = "--env", paramLabel = "NAME", description = "The [env.NAME] section of the configuration.")
  private String environment;

  @Option(names = "--egress", paramLabel = "public|all|none", defaultValue = "public",
      description = "What fetch may reach: public addresses only, every address, or nothing (default: ${DEFAULT-VALUE}).")
  private Egress egress;

  @Option(names = "--compatibility-date", paramLabel = "YYYY-MM-DD", description = "Behave as of this date; wins over the configuration's.")
  private LocalDate compatibilityDate;

  Path source() {
    return source;
  }

  Egress egress() {
    return egress;
  }

  /// @param nodeEnv what bundled code sees as `process.env.NODE_ENV`, unless this process has a `NODE_ENV` of its own
  LoadOptions load(String nodeEnv) {
    LoadOptions load = LoadOptions.DEFAULT
        .withNodeEnv(System.getenv().getOrDefault("NODE_ENV", nodeEnv))
        .withVars(vars)
        .withProviders(List.of(new WorkerBindings()))
        .withCacheDirectory(Home.find().cache().resolve("esbuild"));
    if (environment != null) {
      load = load.withEnvironment(environment);
    }
    return compatibilityDate == null ? load : load.withCompatibilityDate(compatibilityDate);
  }

  /// @throws Complaint when it cannot be one
  Listen listen() {
    try {
      return new Listen(host, port);
    } catch (IllegalArgumentException wrong) {
      throw new Complaint("--port – " + wrong.getMessage() + " – choose one that is", wrong);
    }
  }

  /// Where the worker can be asked.
  String url(int boundPort) {
    return "http://" + new Listen(host, boundPort);
  }
}
