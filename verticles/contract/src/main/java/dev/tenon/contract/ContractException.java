package dev.tenon.contract;

import java.util.List;
import java.util.stream.Collectors;

/// A contract that cannot be used, with everything that was found wrong with it. The message has one line for each problem.
public final class ContractException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<ContractProblem> problems;

  public ContractException(List<ContractProblem> problems) {
    super(problems.stream().map(ContractProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<ContractProblem> problems() {
    return problems;
  }
}
