package dev.tenon.contract.coupling;

import java.nio.file.Path;

/// A component of the repository.
///
/// @param name as its manifest says, else its wrangler configuration, else its folder
/// @param folder absolute, without symbolic links
public record Component(String name, Kind kind, Path folder) {

  public enum Kind {
    SERVICE, WORKER;

    /// As people read it.
    public String word() {
      return this == SERVICE ? "service" : "worker";
    }
  }
}
