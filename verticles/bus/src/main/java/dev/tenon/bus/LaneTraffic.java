package dev.tenon.bus;

import dev.tenon.bus.Frame.Toward;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The exchanges of one lane with other nodes, and the frames that come for them. Used on the lane's event loop only.
///
/// An exchange that has been quiet for a while is asked after at the other side: the event bus loses messages without a
/// word when a connection breaks, and a lost last frame would otherwise be waited for until the deadline, or for ever.
final class LaneTraffic {

  private record Side(Peer peer, int lane, Toward toward) {}

  private final NodeBus bus;
  private final Lane lane;
  private final Map<Long, OutgoingExchange> outgoing = new HashMap<>();
  private final Map<IncomingExchange.Key, IncomingExchange> incoming = new HashMap<>();
  private long lastNumber;

  LaneTraffic(NodeBus bus, Lane lane) {
    this.bus = bus;
    this.lane = lane;
  }

  void start() {
    long every = Math.max(1, bus.options.checkAfter().toMillis() / 2);
    lane.context.setPeriodic(every, tick -> check(System.nanoTime()));
  }

  /// A number for an exchange, unlike those of this node's other lanes.
  long nextNumber() {
    return (long) lane.index << 48 | ++lastNumber;
  }

  boolean full() {
    return outgoing.size() >= bus.options.openMax();
  }

  int size() {
    return outgoing.size() + incoming.size();
  }

  void add(OutgoingExchange exchange) {
    outgoing.put(exchange.number, exchange);
  }

  void add(IncomingExchange exchange) {
    incoming.put(exchange.key(), exchange);
  }

  void remove(OutgoingExchange exchange) {
    outgoing.remove(exchange.number);
  }

  void remove(IncomingExchange exchange) {
    incoming.remove(exchange.key());
  }

  void handle(Peer peer, Frame frame) {
    switch (frame) {
      case Frame.Open open -> opened(peer, open);
      case Frame.OfExchange ofExchange when ofExchange.toward() == Toward.CALLEE -> {
        IncomingExchange exchange = incoming.get(new IncomingExchange.Key(peer.id, ofExchange.exchange()));
        if (exchange != null) {
          toCallee(exchange, ofExchange);
        }
      }
      case Frame.OfExchange ofExchange -> {
        OutgoingExchange exchange = outgoing.get(ofExchange.exchange());
        if (exchange != null && exchange.peer.id == peer.id) {
          toCaller(exchange, ofExchange);
        }
      }
      case Frame.Check check -> askedAfter(peer, check);
      case Frame.Gone gone -> gone(peer, gone);
      case Frame.Hello hello -> throw new IllegalArgumentException("is for the control lane");
      case Frame.Known known -> throw new IllegalArgumentException("is for the control lane");
      case Frame.Beat beat -> throw new IllegalArgumentException("is for the control lane");
      case Frame.Bye bye -> throw new IllegalArgumentException("is for the control lane");
    }
  }

  private void opened(Peer peer, Frame.Open open) {
    if (incoming.containsKey(new IncomingExchange.Key(peer.id, open.exchange()))) {
      return;
    }
    Instance instance = bus.takerOf(lane, open);
    if (instance == null) {
      Route route = bus.routes.find(open.component(), open.request().context().version());
      boolean full = route != null && route.localCount() > 0;
      Failure failure = full
          ? new Failure(Failure.Code.OVERLOADED, "'" + open.component() + "' is overloaded – try again later")
          : new Failure(Failure.Code.NOBODY_THERE, "no instance of '" + open.component() + "' is running – start one, or try again later");
      answer(peer, open.lane(), new Frame.Failed(open.exchange(), failure, false));
      return;
    }
    new IncomingExchange(bus, lane, peer, open, instance).start();
  }

  private void toCallee(IncomingExchange exchange, Frame.OfExchange frame) {
    switch (frame) {
      case Frame.Data data -> exchange.received(data.number(), data.bytes());
      case Frame.End end -> exchange.receivedEnd(end.count());
      case Frame.Broke broke -> exchange.receivedBreak(broke.failure());
      case Frame.Credit credit -> exchange.credited(credit.bytes());
      case Frame.Cancel cancel -> exchange.cancelled(cancel.reason());
      case Frame.Garbled garbled -> exchange.fail(garbled.failure());
      case Frame.Open open -> {}
      case Frame.Answer answer -> {}
      case Frame.Failed failed -> {}
    }
  }

  private void toCaller(OutgoingExchange exchange, Frame.OfExchange frame) {
    switch (frame) {
      case Frame.Answer answer -> exchange.answer(answer);
      case Frame.Failed failed -> exchange.failed(failed.failure(), failed.taken());
      case Frame.Data data -> exchange.received(data.number(), data.bytes());
      case Frame.End end -> exchange.receivedEnd(end.count());
      case Frame.Broke broke -> exchange.receivedBreak(broke.failure());
      case Frame.Credit credit -> exchange.credit(credit.bytes());
      case Frame.Garbled garbled -> exchange.fail(garbled.failure());
      case Frame.Open open -> {}
      case Frame.Cancel cancel -> {}
    }
  }

  private void check(long now) {
    Map<Side, List<Long>> quiet = new HashMap<>();
    for (OpenExchange open : lane.open(exchange -> exchange instanceof RemoteExchange)) {
      long still = now - open.movedAt();
      RemoteExchange exchange = (RemoteExchange) open;
      if (still > bus.options.bodyIdleMax().toNanos() && !exchange.rests()) {
        exchange.fail(new Failure(Failure.Code.DEADLINE, "nothing of the body moved for " + bus.options.bodyIdleMax() + " – read on, or send something now and then"));
      } else if (still > bus.options.checkAfter().toNanos()) {
        Toward toward = exchange instanceof OutgoingExchange ? Toward.CALLEE : Toward.CALLER;
        quiet.computeIfAbsent(new Side(exchange.peer, exchange.peerLane, toward), side -> new ArrayList<>()).add(exchange.number);
      }
    }
    quiet.forEach((side, numbers) -> answer(side.peer(), side.lane(), new Frame.Check(side.toward(), lane.index, numbers)));
  }

  private void askedAfter(Peer peer, Frame.Check check) {
    List<Long> unknown = check.exchanges().stream()
        .filter(number -> check.toward() == Toward.CALLEE
            ? !incoming.containsKey(new IncomingExchange.Key(peer.id, number))
            : !outgoing.containsKey(number))
        .toList();
    if (!unknown.isEmpty()) {
      answer(peer, check.lane(), new Frame.Gone(check.toward() == Toward.CALLEE ? Toward.CALLER : Toward.CALLEE, unknown));
    }
  }

  private void gone(Peer peer, Frame.Gone gone) {
    Failure why = new Failure(Failure.Code.CONNECTION_LOST, "the connection to another node was lost in the middle of the exchange", peer + " – knows nothing of it any more");
    for (long number : gone.exchanges()) {
      RemoteExchange exchange = gone.toward() == Toward.CALLER ? outgoing.get(number) : incoming.get(new IncomingExchange.Key(peer.id, number));
      if (exchange != null && exchange.peer.id == peer.id) {
        exchange.fail(why);
      }
    }
  }

  private void answer(Peer peer, int itsLane, Frame frame) {
    peer.send(itsLane, Wire.encode(bus.peers().id, frame)).onFailure(failure -> bus.peers().writeFailed(peer));
  }
}
