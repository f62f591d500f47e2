package dev.tenon.bus;

/// Another node, as far as the bus knows it.
final class Peer {

  final long id;
  private volatile boolean lost;
  private volatile boolean suspect;

  Peer(long id) {
    this.id = id;
  }

  boolean lost() {
    return lost;
  }

  boolean suspect() {
    return suspect;
  }
}
