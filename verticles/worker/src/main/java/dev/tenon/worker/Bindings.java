package dev.tenon.worker;

import dev.tenon.worker.config.Problem;
import dev.tenon.worker.config.Problems;
import dev.tenon.worker.config.WranglerConfig;
import dev.tenon.worker.config.WranglerConfig.BindingEntry;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes a worker's bindings of what its configuration says.
final class Bindings {

  private final WranglerConfig config;
  private final List<BindingProvider> providers;
  private final Problems problems;

  Bindings(WranglerConfig config, List<BindingProvider> providers, Problems problems) {
    this.config = config;
    this.providers = providers;
    this.problems = problems;
  }

  /// Variables first, each later source over the earlier: the configuration's, `.dev.vars`', the caller's. Then the other bindings.
  Map<String, Binding> all(Map<String, String> devVars, Map<String, String> overrides) {
    Map<String, Binding> bindings = new LinkedHashMap<>();
    config.vars().forEach((name, value) -> bindings.put(name, value instanceof String text ? new Binding.Text(text) : new Binding.Json(Json.encode(value))));
    devVars.forEach((name, value) -> bindings.put(name, new Binding.Text(value)));
    config.bindings().forEach(entry -> binding(entry).ifPresent(binding -> bindings.put(entry.name(), binding)));
    overrides.forEach((name, value) -> bindings.put(name, new Binding.Text(value)));
    config.requiredSecrets().stream().filter(name -> !bindings.containsKey(name)).forEach(name -> problems.warning(
        Problem.of("secret \"" + name + "\" is required by the configuration and not set", "put it into .dev.vars")));
    return bindings;
  }

  private Optional<Binding> binding(BindingEntry entry) {
    try {
      JsonObject settings = new JsonObject(entry.settings());
      for (BindingProvider provider : providers) {
        Optional<Binding> binding = provider.provide(entry.kind(), entry.name(), settings);
        if (binding.isPresent()) {
          return binding;
        }
      }
      return switch (entry.kind()) {
        case "services" -> service(entry, settings);
        case "assets" -> Optional.of(new Binding.Assets());
        case "version_metadata" -> Optional.of(versionMetadata());
        case "text_blobs" -> textBlob(entry, settings.getString("path"));
        default -> refused(entry, "needs \"" + entry.kind() + "\", which Tenon does not support yet", "remove it from the configuration to run the worker without it");
      };
    } catch (IllegalArgumentException e) {
      return refused(entry, "cannot be made: " + e.getMessage(), "");
    }
  }

  private Optional<Binding> service(BindingEntry entry, JsonObject settings) {
    if (!(settings.getValue("entrypoint", "") instanceof String entrypoint)) {
      return refused(entry, "has an \"entrypoint\" that is no text", "name an export of the service, e.g. \"Admin\"");
    }
    if (!(settings.getValue("props", new JsonObject()) instanceof JsonObject props)) {
      return refused(entry, "has \"props\" that are no table", "write { … }");
    }
    String environment = settings.getString("environment", "");
    String component = settings.getString("service") + (environment.isEmpty() ? "" : "-" + environment);
    return Optional.of(new Binding.Service(component, entrypoint.equals("default") ? "" : entrypoint, props.isEmpty() ? "" : props.encode()));
  }

  /// Without a deployment there is no version: the worker sees that this is a local run.
  private static Binding versionMetadata() {
    return new Binding.Json(new JsonObject().put("id", "00000000-0000-0000-0000-000000000000").put("tag", "").put("timestamp", "").encode());
  }

  private Optional<Binding> textBlob(BindingEntry entry, String path) {
    Path file = config.root().resolve(path).normalize();
    try {
      return Optional.of(new Binding.Text(Files.readString(file)));
    } catch (IOException e) {
      return refused(entry, "names \"" + path + "\", which cannot be read as UTF-8 text", "check the path");
    }
  }

  private Optional<Binding> refused(BindingEntry entry, String message, String remedy) {
    problems.error(Problem.of(entry.at(), "binding \"" + entry.name() + "\" " + message, remedy));
    return Optional.empty();
  }
}
