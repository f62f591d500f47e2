package dev.tenon.contract.compare;

import dev.tenon.contract.MediaType;
import dev.tenon.contract.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Compares bodies by their media types. A range stands for all the types in it.
///
/// @param subject for witnesses
record Bodies(ApiDiff diff, String operation, Direction direction, Side side, String subject, String part) {

  static final String REQUEST = "the request body";

  void compare(Node.Obj old, Node.Obj now) {
    Map<String, Node.Obj> olds = types(old);
    Map<String, Node.Obj> news = types(now);
    olds.forEach((range, was) -> {
      Optional<String> cover = cover(range, news.keySet());
      if (cover.isEmpty()) {
        removed(range, was, old, now, news.keySet());
      } else if (direction == Direction.REQUEST || cover.get().equals(range)) {
        schemas(range, was, news.get(cover.get()));
      }
    });
    news.forEach((range, is) -> {
      Optional<String> cover = cover(range, olds.keySet());
      if (cover.isEmpty()) {
        ApiRule rule = direction == Direction.REQUEST ? ApiRule.REQUEST_MEDIA_TYPE_ADDED : ApiRule.RESPONSE_MEDIA_TYPE_ADDED;
        diff.add(side, rule, operation, part, Optional.of(old.get("content").orElse(old)), Optional.of(is), operation + ": " + part + " may be " + range + " too", Optional.empty());
      } else if (direction == Direction.RESPONSE && !cover.get().equals(range)) {
        schemas(range, olds.get(cover.get()), is);
      }
    });
  }

  private void removed(String range, Node.Obj was, Node.Obj old, Node.Obj now, Set<String> others) {
    boolean request = direction == Direction.REQUEST;
    String words = request ? " may no longer be " + range + "; consumers that send it get 415" : " is no longer to be had as " + range + "; consumers that accept only this get 406 or something else";
    String shown = request ? subject + " as " + range : "the request " + operation + " with Accept: " + range;
    diff.add(side, request ? ApiRule.REQUEST_MEDIA_TYPE_REMOVED : ApiRule.RESPONSE_MEDIA_TYPE_REMOVED, operation, part, Optional.of(was), Optional.of(now.get("content").orElse(now)),
        operation + ": " + part + words, Optional.of(new Witness(shown, "")));
  }

  private void schemas(String range, Node.Obj was, Node.Obj is) {
    boolean form = range.equals("application/x-www-form-urlencoded") || range.startsWith("multipart/");
    diff.root(was.get("schema"), is.get("schema"), direction, side, operation, part + " (" + range + ")", subject + " (" + range + ")", form);
    if (form) {
      encoding(range, was, is);
    }
    List<Draft> said = new ArrayList<>();
    Documents.said(was, is, Set.of("example", "examples"), operation, part + " (" + range + ")", said);
    said.forEach(diff::draft);
  }

  private void encoding(String range, Node.Obj was, Node.Obj is) {
    Map<String, Node> olds = was.object("encoding").map(Node.Obj::members).orElse(Map.of());
    Map<String, Node> news = is.object("encoding").map(Node.Obj::members).orElse(Map.of());
    olds.forEach((name, old) -> {
      Node now = news.get(name);
      if (now != null && !Canonical.of(old.plain()).equals(Canonical.of(now.plain()))) {
        diff.add(side, ApiRule.REQUEST_ENCODING_CHANGED, operation, part, Optional.of(old), Optional.of(now),
            operation + ": \"" + name + "\" in " + part + " (" + range + ") is written in another way (encoding)", Optional.empty());
      }
    });
  }

  private static Map<String, Node.Obj> types(Node.Obj owner) {
    Map<String, Node.Obj> types = new LinkedHashMap<>();
    owner.object("content").ifPresent(content -> content.members().forEach((range, node) -> {
      if (node instanceof Node.Obj object) {
        types.putIfAbsent(MediaType.essence(range), object);
      }
    }));
    return types;
  }

  /// The narrowest of the ranges that has everything that this one has.
  private static Optional<String> cover(String range, Set<String> ranges) {
    String family = range.substring(0, Math.max(0, range.indexOf('/'))) + "/*";
    return List.of(range, family, "*/*").stream().filter(ranges::contains).findFirst();
  }
}
