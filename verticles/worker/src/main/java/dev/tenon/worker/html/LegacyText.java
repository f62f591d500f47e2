package dev.tenon.worker.html;

/// A decoder of an encoding that is not UTF-8, with the state of a stream.
@FunctionalInterface
public interface LegacyText {

  /// @param more whether further bytes follow; otherwise what is incomplete becomes U+FFFD, and the decoder starts anew
  String decode(byte[] bytes, boolean more);
}
