package dev.tenon.node;

import dev.tenon.worker.SourceExcerpt;
import dev.tenon.worker.UncaughtException;
import dev.tenon.worker.WorkerStartException;
import dev.tenon.worker.config.Problem;
import dev.tenon.worker.config.WorkerConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What went wrong with a worker that is being developed, as its developer wants to see it.
///
/// @param title what it means, in a few words
/// @param faults at least one
public record Trouble(String title, List<Fault> faults) {

  /// One thing that is wrong.
  ///
  /// @param remedy what to do; empty when the message says it already
  /// @param excerpt the source around its place, where it has one
  /// @param frames the lines of its stack, from the innermost; none for what is not thrown
  public record Fault(String message, String remedy, Optional<SourceExcerpt> excerpt, Optional<Problem.Place> at, List<String> frames) {

    public Fault {
      frames = List.copyOf(frames);
    }

    /// `file:line:column`; empty when it has no place.
    public String place() {
      return excerpt.map(SourceExcerpt::place).or(() -> at.map(Problem.Place::toString)).orElse("");
    }

    /// Place, message, remedy, source and stack.
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder(place());
      text.append(text.isEmpty() ? "" : ": ").append(message);
      text.append(remedy.isEmpty() ? "" : " – " + remedy);
      excerpt.ifPresent(source -> text.append('\n').append(source.frame()));
      frames.forEach(frame -> text.append('\n').append(frame));
      return text.toString();
    }
  }

  public Trouble {
    faults = List.copyOf(faults);
  }

  /// The worker cannot be loaded.
  ///
  /// @param root what files of problems are relative to
  static Trouble of(WorkerConfigException exception, Path root) {
    return new Trouble("The worker cannot be built", exception.problems().stream()
        .map(problem -> new Fault(problem.message(), problem.remedy(), problem.at().flatMap(at -> excerpt(at, root)), problem.at(), List.of()))
        .toList());
  }

  /// The worker does not start.
  static Trouble of(WorkerStartException exception) {
    return new Trouble("The worker does not start", List.of(new Fault(exception.getMessage(), "", exception.excerpt(), Optional.empty(), frames(exception.detail()))));
  }

  /// A request ended with an exception.
  static Trouble of(UncaughtException exception) {
    return new Trouble("The worker threw an exception", List.of(new Fault(exception.getMessage(), "", exception.excerpt(), Optional.empty(), frames(exception.stack()))));
  }

  /// Anything else.
  static Trouble of(String title, String message) {
    return new Trouble(title, List.of(new Fault(message, "", Optional.empty(), Optional.empty(), List.of())));
  }

  /// All faults as text.
  @Override
  public String toString() {
    return faults.stream().map(Fault::toString).collect(Collectors.joining("\n\n"));
  }

  private static List<String> frames(String stack) {
    return stack.lines().filter(line -> line.startsWith("    at ")).toList();
  }

  private static Optional<SourceExcerpt> excerpt(Problem.Place at, Path root) {
    if (at.line() == 0) {
      return Optional.empty();
    }
    try {
      Path file = root.resolve(at.file());
      if (Files.isRegularFile(file)) {
        return Optional.of(SourceExcerpt.of(at.file(), at.line(), Math.max(1, at.column()), Files.readString(file)));
      }
    } catch (IOException | InvalidPathException unreadable) {
      // The line itself is known.
    }
    return at.text().isEmpty() ? Optional.empty() : Optional.of(new SourceExcerpt(at.file(), at.line(), Math.max(1, at.column()), at.line(), List.of(at.text())));
  }
}
