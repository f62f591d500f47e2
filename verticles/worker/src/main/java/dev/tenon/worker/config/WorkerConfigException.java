package dev.tenon.worker.config;

import java.util.List;
import java.util.stream.Collectors;

/// A worker cannot be loaded, because of what is in its configuration or its code. All problems that were found are reported together.
public final class WorkerConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public WorkerConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public WorkerConfigException(Problem problem) {
    this(List.of(problem));
  }

  /// What is wrong, at least one.
  public List<Problem> problems() {
    return problems;
  }
}
