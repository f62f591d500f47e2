package dev.tenon.contract.compare;

import dev.tenon.contract.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Compares how a caller may prove who is calling. Schemes are what they are, not what they are named.
final class SecurityDiff {

  /// One way in: everything that must be shown together, with the scopes each must have. Nothing means that anybody may call.
  private record Way(Map<String, Set<String>> needs) {

    /// Whether who shows all of this has shown all of the other.
    boolean suffices(Way other) {
      return other.needs.entrySet().stream().allMatch(need -> needs.containsKey(need.getKey()) && needs.get(need.getKey()).containsAll(need.getValue()));
    }

    String words() {
      return needs.isEmpty() ? "nothing" : needs.entrySet().stream()
          .map(need -> need.getKey() + (need.getValue().isEmpty() ? "" : " with " + String.join(" and ", need.getValue())))
          .collect(Collectors.joining(" together with "));
    }
  }

  private final ApiDiff diff;
  private final String label;
  private final Node.Obj old;
  private final Node.Obj now;

  SecurityDiff(ApiDiff diff, String label, Node.Obj old, Node.Obj now) {
    this.diff = diff;
    this.label = label;
    this.old = old;
    this.now = now;
  }

  void compare() {
    Optional<Node> oldNeeds = old.get("security").or(() -> diff.before().root().get("security"));
    Optional<Node> newNeeds = now.get("security").or(() -> diff.after().root().get("security"));
    List<Way> olds = ways(oldNeeds, diff.before().root());
    List<Way> news = ways(newNeeds, diff.after().root());
    Optional<Node> oldAt = Optional.of(oldNeeds.orElse(old));
    Optional<Node> newAt = Optional.of(newNeeds.orElse(now));
    for (Way way : olds) {
      if (news.stream().noneMatch(way::suffices)) {
        diff.breaking(ApiRule.SECURITY_TIGHTENED, label, "the security", oldAt, newAt, label + ": showing " + way.words() + " no longer suffices; needed is "
            + news.stream().map(Way::words).collect(Collectors.joining(", or ")) + "; consumers get 401 or 403", new Witness("the request " + label + " showing " + way.words(), ""));
        return;
      }
    }
    for (Way way : news) {
      if (olds.stream().noneMatch(way::suffices)) {
        diff.add(ApiRule.SECURITY_LOOSENED, label, "the security", oldAt, newAt, label + ": showing " + way.words() + " suffices now");
        return;
      }
    }
    addresses(oldNeeds, newNeeds);
  }

  private static List<Way> ways(Optional<Node> needs, Node.Obj root) {
    List<Way> ways = new ArrayList<>();
    if (needs.isPresent() && needs.get() instanceof Node.Arr alternatives) {
      for (Node alternative : alternatives.items()) {
        Map<String, Set<String>> all = new HashMap<>();
        if (alternative instanceof Node.Obj object) {
          object.members().forEach((name, scopes) -> {
            Set<String> names = new TreeSet<>();
            if (scopes instanceof Node.Arr list) {
              list.items().forEach(scope -> names.add(String.valueOf(scope.plain())));
            }
            all.merge(meaning(name, root), names, (one, other) -> {
              Set<String> both = new TreeSet<>(one);
              both.addAll(other);
              return both;
            });
          });
        }
        ways.add(new Way(all));
      }
    }
    return ways.isEmpty() ? List.of(new Way(Map.of())) : ways;
  }

  private static Optional<Node.Obj> scheme(String name, Node.Obj root) {
    return root.object("components").flatMap(components -> components.object("securitySchemes")).flatMap(schemes -> schemes.get(name)).flatMap(node -> Api.resolved(node, root));
  }

  /// What has to be shown: `http bearer`, `apiKey in header X-Key`.
  private static String meaning(String name, Node.Obj root) {
    return scheme(name, root).map(scheme -> {
      String type = scheme.text("type").orElse("");
      return switch (type) {
        case "http" -> "http " + scheme.text("scheme").orElse("").toLowerCase(Locale.ROOT);
        case "apiKey" -> "apiKey in " + scheme.text("in").orElse("") + " " + scheme.text("name").orElse("");
        case "oauth2" -> "oauth2 " + scheme.object("flows").map(flows -> String.join(" or ", new TreeSet<>(flows.members().keySet()))).orElse("");
        default -> type;
      };
    }).orElse("the scheme " + name);
  }

  /// Where the tokens of the schemes in use are had.
  private void addresses(Optional<Node> oldNeeds, Optional<Node> newNeeds) {
    Set<String> olds = names(oldNeeds);
    Set<String> news = names(newNeeds);
    for (String name : news) {
      Optional<Node.Obj> is = scheme(name, diff.after().root());
      String meaning = meaning(name, diff.after().root());
      Optional<Node.Obj> was = olds.stream().filter(other -> meaning(other, diff.before().root()).equals(meaning)).findFirst().flatMap(other -> scheme(other, diff.before().root()));
      if (is.isPresent() && was.isPresent() && !addresses(was.get()).equals(addresses(is.get()))) {
        diff.add(ApiRule.SECURITY_ADDRESS_CHANGED, label, "the security", Optional.of(was.get()), Optional.of(is.get()),
            label + ": tokens of " + meaning + " are had from " + String.join(", ", addresses(is.get())) + " instead of " + String.join(", ", addresses(was.get())));
      }
    }
  }

  private static Set<String> names(Optional<Node> needs) {
    Set<String> names = new LinkedHashSet<>();
    if (needs.isPresent() && needs.get() instanceof Node.Arr alternatives) {
      alternatives.items().forEach(alternative -> {
        if (alternative instanceof Node.Obj object) {
          names.addAll(object.members().keySet());
        }
      });
    }
    return names;
  }

  private static Set<String> addresses(Node.Obj scheme) {
    Set<String> addresses = new TreeSet<>();
    scheme.text("openIdConnectUrl").ifPresent(addresses::add);
    scheme.object("flows").ifPresent(flows -> flows.members().values().forEach(flow -> {
      if (flow instanceof Node.Obj object) {
        for (String member : List.of("authorizationUrl", "tokenUrl", "refreshUrl")) {
          object.text(member).ifPresent(addresses::add);
        }
      }
    }));
    return addresses;
  }
}
