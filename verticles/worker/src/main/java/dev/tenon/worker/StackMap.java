package dev.tenon.worker;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rewrites stack traces of a worker's bundled code to name the user's own files and lines. One per worker; source maps are read when first needed.
final class StackMap {

  private static final Pattern PLACE = Pattern.compile("(?<before>[(\\s])(?<file>[^()\\s:]+(?::[^()\\s:]+)?):(?<line>\\d+):(?<column>\\d+)(?=\\)|$)", Pattern.MULTILINE);

  private static final Pattern EXPORT_DEFAULT = Pattern.compile("(?<=^|\\n)export\\s+default\\b");

  /// How the engine says that a module imports one that is not there.
  private static final Pattern IMPORTED = Pattern.compile("module '(?<name>[^']+)' imported from /(?<from>[^:]+):");

  /// Frames of the runtime itself that the engine does not hide.
  private static final Pattern OWN_FRAME = Pattern.compile("\\n +at AsyncContext\\.[^\\n]*\\(native\\)");

  private final WorkerDefinition definition;
  private final Map<String, Optional<SourceMap>> maps = new ConcurrentHashMap<>();

  StackMap(WorkerDefinition definition) {
    this.definition = definition;
  }

  /// Frames, or a message, as the engine gives them.
  String map(String stack) {
    return PLACE.matcher(OWN_FRAME.matcher(stack).replaceAll("").replace("(native)", "(<anonymous>)")).replaceAll(place -> Matcher.quoteReplacement(place.group("before") + mapped(place)));
  }

  /// An error's `stack` with the places in its message mapped too: those of its frames are, since `error-stack.js` made it.
  String mapMessage(String stack) {
    int frames = frames(stack);
    return map(stack.substring(0, frames)) + stack.substring(frames);
  }

  private static int frames(String stack) {
    int frames = stack.indexOf("\n    at ");
    return frames < 0 ? stack.length() : frames;
  }

  /// The source around the topmost place of an error's `stack` that is the user's own, or else of one that is a package's; empty when no place is a module's.
  Optional<SourceExcerpt> excerpt(String stack) {
    Optional<SourceExcerpt> first = Optional.empty();
    Matcher place = PLACE.matcher(stack);
    int frames = frames(stack);
    while (place.find()) {
      Optional<SourceExcerpt> found = place.start() < frames ? excerpt(place) : mappedExcerpt(place);
      if (found.isPresent() && !found.get().file().contains("node_modules/")) {
        return found;
      }
      first = first.or(() -> found);
    }
    return first;
  }

  /// The source to show for an error without a stack: around the import that it speaks of, or what the entry point exports as default, or its beginning.
  Optional<SourceExcerpt> entry(String error) {
    Matcher imported = IMPORTED.matcher(error);
    return imported.find() ? definition.module(imported.group("from")).flatMap(importer -> importOf(imported.group("name"), importer)).or(this::entry) : entry();
  }

  private static Optional<SourceExcerpt> importOf(String name, ModuleSource importer) {
    String text = importer.text();
    int at = text.indexOf(name.substring(name.lastIndexOf('/') + 1));
    if (at < 0) {
      return Optional.empty();
    }
    int line = 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    int start = Math.max(Math.max(text.lastIndexOf('"', at), text.lastIndexOf('\'', at)), text.lastIndexOf('\n', at) + 1);
    return Optional.of(SourceExcerpt.of(importer.name(), line, start - text.lastIndexOf('\n', at), text));
  }

  private Optional<SourceExcerpt> entry() {
    ModuleSource main = definition.main();
    Optional<String> source = module(main.name()).map(SourceMap::lastSource);
    String file = source.orElse(main.name());
    Optional<String> text = source.isEmpty() ? Optional.of(main.text()) : SourceMap.content(main.sourceMap().orElse(""), file);
    return text.filter(found -> !found.isEmpty()).map(found -> {
      Matcher exported = EXPORT_DEFAULT.matcher(found);
      int line = exported.find() ? 1 + (int) found.substring(0, exported.start()).chars().filter(c -> c == '\n').count() : 1;
      return SourceExcerpt.of(file, line, 1, found);
    });
  }

  private Optional<SourceMap> module(String name) {
    return maps.computeIfAbsent(name, this::sourceMap);
  }

  private Optional<SourceExcerpt> excerpt(MatchResult place) {
    return definition.module(moduleName(place.group("file"))).flatMap(module -> {
      SourceMap.Position at = position(place);
      Optional<String> text = at.source().equals(module.name()) ? Optional.of(module.text()) : SourceMap.content(module.sourceMap().orElse(""), at.source());
      return text.map(found -> SourceExcerpt.of(at.source(), at.line(), at.column(), found));
    });
  }

  /// Around a place that is mapped already.
  private Optional<SourceExcerpt> mappedExcerpt(MatchResult place) {
    String file = place.group("file");
    return definition.modules().stream()
        .flatMap(module -> module.sourceMap().flatMap(map -> SourceMap.content(map, file)).stream())
        .findFirst()
        .or(() -> definition.module(file).map(ModuleSource::text))
        .map(text -> SourceExcerpt.of(file, Integer.parseInt(place.group("line")), Integer.parseInt(place.group("column")), text));
  }

  private String mapped(MatchResult place) {
    SourceMap.Position at = position(place);
    return at.source() + ":" + at.line() + ":" + at.column();
  }

  /// Where a place is in the user's own sources; in the module itself where no map knows more.
  private SourceMap.Position position(MatchResult place) {
    String file = moduleName(place.group("file"));
    int line = Integer.parseInt(place.group("line"));
    int column = Integer.parseInt(place.group("column"));
    return maps.computeIfAbsent(file, this::sourceMap)
        .flatMap(map -> map.locate(line, column))
        .orElse(new SourceMap.Position(file, line, column));
  }

  /// A module's name of what its importer called it.
  private static String moduleName(String file) {
    String name = file;
    while (name.startsWith("./") || name.startsWith("../")) {
      name = name.substring(name.indexOf('/') + 1);
    }
    return name.startsWith("/") ? name.substring(1) : name;
  }

  private Optional<SourceMap> sourceMap(String module) {
    try {
      return definition.module(module).flatMap(ModuleSource::sourceMap).map(SourceMap::parse);
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }
}
