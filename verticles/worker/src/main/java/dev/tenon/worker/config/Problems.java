package dev.tenon.worker.config;

import java.util.ArrayList;
import java.util.List;

/// Gathers what is wrong with a worker, so that all of it is reported together.
public final class Problems {

  private final List<Problem> errors = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  public void error(Problem problem) {
    errors.add(problem);
  }

  public void warning(Problem problem) {
    warnings.add(problem);
  }

  /// Takes over what an exception carries.
  public void errors(WorkerConfigException exception) {
    errors.addAll(exception.problems());
  }

  public List<Problem> warnings() {
    return List.copyOf(warnings);
  }

  public boolean hasErrors() {
    return !errors.isEmpty();
  }

  /// Ends here if there was an error.
  ///
  /// @throws WorkerConfigException with all of them
  public void throwIfErrors() {
    if (!errors.isEmpty()) {
      throw new WorkerConfigException(errors);
    }
  }
}
