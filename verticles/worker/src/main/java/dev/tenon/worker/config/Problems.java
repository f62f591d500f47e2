package dev.tenon.worker.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gathers what is wrong with a worker, so that all of it is reported together.
public final class Problems {

  private final List<Problem> errors = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();
  private final Map<String, Problem.Place> places = new HashMap<>();

  public void error(Problem problem) {
    errors.add(problem);
  }

  public void warning(Problem problem) {
    warnings.add(problem);
  }

  /// Remembers where a key of the configuration stands, for what is found out about its value later.
  void place(String key, Problem.Place at) {
    places.put(key, at);
  }

  /// Where a key stands; empty when there is no configuration that has it.
  public Optional<Problem.Place> placeOf(String key) {
    return Optional.ofNullable(places.get(key));
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
