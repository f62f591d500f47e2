package dev.tenon.worker;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/// A method call, or its result, between two isolates: what `rpc-values.js` wrote. Values that are not text stand in `bytes`, which the JSON refers to.
record RpcMessage(String json, Buffer bytes) {

  /// What a message may have.
  static final int BYTES_MAX = 32 * 1024 * 1024;

  /// The length of the JSON, the JSON, the bytes.
  Buffer toBuffer() {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    return Buffer.buffer(Integer.BYTES + text.length + bytes.length()).appendInt(text.length).appendBytes(text).appendBuffer(bytes);
  }

  /// @throws IllegalArgumentException for what is no message
  static RpcMessage of(Buffer buffer) {
    int length = buffer.length() < Integer.BYTES ? -1 : buffer.getInt(0);
    if (length < 0 || length > buffer.length() - Integer.BYTES) {
      throw new IllegalArgumentException("a method call's message is not whole");
    }
    int end = Integer.BYTES + length;
    return new RpcMessage(buffer.getString(Integer.BYTES, end), buffer.getBuffer(end, buffer.length()));
  }
}
