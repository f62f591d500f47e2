package dev.tenon.worker.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The configuration keys wrangler knows, so that an unknown one is noticed.
final class ConfigKeys {

  /// Only at the top level.
  private static final List<String> TOP_LEVEL = List.of(
      "$schema", "env", "alias", "keep_vars", "addresses", "send_metrics", "dependencies_instrumentation", "dev", "site", "pages_build_output_dir",
      "legacy_env", "topLevelName", "definedEnvironments", "targetEnvironment", "configPath", "userConfigPath");

  /// An environment takes the top level's value when it has none of its own.
  private static final List<String> INHERITED = List.of(
      "name", "account_id", "compatibility_date", "compatibility_flags", "main", "find_additional_modules", "preserve_file_names", "base_dir",
      "workers_dev", "preview_urls", "routes", "route", "tsconfig", "jsx_factory", "jsx_fragment", "migrations", "exports", "triggers", "limits", "rules",
      "build", "no_bundle", "minify", "keep_names", "first_party_worker", "logpush", "upload_source_maps", "placement",
      "observability", "access", "cache", "compliance_region", "python_modules", "previews");

  /// An environment has only what it says itself. Bindings are of this kind too.
  private static final List<String> NOT_INHERITED = List.of(
      "define", "vars", "secrets", "cloudchamber", "containers", "connect", "tail_consumers", "streaming_tail_consumers");

  private static final Set<String> INHERITED_SET = new HashSet<>(INHERITED);
  private static final Set<String> IN_ENVIRONMENT = new HashSet<>(INHERITED);
  private static final Set<String> AT_TOP = new HashSet<>();

  static {
    IN_ENVIRONMENT.addAll(NOT_INHERITED);
    for (BindingKind kind : BindingKind.values()) {
      if (kind.topLevelOnly()) {
        AT_TOP.add(kind.key());
      } else {
        IN_ENVIRONMENT.add(kind.key());
      }
      if (kind.inheritable()) {
        INHERITED_SET.add(kind.key());
      }
    }
    AT_TOP.addAll(IN_ENVIRONMENT);
    AT_TOP.addAll(TOP_LEVEL);
  }

  private ConfigKeys() {}

  static boolean knownAtTop(String key) {
    return AT_TOP.contains(key);
  }

  static boolean knownInEnvironment(String key) {
    return IN_ENVIRONMENT.contains(key);
  }

  static boolean inherited(String key) {
    return INHERITED_SET.contains(key);
  }

  /// The known key that an unknown one was probably meant to be.
  static Optional<String> nearest(String unknown) {
    return nearest(unknown, AT_TOP);
  }

  static Optional<String> nearest(String unknown, Set<String> known) {
    return known.stream()
        .filter(key -> distance(unknown, key) <= Math.max(1, Math.min(unknown.length(), key.length()) / 3))
        .min(Comparator.comparingInt((String key) -> distance(unknown, key)).thenComparing(Comparator.naturalOrder()));
  }

  /// How many single-character changes lead from one text to the other.
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j - 1], row[j]) + 1);
      }
    }
    return row[to.length()];
  }
}
