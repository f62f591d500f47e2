package dev.tenon.worker;

import dev.tenon.worker.config.Problem;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What [WorkerLoader] found.
///
/// @param warnings things to tell the user that do not stop the worker, e.g. an unknown configuration key
/// @param inputs every file that went into the definition: configuration, `.dev.vars`, sources, packages. Whoever reloads watches these
public record LoadedWorker(WorkerDefinition definition, List<Problem> warnings, Set<Path> inputs) {

  public LoadedWorker(WorkerDefinition definition, Collection<Problem> warnings, Collection<Path> inputs) {
    this(definition, List.copyOf(warnings), Collections.unmodifiableSet(new TreeSet<>(inputs)));
  }
}
