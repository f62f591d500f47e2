package dev.tenon.worker.assets;

import dev.tenon.worker.config.AssetSettings;
import dev.tenon.worker.config.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What `_redirects` says. The first rule that matches counts, but those without wildcards that stand above all with wildcards are looked up first, and at once.
///
/// @see <a href="https://developers.cloudflare.com/workers/static-assets/redirects/">Redirects</a>
final class RedirectRules {

  static final String FILE = "_redirects";

  private static final int STATIC_MAX = 2_000;
  private static final int DYNAMIC_MAX = 100;
  private static final Set<String> STATUSES = Set.of("200", "301", "302", "303", "307", "308");
  private static final Pattern INDEX = Pattern.compile(".*/index(\\.html)?", Pattern.DOTALL);
  private static final Pattern SCHEME = Pattern.compile("\\w+://.*", Pattern.DOTALL);
  private static final Pattern COMMENT = Pattern.compile("\\s+#.*$");

  static final RedirectRules NONE = new RedirectRules();

  private final Map<String, Redirect> exact = new HashMap<>();
  private final List<Rule> wild = new ArrayList<>();

  /// @param to a path, or an absolute URL
  /// @param status 200 for serving what `to` names without telling the client
  record Redirect(String to, int status) {}

  private record Rule(RulePattern from, Redirect to) {}

  private RedirectRules() {}

  /// @param shown what messages call the file
  static RedirectRules parse(String shown, String text, AssetSettings.HtmlHandling htmlHandling, Problems problems) {
    RedirectRules rules = new RedirectRules();
    RuleFile file = new RuleFile(shown, text, problems);
    Set<String> seen = new HashSet<>();
    int statics = 0;
    int dynamics = 0;
    while (file.hasNext()) {
      String[] words = COMMENT.matcher(file.next()).replaceFirst("").split("\\s+");
      if (words.length < 2 || words.length > 3) {
        file.warn("a redirect is \"from to\" or \"from to status\", and the line has " + words.length + (words.length == 1 ? " word" : " words"));
        continue;
      }
      try {
        String from = RuleUrl.parse(words[0], RuleUrl.Kind.FROM);
        boolean isExact = dynamics == 0 && !RulePattern.isDynamic(from);
        if (isExact && ++statics > STATIC_MAX) {
          throw new IllegalArgumentException("there are more than " + STATIC_MAX + " redirects without wildcards");
        }
        if (!isExact && ++dynamics > DYNAMIC_MAX) {
          file.stop("there are more than " + DYNAMIC_MAX + " redirects with wildcards or placeholders, or below one that has some");
          break;
        }
        Redirect to = redirect(from, words[1], words.length == 3 ? words[2] : "302", htmlHandling);
        if (!seen.add(from)) {
          throw new IllegalArgumentException(from + " is redirected above already");
        }
        rules.add(from, to, isExact);
      } catch (IllegalArgumentException wrong) {
        file.warn(wrong.getMessage());
      }
    }
    return rules;
  }

  private static Redirect redirect(String from, String target, String status, AssetSettings.HtmlHandling htmlHandling) {
    String to = RuleUrl.parse(target, RuleUrl.Kind.TO);
    if (!STATUSES.contains(status)) {
      throw new IllegalArgumentException("the status must be 200, 301, 302, 303, 307 or 308, not " + status);
    }
    boolean loops = from.endsWith("/*") || from.endsWith("/") && htmlHandling != AssetSettings.HtmlHandling.NONE;
    if (loops && !RuleUrl.isAbsolute(to) && INDEX.matcher(to).matches()) {
      throw new IllegalArgumentException("the redirect never ends: " + to + " is served without \"index\" or \".html\", where this rule matches again");
    }
    if (status.equals("200") && RuleUrl.isAbsolute(to)) {
      throw new IllegalArgumentException("with status 200 only a path of this worker can be served, not " + to);
    }
    return new Redirect(to, Integer.parseInt(status));
  }

  private void add(String from, Redirect to, boolean isExact) {
    if (isExact) {
      exact.put(from, to);
    } else {
      wild.add(new Rule(RulePattern.of(from), to));
    }
  }

  int size() {
    return exact.size() + wild.size();
  }

  /// Where a path is redirected to.
  Optional<Redirect> match(String hostname, String pathname) {
    Redirect found = exact.get(pathname);
    if (found != null) {
      return Optional.of(found);
    }
    for (Rule rule : wild) {
      Optional<List<RulePattern.Filling>> match = rule.from().match(hostname, pathname);
      if (match.isPresent()) {
        String to = RulePattern.fill(rule.to().to(), match.get()).strip();
        // A path that begins with two slashes would name another host.
        return Optional.of(new Redirect(SCHEME.matcher(to).matches() ? to : to.replaceAll("/+", "/"), rule.to().status()));
      }
    }
    return Optional.empty();
  }
}
