package dev.tenon.control;

import java.util.List;

/// What every part said, in the order they registered.
public record HealthReport(List<Part> parts) {

  /// @param detail what the part says about itself, or what is wrong with it
  public record Part(String name, Status status, String detail, long millis) {}

  public enum Status { UP, DOWN }

  public HealthReport {
    parts = List.copyOf(parts);
  }

  /// Up when every part is.
  public Status status() {
    return parts.stream().allMatch(part -> part.status() == Status.UP) ? Status.UP : Status.DOWN;
  }
}
