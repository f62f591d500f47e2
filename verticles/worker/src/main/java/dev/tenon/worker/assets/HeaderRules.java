package dev.tenon.worker.assets;

import dev.tenon.worker.config.Problems;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What `_headers` says. Every rule that matches counts, in order: the first to name a header replaces it, later ones add to it.
///
/// @see <a href="https://developers.cloudflare.com/workers/static-assets/headers/">Headers</a>
final class HeaderRules {

  static final String FILE = "_headers";

  private static final int RULES_MAX = 100;
  private static final String REMOVE = "! ";
  private static final Pattern PATH = Pattern.compile("(\\S+://|/).*");
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");
  /// What the connection decides.
  private static final Set<String> NOT_SET = Set.of("content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "trailer");

  static final HeaderRules NONE = new HeaderRules();

  private final List<Rule> rules = new ArrayList<>();

  private record Rule(RulePattern path, int line, Map<String, String> set, List<String> remove) {

    boolean isEmpty() {
      return set.isEmpty() && remove.isEmpty();
    }
  }

  private HeaderRules() {}

  /// @param shown what messages call the file
  static HeaderRules parse(String shown, String text, Problems problems) {
    HeaderRules parsed = new HeaderRules();
    RuleFile file = new RuleFile(shown, text, problems);
    Map<String, Rule> rules = new LinkedHashMap<>();
    Optional<Rule> current = Optional.empty();
    boolean skipping = false;
    while (file.hasNext()) {
      String line = file.next();
      try {
        if (PATH.matcher(line).matches()) {
          current.filter(Rule::isEmpty).ifPresent(empty -> nothing(file, rules, empty));
          skipping = true;
          current = Optional.empty();
          if (rules.size() >= RULES_MAX) {
            file.stop("there are more than " + RULES_MAX + " rules");
            break;
          }
          Rule rule = new Rule(RulePattern.of(RuleUrl.parse(line, RuleUrl.Kind.HEADERS)), file.line(), new LinkedHashMap<>(), new ArrayList<>());
          rules.put(rule.path().toString(), rule);
          current = Optional.of(rule);
          skipping = false;
        } else if (!skipping) {
          header(line, current);
        }
      } catch (IllegalArgumentException wrong) {
        file.warn(wrong.getMessage());
      }
    }
    current.filter(Rule::isEmpty).ifPresent(empty -> nothing(file, rules, empty));
    parsed.rules.addAll(rules.values());
    return parsed;
  }

  private static void nothing(RuleFile file, Map<String, Rule> rules, Rule empty) {
    file.warn(empty.line(), "no headers follow the path – the rule is ignored", "indent \"name: value\" below it");
    rules.remove(empty.path().toString());
  }

  private static void header(String line, Optional<Rule> current) {
    Rule rule = current.orElseThrow(() -> new IllegalArgumentException("a path that begins with \"/\" must come before the first header"));
    int colon = line.indexOf(':');
    if (colon < 0 && line.startsWith(REMOVE)) {
      rule.remove().add(name(line.substring(REMOVE.length()).strip()));
      return;
    }
    if (colon < 0) {
      throw new IllegalArgumentException("a header is \"name: value\", and \"! name\" removes one");
    }
    String name = name(line.substring(0, colon).strip());
    String value = line.substring(colon + 1).strip();
    if (value.isEmpty()) {
      throw new IllegalArgumentException("the header \"" + name + "\" has no value");
    }
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException("the value of \"" + name + "\" has characters that no header may have");
    }
    if (NOT_SET.contains(name)) {
      throw new IllegalArgumentException("\"" + name + "\" cannot be set, it follows from the response");
    }
    rule.set().merge(name, value, (first, next) -> first + ", " + next);
  }

  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(text.isEmpty() ? "the header has no name" : "\"" + text + "\" is not the name of a header");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  int size() {
    return rules.size();
  }

  /// Changes a response's headers as the rules for its request's URL say.
  void apply(String hostname, String pathname, MultiMap headers) {
    if (rules.isEmpty()) {
      return;
    }
    Set<String> own = new HashSet<>();
    for (Rule rule : rules) {
      Optional<List<RulePattern.Filling>> match = rule.path().match(hostname, pathname);
      if (match.isPresent()) {
        rule.remove().forEach(headers::remove);
        rule.set().forEach((name, template) -> set(headers, name, RulePattern.fill(template, match.get()), own));
      }
    }
  }

  private static void set(MultiMap headers, String name, String value, Set<String> own) {
    if (own.add(name)) {
      headers.set(name, value);
    } else if (name.equals("set-cookie") || !headers.contains(name)) {
      headers.add(name, value);
    } else {
      headers.set(name, headers.get(name) + ", " + value);
    }
  }
}
