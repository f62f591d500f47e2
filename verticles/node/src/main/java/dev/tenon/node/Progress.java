package dev.tenon.node;

/// Hears what a node is doing while it starts and stops. Called from any thread.
public interface Progress {

  /// A part is ready.
  ///
  /// @param detail what it says about itself, e.g. its address
  void ready(String part, String detail);

  /// Something its user should know that does not keep the node from running.
  void notice(String sentence);

  /// Says nothing.
  Progress SILENT = new Progress() {
    @Override
    public void ready(String part, String detail) {}

    @Override
    public void notice(String sentence) {}
  };
}
