package dev.tenon.worker.assets;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The left side of a rule in `_headers` or `_redirects`: text with `*` for anything and `:name` for one part of the path (or of the host).
final class RulePattern {

  private static final String SPLAT = "splat";
  private static final String HTTPS = "https://";
  private static final Pattern WILD = Pattern.compile("\\*|:[A-Za-z]\\w*");

  private final String text;
  private final Pattern regex;
  private final List<String> names;

  private RulePattern(String text, Pattern regex, List<String> names) {
    this.text = text;
    this.regex = regex;
    this.names = names;
  }

  /// A place in a URL that a rule has a name for, and what stands there.
  record Filling(String name, String value) {}

  /// Whether a rule has wildcards or placeholders.
  static boolean isDynamic(String rule) {
    return WILD.matcher(rule).find();
  }

  /// @throws IllegalArgumentException when a name is used twice; its message says which
  static RulePattern of(String rule) {
    if (!isDynamic(rule)) {
      return new RulePattern(rule, null, List.of());
    }
    int hostEnd = rule.startsWith(HTTPS) ? Math.max(rule.indexOf('/', HTTPS.length()), HTTPS.length()) : 0;
    StringBuilder regex = new StringBuilder();
    List<String> names = new ArrayList<>();
    Matcher wild = WILD.matcher(rule);
    int at = 0;
    while (wild.find()) {
      regex.append(Pattern.quote(rule.substring(at, wild.start())));
      boolean splat = wild.group().equals("*");
      String name = splat ? SPLAT : wild.group().substring(1);
      if (names.contains(name)) {
        throw new IllegalArgumentException(splat ? "only one wildcard \"*\" is allowed" : "the placeholder \":" + name + "\" is used twice");
      }
      names.add(name);
      regex.append(splat ? "(.*)" : wild.start() < hostEnd ? "([^/.]+)" : "([^/]+)");
      at = wild.end();
    }
    regex.append(Pattern.quote(rule.substring(at)));
    return new RulePattern(rule, Pattern.compile(regex.toString()), names);
  }

  /// What stands at the rule's wild places; empty when it does not match.
  Optional<List<Filling>> match(String hostname, String pathname) {
    String subject = text.startsWith(HTTPS) ? HTTPS + hostname + pathname : pathname;
    if (regex == null) {
      return text.equals(subject) ? Optional.of(List.of()) : Optional.empty();
    }
    Matcher matcher = regex.matcher(subject);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    List<Filling> fillings = new ArrayList<>(names.size());
    for (int i = 0; i < names.size(); i++) {
      fillings.add(new Filling(names.get(i), matcher.group(i + 1)));
    }
    return Optional.of(fillings);
  }

  /// Puts what a rule matched where `:name` stands.
  static String fill(String template, List<Filling> fillings) {
    String filled = template;
    for (Filling filling : fillings) {
      filled = filled.replace(":" + filling.name(), filling.value());
    }
    return filled;
  }

  @Override
  public String toString() {
    return text;
  }
}
