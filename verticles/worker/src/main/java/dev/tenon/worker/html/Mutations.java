package dev.tenon.worker.html;

import java.util.ArrayDeque;
import java.util.Deque;

/// What handlers want to stand before, instead of and after a lexeme.
final class Mutations {

  /// @param bytes null for a stream, which is known by its number
  record Piece(byte[] bytes, int stream) {}

  final Deque<Piece> before = new ArrayDeque<>(1);
  final Deque<Piece> replacement = new ArrayDeque<>(1);
  final Deque<Piece> after = new ArrayDeque<>(1);
  boolean removed;

  void replace(Piece piece) {
    removed = true;
    replacement.clear();
    replacement.add(piece);
  }
}
