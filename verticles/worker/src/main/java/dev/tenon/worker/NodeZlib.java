package dev.tenon.worker;

import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// One stream of `node:zlib`, in either direction. A failure throws with zlib's name of it, a space, and what it says: `Z_DATA_ERROR incorrect header check`.
public abstract class NodeZlib {

  static final int NO_FLUSH = 0;
  static final int FULL_FLUSH = 3;
  static final int FINISH = 4;

  /// Takes bytes and gives what is ready.
  ///
  /// @param flush zlib's number; the last write has [#FINISH]
  @HostAccess.Export
  public Object write(Value data, int flush) throws ZlibException {
    return JsBytes.outgoing(process(JsBytes.read(data), flush));
  }

  abstract byte[] process(byte[] bytes, int flush) throws ZlibException;

  /// Other settings from the next write on; only a compressor by Deflate has any.
  @HostAccess.Export
  public void params(int level, int strategy) {
    change(level, strategy);
  }

  void change(int level, int strategy) {}

  /// Starts again.
  @HostAccess.Export
  public void reset() {
    begin();
  }

  abstract void begin();

  /// Frees native memory; may be called twice.
  @HostAccess.Export
  public void close() {
    end();
  }

  abstract void end();

  /// What is wrong with a stream.
  static final class ZlibException extends Exception {
    private static final long serialVersionUID = 1L;

    ZlibException(String code, String message) {
      super(code + " " + message);
    }
  }
}
