package dev.tenon.worker.html;

import java.util.ArrayDeque;
import java.util.Deque;

/// What handlers want to stand before, instead of and after a lexeme.
final class Mutations {

  /// @param bytes null for a stream, which is known by its number
  record Piece(byte[] bytes, int stream) {}

  final Deque<Piece> before = new ArrayDeque<>();
  final Deque<Piece> replacement = new ArrayDeque<>();
  final Deque<Piece> after = new ArrayDeque<>();
  boolean removed;

  void replace(Piece piece) {
    removed = true;
    replacement.clear();
    replacement.add(piece);
  }
}
