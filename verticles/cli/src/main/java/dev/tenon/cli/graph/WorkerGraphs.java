package dev.tenon.cli.graph;

import dev.tenon.contract.coupling.CouplingException;
import dev.tenon.contract.coupling.WorkerReader;
import dev.tenon.worker.config.Problems;
import dev.tenon.worker.config.WorkerConfigException;
import dev.tenon.worker.config.WranglerConfig;
import dev.tenon.worker.esbuild.KeptEsbuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads workers for [dev.tenon.contract.coupling.Coupling], with one esbuild for all of them. Thread-safe.
public final class WorkerGraphs implements WorkerReader, AutoCloseable {

  /// In wrangler's order: the first that exists counts.
  private static final List<String> CONFIGURATIONS = List.of("wrangler.json", "wrangler.jsonc", "wrangler.toml");

  private final KeptEsbuild esbuild;

  /// @param cacheDirectory where esbuild's executable is kept between runs
  public WorkerGraphs(Path cacheDirectory) {
    this.esbuild = new KeptEsbuild(cacheDirectory, KeptEsbuild.Use.ONCE);
  }

  @Override
  public WorkerCode read(Path folder) {
    Path configuration = CONFIGURATIONS.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst()
        .orElseThrow(() -> new CouplingException(folder + " – it has no wrangler.toml, wrangler.json or wrangler.jsonc – add one"));
    try {
      Problems problems = new Problems();
      WranglerConfig config = WranglerConfig.read(configuration, folder, Optional.empty(), problems);
      problems.throwIfErrors();
      return new WorkerCode(config.name(), new ModuleGraph(config, esbuild).imports(), bindings(config));
    } catch (WorkerConfigException wrong) {
      throw new CouplingException(folder + " – the worker cannot be read – " + wrong.getMessage(), wrong);
    } catch (IOException broken) {
      throw new CouplingException(folder + " – its module graph cannot be made: " + broken.getMessage() + " – mend that", broken);
    }
  }

  private static List<ServiceBinding> bindings(WranglerConfig config) {
    return config.bindings().stream()
        .filter(entry -> entry.kind().equals("services"))
        .map(entry -> new ServiceBinding(entry.name(), String.valueOf(entry.settings().get("service"))))
        .toList();
  }

  /// Ends esbuild.
  @Override
  public void close() {
    esbuild.close();
  }
}
