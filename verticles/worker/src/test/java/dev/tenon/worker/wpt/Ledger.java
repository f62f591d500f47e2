package dev.tenon.worker.wpt;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What is expected of the files of one directory: `src/test/wpt/NAME.json`.
///
/// ```
/// { "files": {
///     "a.any.js": {},                                                    every subtest passes
///     "b.any.js?x": { "fails": { "why": ["the subtest", …] },            these fail, all others pass
///                     "failsLike": { "why": "regular expression" },      so do all whose whole name matches, one at least
///                     "needs": { "a document": "regular expression" },   no server could pass these: they count for nothing, even where they pass
///                     "varies": { "why": ["the subtest", …] } },         passes or fails, by the machine's load or by chance
///     "c.any.js": { "skip": "why" } },                                   is not run
///   "pages": { "d.html": "why" } }                                       needs more than a scope to run scripts in
/// ```
final class Ledger {

  /// Stands for a reason that somebody still has to give; a run without `wpt.update` does not accept it.
  static final String NO_REASON = "?";

  private static final ObjectMapper JSON = JsonMapper.builder()
      .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
      .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
      .build();

  private final String directory;
  private final Path file;
  private final Map<String, Entry> entries = new TreeMap<>();
  private final Map<String, String> pages = new TreeMap<>();

  private Ledger(String directory, Path file) {
    this.directory = directory;
    this.file = file;
  }

  /// @param skip why the file is not run; empty when it is
  record Entry(String skip, Map<String, String> fails, Map<String, Pattern> failsLike, Map<String, Pattern> needs, Map<String, String> varies) {
    static final Entry PASSES = new Entry("", Map.of(), Map.of(), Map.of(), Map.of());

    boolean mayFail(String subtest) {
      return fails.containsKey(subtest) || varies.containsKey(subtest) || like(subtest) || !counts(subtest);
    }

    boolean like(String subtest) {
      return matches(failsLike, subtest);
    }

    /// Whether a server could pass a subtest.
    boolean counts(String subtest) {
      return !matches(needs, subtest);
    }

    private static boolean matches(Map<String, Pattern> patterns, String subtest) {
      return patterns.values().stream().anyMatch(pattern -> pattern.matcher(subtest).matches());
    }
  }

  static Ledger read(Path folder, String directory) throws IOException {
    Ledger ledger = new Ledger(directory, folder.resolve(directory.replace('/', '-') + ".json"));
    if (Files.exists(ledger.file)) {
      JsonNode root = JSON.readTree(Files.readString(ledger.file));
      root.path("files").properties().forEach(each -> ledger.entries.put(each.getKey(), entry(each.getValue())));
      root.path("pages").properties().forEach(each -> ledger.pages.put(each.getKey(), each.getValue().asText()));
    }
    return ledger;
  }

  private static Entry entry(JsonNode node) {
    return new Entry(
        node.path("skip").asText(), reasons(node.path("fails")), patterns(node.path("failsLike")), patterns(node.path("needs")), reasons(node.path("varies")));
  }

  private static Map<String, Pattern> patterns(JsonNode node) {
    Map<String, Pattern> patterns = new LinkedHashMap<>();
    node.properties().forEach(each -> patterns.put(each.getKey(), Pattern.compile(each.getValue().asText(), Pattern.DOTALL)));
    return patterns;
  }

  private static Map<String, String> reasons(JsonNode byReason) {
    Map<String, String> reasons = new LinkedHashMap<>();
    byReason.properties().forEach(each -> each.getValue().forEach(name -> reasons.put(name.asText(), each.getKey())));
    return reasons;
  }

  /// Why a file, or a variant of one, is not run; empty when it is.
  String skip(String path) {
    return entries.getOrDefault(name(path), Entry.PASSES).skip();
  }

  /// What an outcome has against what is written here, in sentences.
  List<String> complaints(Outcome outcome) {
    Entry entry = entries.get(name(outcome.path()));
    if (entry == null) {
      return List.of(outcome.path() + ": the ledger does not list this file – add it with -Dwpt.update");
    }
    List<String> complaints = new ArrayList<>();
    Map<String, Boolean> passed = passed(outcome);
    for (Outcome.Subtest subtest : outcome.subtests()) {
      if (!subtest.passed() && !entry.mayFail(subtest.name())) {
        complaints.add(outcome.path() + ": \"" + subtest.name() + "\" fails – " + subtest.message());
      } else if (subtest.passed() && entry.like(subtest.name())) {
        complaints.add(outcome.path() + ": \"" + subtest.name() + "\" passes, and an expression of the ledger says that it fails");
      }
    }
    entry.fails().forEach((subtest, reason) -> {
      if (passed.getOrDefault(subtest, true)) {
        complaints.add(outcome.path() + ": \"" + subtest + "\" " + (passed.containsKey(subtest) ? "passes" : "does not run") + ", and the ledger says that it fails");
      }
      if (reason.equals(NO_REASON)) {
        complaints.add(outcome.path() + ": \"" + subtest + "\" fails, and the ledger gives no reason");
      }
    });
    Stream.of(entry.failsLike(), entry.needs()).flatMap(each -> each.entrySet().stream()).forEach(each -> {
      String reason = each.getKey();
      Pattern pattern = each.getValue();
      if (passed.keySet().stream().noneMatch(name -> pattern.matcher(name).matches())) {
        complaints.add(outcome.path() + ": nothing matches " + pattern + " any more – remove it (" + reason + ")");
      }
    });
    return complaints;
  }

