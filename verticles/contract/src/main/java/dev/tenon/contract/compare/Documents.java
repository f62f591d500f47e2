package dev.tenon.contract.compare;

import dev.tenon.contract.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Compares what objects that are not schemas say to readers, and their extensions.
final class Documents {

  /// Extensions that have rules of their own.
  private static final Set<String> KNOWN = Set.of("x-sunset", "x-tenon-idempotent", "x-tenon-body-bytes-max", "x-extensible-enum");

  private Documents() {}

  static List<Draft> compare(Node.Obj old, Node.Obj now) {
    List<Draft> drafts = new ArrayList<>();
    said(old, now, Set.of("externalDocs", "tags"), "", "the document", drafts);
    Node.Obj oldInfo = old.object("info").orElse(old);
    Node.Obj newInfo = now.object("info").orElse(now);
    if (oldInfo != old && newInfo != now) {
      said(oldInfo, newInfo, Set.of("title", "summary", "description", "termsOfService", "contact", "license"), "", "the info", drafts);
    }
    return drafts;
  }

  /// @param members those for readers
  static void said(Node.Obj old, Node.Obj now, Set<String> members, String operation, String part, List<Draft> drafts) {
    Set<String> names = new LinkedHashSet<>(old.members().keySet());
    names.addAll(now.members().keySet());
    for (String name : names) {
      boolean extension = name.startsWith("x-") && !KNOWN.contains(name);
      if ((extension || members.contains(name)) && !same(old.get(name), now.get(name))) {
        ApiRule rule = extension ? ApiRule.EXTENSION_CHANGED : ApiRule.DOCUMENTATION_CHANGED;
        String state = !old.has(name) ? "there now" : !now.has(name) ? "gone" : "another";
        String where = operation.isEmpty() ? part : part.isEmpty() ? operation : operation + ": " + part;
        drafts.add(new Draft(rule.rule(), rule.rule().severity(), rule.rule().side(), Optional.of(old.get(name).orElse(old)), Optional.of(now.get(name).orElse(now)),
            where + ": \"" + name + "\" is " + state, rule.rule().bump(), List.of(new Effect(operation, part)), Optional.empty()));
      }
    }
  }

  private static boolean same(Optional<Node> one, Optional<Node> other) {
    return one.map(Node::plain).map(Canonical::of).equals(other.map(Node::plain).map(Canonical::of));
  }
}
