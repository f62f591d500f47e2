package dev.tenon.contract.compare;

/// Which way the requests of an operation go.
enum Exchange {
  /// From consumers to the provider; the answer goes back.
  CALL(Direction.REQUEST, Direction.RESPONSE, Side.REQUEST, Side.RESPONSE),
  /// From the provider to consumers, as events and callbacks do; consumers answer.
  EVENT(Direction.RESPONSE, Direction.REQUEST, Side.EVENT, Side.EVENT);

  private final Direction asking;
  private final Direction answering;
  private final Side askingSide;
  private final Side answeringSide;

  Exchange(Direction asking, Direction answering, Side askingSide, Side answeringSide) {
    this.asking = asking;
    this.answering = answering;
    this.askingSide = askingSide;
    this.answeringSide = answeringSide;
  }

  Direction asking() {
    return asking;
  }

  Direction answering() {
    return answering;
  }

  Side askingSide() {
    return askingSide;
  }

  Side answeringSide() {
    return answeringSide;
  }
}
