package dev.tenon.contract.compare;

import dev.tenon.contract.Node;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Compares what two schemas say beside which values they take.
final class NoteDiff {

  private final SchemaPair pair;
  private final Containment containment;
  private final Notes before;
  private final Notes after;

  private NoteDiff(SchemaPair pair, Containment containment) {
    this.pair = pair;
    this.containment = containment;
    this.before = pair.before().notes();
    this.after = pair.after().notes();
  }

  static void compare(SchemaPair pair, Containment containment) {
    if (pair.before().notes() != Notes.NONE || pair.after().notes() != Notes.NONE) {
      new NoteDiff(pair, containment).compare();
    }
  }

  private void compare() {
    Set<String> keywords = new TreeSet<>(before.keywords());
    keywords.addAll(after.keywords());
    for (String keyword : keywords) {
      if (!before.of(keyword).equals(after.of(keyword))) {
        changed(keyword);
      }
    }
  }

  private void changed(String keyword) {
    boolean added = !before.has(keyword);
    boolean removed = !after.has(keyword);
    switch (keyword) {
      case "default" -> add(added ? NoteRule.DEFAULT_ADDED : removed ? NoteRule.DEFAULT_REMOVED : NoteRule.DEFAULT_CHANGED, keyword,
          added ? "what is left out now means " + value(after, keyword)
              : removed ? "what is left out no longer means " + value(before, keyword)
              : "what is left out means " + value(after, keyword) + " instead of " + value(before, keyword));
      case "deprecated" -> toggled(keyword, NoteRule.DEPRECATED, NoteRule.REACTIVATED, "it is deprecated", "it is no longer deprecated");
      case "readOnly" -> toggled(keyword, NoteRule.BECAME_READ_ONLY, NoteRule.BECAME_NOT_READ_ONLY, "it is only for responses (readOnly)", "it is no longer only for responses (readOnly)");
      case "writeOnly" -> toggled(keyword, NoteRule.BECAME_WRITE_ONLY, NoteRule.BECAME_NOT_WRITE_ONLY, "it is only for requests (writeOnly)", "it is no longer only for requests (writeOnly)");
      case "discriminator" -> discriminator(added, removed);
      case "format" -> add(NoteRule.FORMAT_HINT_CHANGED, keyword, words("the format (which is not checked)", keyword, added, removed));
      case "contentEncoding" -> add(NoteRule.CONTENT_ENCODING_CHANGED, keyword, words("the contentEncoding", keyword, added, removed));
      case "contentMediaType" -> add(NoteRule.CONTENT_MEDIA_TYPE_CHANGED, keyword, words("the contentMediaType", keyword, added, removed));
      case "contentSchema" -> contentSchema(added || removed);
      case "x-extensible-enum" -> extensible();
      case "x-sunset" -> { }
      default -> add(keyword.startsWith("x-") ? ApiRule.EXTENSION_CHANGED.rule() : ApiRule.DOCUMENTATION_CHANGED.rule(), keyword,
          "\"" + keyword + "\" is " + (added ? "there now" : removed ? "gone" : "another"));
    }
  }

  /// By the property and the values that it knows; the schemas they stand for are compared as schemas, never by name.
  private void discriminator(boolean added, boolean removed) {
    if (added || removed) {
      add(added ? NoteRule.DISCRIMINATOR_ADDED : NoteRule.DISCRIMINATOR_REMOVED, "discriminator",
          added ? "it is said which property tells the alternatives apart" : "it is no longer said which property tells the alternatives apart");
      return;
    }
    Node.Obj old = (Node.Obj) before.place("discriminator").filter(Node.Obj.class::isInstance).orElse(new Node.Obj(Map.of(), pair.before().at(pair.after()).at()));
    Node.Obj now = (Node.Obj) after.place("discriminator").filter(Node.Obj.class::isInstance).orElse(new Node.Obj(Map.of(), pair.after().at(pair.before()).at()));
    if (!old.text("propertyName").equals(now.text("propertyName"))) {
      add(NoteRule.DISCRIMINATOR_CHANGED, "discriminator", "the alternatives are told apart by " + now.text("propertyName").orElse("nothing") + " instead of "
          + old.text("propertyName").orElse("nothing"));
      return;
    }
    Map<String, Node> oldMapping = old.object("mapping").map(Node.Obj::members).orElse(Map.of());
    Map<String, Node> newMapping = now.object("mapping").map(Node.Obj::members).orElse(Map.of());
    if (!oldMapping.keySet().equals(newMapping.keySet())) {
      add(NoteRule.DISCRIMINATOR_CHANGED, "discriminator", "the alternatives are told apart by other values: " + PartDiff.list(new TreeSet<>(newMapping.keySet())) + " instead of "
          + PartDiff.list(new TreeSet<>(oldMapping.keySet())));
    }
  }

  private void contentSchema(boolean alone) {
    if (alone || !sameSchema(before.place("contentSchema").orElseThrow(), after.place("contentSchema").orElseThrow())) {
      add(NoteRule.CONTENT_SCHEMA_CHANGED, "contentSchema", "what is written in the text has another schema");
    }
  }

  private boolean sameSchema(Node old, Node now) {
    Shape one = pair.before().of(old);
    Shape other = pair.after().of(now);
    return containment.proves(one, other, false) && containment.proves(other, one, false);
  }

  private void toggled(String keyword, NoteRule on, NoteRule off, String onWords, String offWords) {
    if (before.isTrue(keyword) != after.isTrue(keyword)) {
      add(after.isTrue(keyword) ? on : off, keyword, after.isTrue(keyword) ? onWords : offWords);
    }
  }

  private String words(String what, String keyword, boolean added, boolean removed) {
    return what + (added ? " is " + value(after, keyword) + " now" : removed ? " is no longer " + value(before, keyword)
        : " is " + value(after, keyword) + " instead of " + value(before, keyword));
  }

  private static String value(Notes notes, String keyword) {
    return notes.place(keyword).map(node -> PartDiff.shortened(Canonical.json(node.plain()))).orElse("nothing");
  }

  private void extensible() {
    Set<Object> old = listed(before);
    Set<Object> now = listed(after);
    Set<Object> gone = new HashSet<>(old);
    gone.removeAll(now);
    Set<Object> fresh = new HashSet<>(now);
    fresh.removeAll(old);
    if (!gone.isEmpty()) {
      add(NoteRule.EXTENSIBLE_ENUM_VALUE_REMOVED, "x-extensible-enum", "the open list no longer has " + PartDiff.list(gone));
    }
    if (!fresh.isEmpty()) {
      add(NoteRule.EXTENSIBLE_ENUM_VALUE_ADDED, "x-extensible-enum", "the open list has " + PartDiff.list(fresh) + " too");
    }
  }

  private static Set<Object> listed(Notes notes) {
    return notes.place("x-extensible-enum").filter(Node.Arr.class::isInstance)
        .map(node -> (Set<Object>) new HashSet<Object>(((Node.Arr) node).items().stream().map(item -> Canonical.of(item.plain())).toList())).orElse(Set.of());
  }

  private void add(NoteRule rule, String keyword, String what) {
    add(rule.rule(pair.direction()), keyword, what);
  }

  private void add(Rule rule, String keyword, String what) {
    Node old = before.place(keyword).orElse(pair.before().at(pair.after()));
    Node now = after.place(keyword).orElse(pair.after().at(pair.before()));
    pair.changes().add(new Change(rule, false, Optional.of(rule.severity()), what, old, now, _ -> false));
  }
}
