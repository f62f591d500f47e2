package dev.tenon.contract.compare;

import dev.tenon.contract.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Knows which parts of two documents are written alike, with everything they refer to. Most of a next version is, and need not be understood to be the same.
final class Unchanged {

  private final Node.Obj before;
  private final Node.Obj after;
  private final boolean comparable;
  /// Reference → whether what it leads to is alike by itself.
  private final Map<String, Boolean> alike = new HashMap<>();
  /// Reference → the references in what it leads to.
  private final Map<String, List<String>> inside = new HashMap<>();
  /// Reference → whether everything that can be reached from it is alike.
  private final Map<String, Boolean> closed = new HashMap<>();

  /// @param comparable whether the same words mean the same in both documents
  Unchanged(Node.Obj before, Node.Obj after, boolean comparable) {
    this.before = before;
    this.after = after;
    this.comparable = comparable;
  }

  boolean is(Node old, Node now) {
    if (!comparable) {
      return false;
    }
    List<String> references = new ArrayList<>();
    if (!alike(old, now, references)) {
      return false;
    }
    for (String reference : references) {
      Boolean known = closed.get(reference);
      if (known == null) {
        known = leadsToTheSame(reference);
        closed.put(reference, known);
      }
      if (!known) {
        return false;
      }
    }
    return true;
  }

  /// Whether everything that can be reached from a reference is alike.
  private boolean leadsToTheSame(String reference) {
    Set<String> met = new HashSet<>(Set.of(reference));
    Deque<String> left = new ArrayDeque<>(met);
    while (!left.isEmpty()) {
      String next = left.pop();
      Boolean known = closed.get(next);
      if (known != null && !known) {
        return false;
      }
      if (known == null) {
        List<String> more = new ArrayList<>();
        if (!alike(next, more)) {
          return false;
        }
        more.stream().filter(met::add).forEach(left::push);
      }
    }
    return true;
  }

  private boolean alike(String reference, List<String> references) {
    Boolean known = alike.get(reference);
    if (known == null) {
      List<String> own = new ArrayList<>();
      known = reference.startsWith("#/") && before.find(reference.substring(1)).flatMap(old -> after.find(reference.substring(1)).map(now -> alike(old, now, own))).orElse(false);
      alike.put(reference, known);
      inside.put(reference, own);
    }
    references.addAll(inside.get(reference));
    return known;
  }

  private static boolean alike(Node old, Node now, List<String> references) {
    return switch (old) {
      case Node.Obj one -> now instanceof Node.Obj other && members(one, other, references);
      case Node.Arr one -> now instanceof Node.Arr other && items(one.items(), other.items(), references);
      case Node.Text one -> now instanceof Node.Text other && one.value().equals(other.value());
      case Node.Num one -> now instanceof Node.Num other && one.value().equals(other.value());
      case Node.Bool one -> now instanceof Node.Bool other && one.value() == other.value();
      case Node.Null one -> now instanceof Node.Null;
    };
  }

  private static boolean members(Node.Obj one, Node.Obj other, List<String> references) {
    if (one.members().size() != other.members().size()) {
      return false;
    }
    for (Map.Entry<String, Node> member : one.members().entrySet()) {
      Node now = other.members().get(member.getKey());
      if (now == null || !alike(member.getValue(), now, references)) {
        return false;
      }
      // `$id`s and anchors give references another meaning, which is not followed here.
      if (member.getKey().startsWith("$") && !member.getKey().equals("$defs") && !member.getKey().equals("$comment")) {
        references.add(member.getKey().equals("$ref") && member.getValue() instanceof Node.Text text ? text.value() : "");
      }
    }
    return true;
  }

  private static boolean items(List<Node> one, List<Node> other, List<String> references) {
    if (one.size() != other.size()) {
      return false;
    }
    Iterator<Node> others = other.iterator();
    for (Node item : one) {
      if (!alike(item, others.next(), references)) {
        return false;
      }
    }
    return true;
  }
}
