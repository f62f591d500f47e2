package dev.tenon.bus;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What one node says to another. [Wire] knows how each is written.
///
/// An exchange between nodes is: [Open] → ([Answer] | [Failed]). A body that streams follows its head as [Data]… [End]
/// (or [Broke]), as far as the other side's [Credit] goes; the request's body begins with the first credit, which says
/// that the exchange was taken. The exchange is over with the end of the response, [Failed], or [Cancel].
sealed interface Frame {

  /// Which side of an exchange a frame is for.
  enum Toward {
    CALLEE,
    CALLER
  }

  /// A frame about one exchange. Its number is the caller's; callers' nodes number apart.
  sealed interface OfExchange extends Frame {
    long exchange();

    Toward toward();
  }

  /// How a body begins, in the message of its head.
  sealed interface BodyHead {
    record None() implements BodyHead {}

    record Inline(Buffer bytes) implements BodyHead {}

    record Streamed(OptionalLong length) implements BodyHead {}
  }

  /// Asks for an exchange.
  ///
  /// @param lane the caller's lane, which the frames back go to
  /// @param instance the one that was chosen; another of the same component will do when it is gone
  /// @param window the first credit for the response's body
  /// @param request its body is in `body`, its deadline and cancellation are the receiver's own
  record Open(long exchange, int lane, long instance, String component, int window, ExchangeRequest request, BodyHead body) implements OfExchange {
    @Override
    public Toward toward() {
      return Toward.CALLEE;
    }
  }

  /// The response's head.
  record Answer(long exchange, int status, String reason, MultiMap headers, BodyHead body) implements OfExchange {
    @Override
    public Toward toward() {
      return Toward.CALLER;
    }
  }

  /// There is no response.
  ///
  /// @param taken whether the handler was called; if not, another instance may be asked
  record Failed(long exchange, Failure failure, boolean taken) implements OfExchange {
    @Override
    public Toward toward() {
      return Toward.CALLER;
    }
  }

  /// The caller wants nothing more of it.
  record Cancel(long exchange, Failure reason) implements OfExchange {
    @Override
    public Toward toward() {
      return Toward.CALLEE;
    }
  }

  /// A piece of a body; pieces are numbered from 0.
  record Data(long exchange, Toward toward, int number, Buffer bytes) implements OfExchange {}

  /// The body is complete, after `count` pieces.
  record End(long exchange, Toward toward, int count) implements OfExchange {}

  /// The body broke off.
  record Broke(long exchange, Toward toward, Failure failure) implements OfExchange {}

  /// The reader has room for more of the body that comes from `toward`.
  record Credit(long exchange, Toward toward, long bytes) implements OfExchange {}

  /// An exchange's frame whose head could be read and whose rest could not. Never sent.
  record Garbled(long exchange, Toward toward, Failure failure) implements OfExchange {}

  /// Asks which of these exchanges the other side still knows; `toward` is its side of them.
  record Check(Toward toward, int lane, List<Long> exchanges) implements Frame {}

  /// These are over on the side that says so; `toward` is the receiver's side of them.
  record Gone(Toward toward, List<Long> exchanges) implements Frame {}

  /// A node and all it serves.
  ///
  /// @param node the cluster manager's id of it
  /// @param oldest the oldest version of the wire format it reads, `newest` the newest
  /// @param revision grows with every change of `instances`
  /// @param answer whether the receiver is asked for its own
  record Hello(String node, int oldest, int newest, int lanes, long revision, boolean answer, List<Announced> instances) implements Frame {}

  record Announced(long id, int lane, String component, String version) {}

  /// This revision of the receiver's instances is in the sender's routing.
  record Known(long revision) implements Frame {}

  /// The sender lives, and this is its revision.
  record Beat(long revision) implements Frame {}

  /// The sender leaves.
  record Bye() implements Frame {}

  /// A frame, and the node that sent it.
  record Received(long sender, Frame frame) {}

  static Optional<BodyHead> inline(Body body) {
    return switch (body) {
      case Body.Empty() -> Optional.of(new BodyHead.None());
      case Body.Bytes(Buffer bytes) when bytes.length() <= Body.INLINE_BYTES_MAX -> Optional.of(new BodyHead.Inline(bytes));
      case Body.Bytes bytes -> Optional.empty();
      case Body.Stream stream -> Optional.empty();
    };
  }

  static BodyHead headOf(Body body) {
    return inline(body).orElseGet(() -> new BodyHead.Streamed(body.length()));
  }
}
