package dev.tenon.system;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where we answer otherwise than workerd and mean to, with the reason.
///
/// The file begins with reasons: `[name] text`, each on a line of its own. Then a case's name stands at the margin; indented below it are `why [name]`, and what
/// differs: lines of workerd's answer behind `- `, lines of ours behind `+ `.
final class KeptDifferences {

  /// What a case has instead of a reason where its difference is new.
  private static final String NO_REASON = "[?]";

  private final List<String> head = new ArrayList<>();
  private final Map<String, Entry> byCase = new LinkedHashMap<>();

  private record Entry(String why, List<String> lines) {}

  /// @throws IllegalArgumentException for a case without a reason
  static KeptDifferences read(String text) {
    KeptDifferences kept = new KeptDifferences();
    String name = "";
    for (String line : text.split("\n")) {
      if (line.isBlank() || line.startsWith("#") || line.startsWith("[")) {
        kept.head.add(line);
      } else if (!line.startsWith(" ")) {
        name = line;
      } else if (line.startsWith("  why ")) {
        kept.byCase.put(name, new Entry(kept.known(name, line.substring(6)), new ArrayList<>()));
      } else if (kept.byCase.containsKey(name)) {
        kept.byCase.get(name).lines().add(line.substring(2));
      } else {
        throw new IllegalArgumentException("kept differences: \"" + name + "\" has no reason – add an indented line \"why [name]\" below it");
      }
    }
    return kept;
  }

  private String known(String name, String why) {
    if (why.equals(NO_REASON) || head.stream().noneMatch(line -> line.startsWith(why + " "))) {
      throw new IllegalArgumentException("kept differences: \"" + name + "\" has the reason " + why + ", which the file does not explain – add a line \"" + why + " …\" at its top");
    }
    return why;
  }

  /// The difference that is listed for a case; empty when none is.
  List<String> of(WorkerCase one) {
    return byCase.containsKey(one.name()) ? byCase.get(one.name()).lines() : List.of();
  }

  /// Cases that are listed and do not exist.
  List<String> unknown(List<WorkerCase> cases) {
    List<String> names = new ArrayList<>(byCase.keySet());
    cases.forEach(one -> names.remove(one.name()));
    return names;
  }

  /// The file as it would be with these differences; new ones lack a reason.
  String with(Map<String, List<String>> differences) {
    StringBuilder text = new StringBuilder(String.join("\n", head).stripTrailing()).append("\n\n");
    differences.forEach((name, lines) -> {
      String why = byCase.containsKey(name) ? byCase.get(name).why() : NO_REASON;
      text.append(name).append("\n  why ").append(why).append('\n');
      lines.forEach(line -> text.append("  ").append(line).append('\n'));
    });
    return text.toString();
  }

  /// What differs between two answers, line by line: `- ` before what only `theirs` has, `+ ` before what only `ours` has, in their order.
  static List<String> between(List<String> theirs, List<String> ours) {
    int[][] common = new int[theirs.size() + 1][ours.size() + 1];
    for (int i = theirs.size() - 1; i >= 0; i--) {
      for (int k = ours.size() - 1; k >= 0; k--) {
        common[i][k] = theirs.get(i).equals(ours.get(k)) ? common[i + 1][k + 1] + 1 : Math.max(common[i + 1][k], common[i][k + 1]);
      }
    }
    List<String> lines = new ArrayList<>();
    int i = 0;
    int k = 0;
    while (i < theirs.size() || k < ours.size()) {
      if (i < theirs.size() && k < ours.size() && theirs.get(i).equals(ours.get(k))) {
        i++;
        k++;
      } else if (i < theirs.size() && (k == ours.size() || common[i + 1][k] >= common[i][k + 1])) {
        lines.add("- " + theirs.get(i++));
      } else {
        lines.add("+ " + ours.get(k++));
      }
    }
    return lines;
  }
}
