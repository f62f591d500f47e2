package dev.tenon.bus;

import java.time.Duration;

/// How the bus of one Vert.x behaves; every bound of it by name.
///
/// @param inFlightMax exchanges one instance takes at a time; the next one is [Failure.Code#OVERLOADED]
/// @param openMax exchanges with other nodes that one event loop has open at a time, as caller
/// @param windowBytes how much of a body may be under way to a reader that has not consumed it
/// @param beat how often nodes tell each other that they live
/// @param suspectAfter a node silent for this long gets no new exchanges while others can take them
/// @param lostAfter a node silent for this long is gone: its exchanges end with [Failure.Code#CONNECTION_LOST]
/// @param checkAfter an exchange between nodes that has been quiet for this long is asked after at the other side
/// @param bodyIdleMax a body that moved no byte for this long is given up
/// @param announceWait how long [ExchangeBus#serve] waits at most for the other nodes to know the instance
public record BusOptions(
    int inFlightMax,
    int openMax,
    int windowBytes,
    Duration beat,
    Duration suspectAfter,
    Duration lostAfter,
    Duration checkAfter,
    Duration bodyIdleMax,
    Duration announceWait) {

  public static final BusOptions DEFAULT = new BusOptions(
      10_000,
      50_000,
      256 * 1024,
      Duration.ofMillis(500),
      Duration.ofMillis(1_500),
      Duration.ofSeconds(5),
      Duration.ofSeconds(5),
      Duration.ofMinutes(10),
      Duration.ofSeconds(3));

  /// The smallest window: below it every chunk would wait for its own credit.
  static final int WINDOW_BYTES_MIN = 4 * 1024;

  public BusOptions {
    positive("inFlightMax", inFlightMax, 1);
    positive("openMax", openMax, 1);
    positive("windowBytes", windowBytes, WINDOW_BYTES_MIN);
    if (windowBytes > RemoteExchange.WINDOW_BYTES_MAX) {
      throw new IllegalArgumentException("bus option windowBytes – is " + windowBytes + " – give at most " + RemoteExchange.WINDOW_BYTES_MAX);
    }
    positive("beat (ms)", beat.toMillis(), 1);
    positive("suspectAfter (ms)", suspectAfter.toMillis(), beat.toMillis());
    positive("lostAfter (ms)", lostAfter.toMillis(), suspectAfter.toMillis());
    positive("checkAfter (ms)", checkAfter.toMillis(), 1);
    positive("bodyIdleMax (ms)", bodyIdleMax.toMillis(), 1);
    positive("announceWait (ms)", announceWait.toMillis(), 1);
  }

  public BusOptions withInFlightMax(int most) {
    return new BusOptions(most, openMax, windowBytes, beat, suspectAfter, lostAfter, checkAfter, bodyIdleMax, announceWait);
  }

  public BusOptions withWindowBytes(int bytes) {
    return new BusOptions(inFlightMax, openMax, bytes, beat, suspectAfter, lostAfter, checkAfter, bodyIdleMax, announceWait);
  }

  public BusOptions withBodyIdleMax(Duration most) {
    return new BusOptions(inFlightMax, openMax, windowBytes, beat, suspectAfter, lostAfter, checkAfter, most, announceWait);
  }

  public BusOptions withCheckAfter(Duration quiet) {
    return new BusOptions(inFlightMax, openMax, windowBytes, beat, suspectAfter, lostAfter, quiet, bodyIdleMax, announceWait);
  }

  /// The three that decide how soon a silent node is noticed.
  public BusOptions withDetection(Duration beat, Duration suspectAfter, Duration lostAfter) {
    return new BusOptions(inFlightMax, openMax, windowBytes, beat, suspectAfter, lostAfter, checkAfter, bodyIdleMax, announceWait);
  }

  private static void positive(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException("bus option " + name + " – is " + value + " – give at least " + least);
    }
  }
}
