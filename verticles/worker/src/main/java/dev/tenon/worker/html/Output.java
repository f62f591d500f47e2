package dev.tenon.worker.html;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Bytes that are on their way out.
final class Output {

  private byte[] bytes = new byte[1024];
  private int length;

  void append(byte[] from, int start, int end) {
    int more = end - start;
    if (more > 0) {
      room(more);
      System.arraycopy(from, start, bytes, length, more);
      length += more;
    }
  }

  void append(byte[] from) {
    append(from, 0, from.length);
  }

  void append(char ascii) {
    room(1);
    bytes[length++] = (byte) ascii;
  }

  void append(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      append(ascii.charAt(i));
    }
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }

  int length() {
    return length;
  }

  /// What there is; nobody else has it, and it starts anew.
  ByteBuffer take() {
    ByteBuffer taken = ByteBuffer.wrap(bytes, 0, length).slice();
    bytes = new byte[1024];
    length = 0;
    return taken;
  }

  /// Text as HTML writes it.
  static String escape(String text) {
    StringBuilder escaped = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      String reference = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : null;
      if (reference != null && escaped == null) {
        escaped = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (escaped != null) {
        if (reference == null) {
          escaped.append(c);
        } else {
          escaped.append(reference);
        }
      }
    }
    return escaped == null ? text : escaped.toString();
  }
}
