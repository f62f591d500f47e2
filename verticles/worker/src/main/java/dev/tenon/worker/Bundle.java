package dev.tenon.worker;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/// A worker's code as modules.
///
/// @param main the name of the module to start with
/// @param inputs every file that was read for it
record Bundle(WorkerDefinition.Format format, String main, List<ModuleSource> modules, Collection<Path> inputs) {

  Bundle {
    modules = List.copyOf(modules);
    inputs = List.copyOf(inputs);
  }
}
