package dev.tenon.worker;

import dev.tenon.worker.config.Problem;
import dev.tenon.worker.config.Problems;
import dev.tenon.worker.config.WranglerConfig.ModuleRule;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds the files below a folder that are modules by a rule, imported or not (`find_additional_modules`, and always with `no_bundle`).
final class AdditionalModules {

  private static final int FILES_MAX = 10_000;
  private static final Set<String> NEVER = Set.of("node_modules", ".git", ".wrangler", ".tenon");

  private record Matcher(Pattern pattern, ModuleRule rule) {}

  private AdditionalModules() {}

  static void find(Path moduleRoot, Path main, ModuleRules rules, CollectedModules collected, Problems problems) {
    var matchers = rules.active().stream()
        .flatMap(rule -> rule.globs().stream().map(glob -> new Matcher(Pattern.compile(Glob.forPaths(glob)), rule)))
        .toList();
    try {
      Files.walkFileTree(moduleRoot, new SimpleFileVisitor<>() {
        private int files;

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
          return NEVER.contains(String.valueOf(directory.getFileName())) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
          String name = moduleRoot.relativize(file).toString().replace('\\', '/');
          Optional<Matcher> match = file.equals(main) ? Optional.empty()
              : matchers.stream().filter(each -> each.pattern().matcher(name).matches()).findFirst();
          if (match.isPresent()) {
            if (++files > FILES_MAX) {
              problems.error(Problem.of(Problem.Place.of(moduleRoot.toString()), "more than " + FILES_MAX + " files match the module rules",
                  "set base_dir to a smaller folder, or make the globs narrower"));
              return FileVisitResult.TERMINATE;
            }
            collected.addNamed(name, file, ModuleRules.moduleType(match.get().rule().type()));
          }
          return FileVisitResult.CONTINUE;
        }
      });
    } catch (IOException e) {
      problems.error(Problem.of(Problem.Place.of(moduleRoot.toString()), "its files cannot be read: " + e.getMessage(), "check the path and permissions"));
    }
  }
}
