package dev.tenon.worker;

/// Tells a worker whose slices are long from one that is cold, or on a busy machine: its short slices do not make up for the long ones.
///
/// Used on the isolate's thread only.
final class SliceWeights {

  /// So many short slices make up for a long one.
  private static final int LONG_SLICE_WEIGHT = 8;

  /// A slice that is so many times as long as a long one, or longer, counts for so many.
  private static final double VERY_LONG = 5;

  /// Twelve long slices more than are made up for: the worker's slices are long.
  private static final int LONGNESS_MAX = 12 * LONG_SLICE_WEIGHT;

  private final long longNanos;
  private int longness;

  /// @param longNanos processor time from which a slice is long
  SliceWeights(long longNanos) {
    this.longNanos = longNanos;
  }

  /// A slice has ended.
  ///
  /// @return whether with it the worker's slices have proved to be long
  boolean areLongWith(long usedNanos) {
    if (usedNanos <= longNanos) {
      if (longness > 0) {
        longness--;
      }
      return false;
    }
    longness += (int) (LONG_SLICE_WEIGHT * Math.min(VERY_LONG, (double) usedNanos / longNanos));
    if (longness < LONGNESS_MAX) {
      return false;
    }
    longness = 0;
    return true;
  }
}
