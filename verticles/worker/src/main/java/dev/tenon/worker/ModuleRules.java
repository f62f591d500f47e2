package dev.tenon.worker;

import dev.tenon.worker.config.WranglerConfig.ModuleRule;
import dev.tenon.worker.config.WranglerConfig.ModuleRule.Fallthrough;
import dev.tenon.worker.config.WranglerConfig.ModuleType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Which files are modules of which type: the configuration's rules, then wrangler's own.
///
/// A rule ends its type: later rules for the same type are left out unless it says `fallthrough = true`.
///
/// @param active in order; the first that matches counts
/// @param shadowed left out
record ModuleRules(List<ModuleRule> active, List<ModuleRule> shadowed) {

  private static final List<ModuleRule> DEFAULTS = List.of(
      new ModuleRule(ModuleType.TEXT, List.of("**/*.txt", "**/*.html", "**/*.sql"), Fallthrough.NOT_SAID),
      new ModuleRule(ModuleType.DATA, List.of("**/*.bin"), Fallthrough.NOT_SAID),
      new ModuleRule(ModuleType.WASM, List.of("**/*.wasm", "**/*.wasm?module"), Fallthrough.NOT_SAID));

  static ModuleRules of(List<ModuleRule> configured) {
    List<ModuleRule> active = new ArrayList<>();
    List<ModuleRule> shadowed = new ArrayList<>();
    Set<ModuleType> ended = EnumSet.noneOf(ModuleType.class);
    List<ModuleRule> all = new ArrayList<>(configured);
    all.addAll(DEFAULTS);
    for (ModuleRule rule : all) {
      if (ended.contains(rule.type())) {
        shadowed.add(rule);
        continue;
      }
      active.add(rule);
      if (rule.fallthrough() != Fallthrough.YES) {
        ended.add(rule.type());
      }
    }
    return new ModuleRules(List.copyOf(active), List.copyOf(shadowed));
  }

  static ModuleSource.Type moduleType(ModuleType type) {
    return switch (type) {
      case ESM -> ModuleSource.Type.ESM;
      case COMMONJS -> ModuleSource.Type.COMMONJS;
      case WASM -> ModuleSource.Type.WASM;
      case TEXT -> ModuleSource.Type.TEXT;
      case DATA -> ModuleSource.Type.DATA;
    };
  }

  /// Whether files of the type are bundled when they are not additional modules.
  static boolean isJavaScript(ModuleType type) {
    return type == ModuleType.ESM || type == ModuleType.COMMONJS;
  }
}
