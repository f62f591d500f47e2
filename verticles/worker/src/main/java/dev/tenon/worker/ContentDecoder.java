package dev.tenon.worker;

import java.io.IOException;

/// Undoes one content coding, a step at a time: what a small input grows to is made only as fast as it is asked for. Errors have the texts of workerd.
///
/// Used on one thread. [#close] frees native memory, and may be called twice.
interface ContentDecoder extends AutoCloseable {

  /// How many bytes one [#next] gives at most.
  int STEP_BYTES_MAX = 64 * 1024;

  /// @param coding `gzip` or `br`
  /// @throws IOException if this machine cannot decode it
  static ContentDecoder of(String coding) throws IOException {
    return coding.equals("br") ? new BrotliDecoder() : new GzipDecoder();
  }

  /// Takes further input. Called when [#next] has given null.
  void write(byte[] bytes) throws IOException;

  /// The next decoded bytes, null when further input is needed.
  byte[] next() throws IOException;

  /// Called at the end of the input.
  ///
  /// @throws IOException if something is missing
  void finish() throws IOException;

  @Override
  void close();
}
