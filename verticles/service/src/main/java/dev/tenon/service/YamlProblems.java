package dev.tenon.service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/// Everything that is wrong with one file, to be said at once.
final class YamlProblems {

  private record At(int line, String what) {}

  private final String file;
  private final List<At> problems = new ArrayList<>();
  private final List<YamlSection> sections = new ArrayList<>();

  YamlProblems(String file) {
    this.file = file;
  }

  void add(Node where, String what) {
    add(line(where), what);
  }

  void add(int line, String what) {
    problems.add(new At(line, what));
  }

  void watch(YamlSection section) {
    sections.add(section);
  }

  /// Reports unknown keys too.
  ///
  /// @throws ServiceException with a line for each problem
  void finish() {
    sections.forEach(YamlSection::reportUnread);
    sections.clear();
    stopIfAny();
  }

  /// @throws ServiceException with a line for each problem so far
  void stopIfAny() {
    if (!problems.isEmpty()) {
      problems.sort(Comparator.comparingInt(At::line));
      throw new ServiceException(String.join("\n", problems.stream().map(at -> file + ":" + at.line() + " – " + at.what()).toList()));
    }
  }

  static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