  private static Map<String, Boolean> passed(Outcome outcome) {
    Map<String, Boolean> passed = new LinkedHashMap<>();
    outcome.subtests().forEach(each -> passed.merge(each.name(), each.passed(), Boolean::logicalAnd));
    return passed;
  }

  /// What the ledger and the checkout's files have against each other, in sentences.
  ///
  /// @param paths of everything that there is to run
  /// @param pagePaths of what is never run
  List<String> complaints(Collection<String> paths, Collection<String> pagePaths) {
    List<String> complaints = new ArrayList<>();
    List<String> names = paths.stream().map(this::name).toList();
    entries.keySet().stream().filter(each -> !names.contains(each)).forEach(each -> complaints.add(directory + "/" + each + ": is listed, and there is no such file"));
    pagePaths.stream().map(this::name).filter(each -> !pages.containsKey(each)).forEach(each -> complaints.add(directory + "/" + each + ": the ledger does not list this page"));
    return complaints;
  }

  /// Takes over what happened. Reasons are kept.
  void update(Outcome outcome) {
    Entry old = entries.getOrDefault(name(outcome.path()), Entry.PASSES);
    Map<String, Boolean> passed = passed(outcome);
    Map<String, Pattern> like = new LinkedHashMap<>(old.failsLike());
    like.values().removeIf(pattern -> passed(passed, pattern).isEmpty() || passed(passed, pattern).contains(true));
    Map<String, Pattern> needs = new LinkedHashMap<>(old.needs());
    needs.values().removeIf(pattern -> passed(passed, pattern).isEmpty());
    Entry kept = new Entry("", Map.of(), like, needs, old.varies());
    Map<String, String> fails = new LinkedHashMap<>();
    passed.forEach((name, itPassed) -> {
      if (!itPassed && !kept.mayFail(name)) {
        fails.put(name, old.fails().getOrDefault(name, NO_REASON));
      }
    });
    entries.put(name(outcome.path()), new Entry("", fails, like, needs, old.varies()));
  }

  /// What came of the subtests that match.
  private static List<Boolean> passed(Map<String, Boolean> passed, Pattern pattern) {
    return passed.entrySet().stream().filter(each -> pattern.matcher(each.getKey()).matches()).map(Map.Entry::getValue).toList();
  }

  /// Takes over which files there are.
  void update(Collection<String> paths, Collection<String> pagePaths) {
    entries.keySet().retainAll(paths.stream().map(this::name).toList());
    pages.keySet().retainAll(pagePaths.stream().map(this::name).toList());
    pagePaths.forEach(each -> pages.putIfAbsent(name(each), reasonOfPage(each)));
  }

  private static String reasonOfPage(String path) {
    return path.endsWith(".worker.js") ? "starts a worker of its own" : "is a page: needs a document";
  }

  void write() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode files = root.putObject("files");
    entries.forEach((name, entry) -> {
      ObjectNode node = files.putObject(name);
      if (!entry.skip().isEmpty()) {
        node.put("skip", entry.skip());
      }
      writeReasons(node, "fails", entry.fails());
      writePatterns(node, "failsLike", entry.failsLike());
      writePatterns(node, "needs", entry.needs());
      writeReasons(node, "varies", entry.varies());
    });
    ObjectNode pageNode = root.putObject("pages");
    pages.forEach(pageNode::put);
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    Files.createDirectories(file.getParent());
    Files.writeString(file, JSON.writer(printer).writeValueAsString(root) + "\n");
  }

  private static void writeReasons(ObjectNode node, String key, Map<String, String> reasons) {
    if (reasons.isEmpty()) {
      return;
    }
    ObjectNode byReason = node.putObject(key);
    reasons.forEach((name, reason) -> byReason.withArray(reason).add(name));
  }

  private static void writePatterns(ObjectNode node, String key, Map<String, Pattern> patterns) {
    if (!patterns.isEmpty()) {
      ObjectNode byReason = node.putObject(key);
      patterns.forEach((reason, pattern) -> byReason.put(reason, pattern.pattern()));
    }
  }

  /// Whether a server could pass a subtest.
  boolean counts(String path, String subtest) {
    return entries.getOrDefault(name(path), Entry.PASSES).counts(subtest);
  }

  /// Whether a subtest passes in one run and fails in another.
  boolean varies(String path, String subtest) {
    return entries.getOrDefault(name(path), Entry.PASSES).varies().containsKey(subtest);
  }

  /// Why a subtest fails.
  String reason(String path, String subtest) {
    Entry entry = entries.getOrDefault(name(path), Entry.PASSES);
    return Stream.of(entry.fails().get(subtest), entry.varies().get(subtest))
        .filter(Objects::nonNull)
        .findFirst()
        .or(() -> entry.failsLike().entrySet().stream().filter(each -> each.getValue().matcher(subtest).matches()).map(Map.Entry::getKey).findFirst())
        .orElse(NO_REASON);
  }

  private String name(String path) {
    return path.substring(directory.length() + 1);
  }

  long skipped() {
    return entries.values().stream().filter(each -> !each.skip().isEmpty()).count() + pages.size();
  }
}
