package dev.tenon.bus;

/// An exchange that has begun and not ended. Lives on one [Lane] and is touched on that lane's event loop only.
abstract class OpenExchange extends DeadlineWheel.Entry {

  final Lane lane;
  OpenExchange previous;
  OpenExchange next;
  private boolean over;
  private long movedAt = System.nanoTime();

  OpenExchange(Lane lane) {
    this.lane = lane;
  }

  /// Ends it for this side with a failure. Does nothing when it is over already.
  abstract void fail(Failure why);

  /// Whether it is served by, or made with, `other`: an [Instance] or a peer.
  abstract boolean isWith(Object other);

  final void open(Deadline deadline) {
    lane.opened(this);
    lane.wheel.add(this, deadline.nanoTime());
  }

  /// Ends it: true the first time.
  final boolean close() {
    if (over) {
      return false;
    }
    over = true;
    lane.wheel.remove(this);
    lane.ended(this);
    return true;
  }

  final boolean over() {
    return over;
  }

  /// Something of it moved: a byte, a credit, a head.
  final void moved() {
    movedAt = System.nanoTime();
  }

  final long movedAt() {
    return movedAt;
  }
}
