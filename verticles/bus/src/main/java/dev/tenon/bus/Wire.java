package dev.tenon.bus;

import static dev.tenon.bus.WireReader.malformed;

import dev.tenon.bus.Frame.BodyHead;
import dev.tenon.bus.Frame.Toward;
import dev.tenon.bus.identity.Identity;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The wire format, version 1.
///
/// A frame is: version (1 byte) · kind (1 byte; the high bit says "for the caller's side") · the sending bus's number
/// (8 bytes) · the exchange's number (8 bytes, frames of exchanges only) · the kind's own elements · extensions.
/// An extension is a tag, a length and as many bytes; a reader passes over those it does not know. So a newer node may
/// say more without a new version, and a new version is needed only for what an older node must not misread. A node
/// reads every version from [#OLDEST] to [#NEWEST], says so in [Frame.Hello], whose layout never changes, and has no
/// dealings with a node whose range does not meet its own. While there is one version, there is nothing to choose.
final class Wire {

  static final int OLDEST = 1;
  static final int NEWEST = 1;

  /// The largest head of a request or response that is sent to another node.
  static final int HEAD_BYTES_MAX = 256 * 1024;

  static final int LANES_MAX = 1024;
  private static final int FAILURE_CHARS_MAX = 4096;
  private static final int FOR_CALLER = 0x80;
  private static final long DEADLINE_MS_MAX = Duration.ofDays(30).toMillis();

  private static final int OPEN = 1;
  private static final int ANSWER = 2;
  private static final int FAILED = 3;
  private static final int CANCEL = 4;
  private static final int DATA = 5;
  private static final int END = 6;
  private static final int BROKE = 7;
  private static final int CREDIT = 8;
  private static final int CHECK = 9;
  private static final int GONE = 10;
  private static final int HELLO = 11;
  private static final int KNOWN = 12;
  private static final int BEAT = 13;
  private static final int BYE = 14;

  /// The extension of [#OPEN] that says how the client reached the edge.
  private static final int CLIENT = 1;

  /// The extension of [#OPEN] that says which component calls, and which operation.
  private static final int CALLER = 2;

  /// A frame as bytes: the head is written already, the payload is appended by reference.
  record Encoded(Buffer head, Optional<Buffer> payload) {
    int length() {
      return head.length() + payload.map(Buffer::length).orElse(0);
    }

    void appendTo(Buffer buffer) {
      buffer.appendBuffer(head);
      payload.ifPresent(buffer::appendBuffer);
    }
  }

  private Wire() {}

  static Encoded encode(long sender, Frame frame) {
    return switch (frame) {
      case Frame.Open open -> writeOpen(begin(OPEN, sender, open), open);
      case Frame.Answer answer -> writeAnswer(begin(ANSWER, sender, answer), answer);
      case Frame.Failed failed -> done(failure(begin(FAILED, sender, failed), failed.failure()).flag(failed.taken()));
      case Frame.Cancel cancel -> done(failure(begin(CANCEL, sender, cancel), cancel.reason()));
      case Frame.Data data -> new Encoded(
          begin(DATA, sender, data).number(data.number()).number(data.bytes().length()).done(), Optional.of(data.bytes()));
      case Frame.End end -> done(begin(END, sender, end).number(end.count()));
      case Frame.Broke broke -> done(failure(begin(BROKE, sender, broke), broke.failure()));
      case Frame.Credit credit -> done(begin(CREDIT, sender, credit).number(credit.bytes()));
      case Frame.Check check -> done(ids(begin(CHECK, sender, check.toward()).number(check.lane()), check.exchanges()));
      case Frame.Gone gone -> done(ids(begin(GONE, sender, gone.toward()), gone.exchanges()));
      case Frame.Hello hello -> writeHello(begin(HELLO, sender, Toward.CALLEE), hello);
      case Frame.Known known -> done(begin(KNOWN, sender, Toward.CALLEE).number(known.revision()));
      case Frame.Beat beat -> done(begin(BEAT, sender, Toward.CALLEE).number(beat.revision()));
      case Frame.Bye bye -> done(begin(BYE, sender, Toward.CALLEE));
      case Frame.Garbled garbled -> throw new IllegalArgumentException("a garbled frame is only ever received");
    };
  }

  /// Reads a frame. Throws only a [Failure] of code PROTOCOL, when not even the exchange that it is about can be told;
  /// otherwise what cannot be read comes as [Frame.Garbled].
  static Frame.Received decode(Buffer bytes) {
    WireReader in = new WireReader(bytes);
    int version = in.one();
    if (version < OLDEST || version > NEWEST) {
      throw malformed("it is of version " + version + ", this node reads " + OLDEST + " to " + NEWEST);
    }
    int first = in.one();
    int kind = first & ~FOR_CALLER;
    Toward toward = (first & FOR_CALLER) != 0 ? Toward.CALLER : Toward.CALLEE;
    long sender = in.eight();
    if (kind > CREDIT) {
      Frame frame = readOfNode(in, kind, toward);
      extensions(in);
      return new Frame.Received(sender, frame);
    }
    long exchange = in.eight();
    try {
      Frame frame = readOfExchange(in, kind, exchange, toward);
      extensions(in);
      return new Frame.Received(sender, frame);
    } catch (Failure failure) {
      return new Frame.Received(sender, new Frame.Garbled(exchange, toward, failure));
    }
  }

  private static Frame readOfExchange(WireReader in, int kind, long exchange, Toward toward) {
    return switch (kind) {
      case OPEN -> readOpen(in, exchange);
      case ANSWER -> new Frame.Answer(exchange, status(in), in.text(), headers(in), bodyHead(in));
      case FAILED -> new Frame.Failed(exchange, failure(in), in.flag());
      case CANCEL -> new Frame.Cancel(exchange, failure(in));
      case DATA -> new Frame.Data(exchange, toward, in.number(Integer.MAX_VALUE, "a piece's number"), in.bytes());
      case END -> new Frame.End(exchange, toward, in.number(Integer.MAX_VALUE, "a count of pieces"));
      case BROKE -> new Frame.Broke(exchange, toward, failure(in));
      case CREDIT -> new Frame.Credit(exchange, toward, in.number(Integer.MAX_VALUE, "a credit"));
      default -> throw malformed("it is of kind " + kind);
    };
  }

  private static Frame readOfNode(WireReader in, int kind, Toward toward) {
    return switch (kind) {
      case CHECK -> new Frame.Check(toward, in.number(LANES_MAX - 1, "a lane"), in.list(in::eight));
      case GONE -> new Frame.Gone(toward, in.list(in::eight));
      case HELLO -> new Frame.Hello(in.text(), in.one(), in.one(), in.number(LANES_MAX, "a number of lanes"), in.number(), in.flag(),
          in.list(() -> new Frame.Announced(in.number(), in.number(LANES_MAX - 1, "a lane"), in.text(), in.text())));
      case KNOWN -> new Frame.Known(in.number());
      case BEAT -> new Frame.Beat(in.number());
      case BYE -> new Frame.Bye();
      default -> throw malformed("it is of kind " + kind);
    };
  }

  private static Encoded writeOpen(WireWriter out, Frame.Open open) {
    ExchangeRequest request = open.request();
    ExchangeContext context = request.context();
    out.number(open.lane()).number(open.instance()).text(open.component()).number(open.window());
    out.number(Math.max(1, context.deadline().remainingMillis())).number(context.attempt());
    out.flag(context.version().isPresent());
    context.version().ifPresent(out::text);
    trace(out, context.trace());
    out.flag(context.identity().isPresent());
    context.identity().ifPresent(identity -> words(words(out.text(identity.subject()), identity.scopes()), identity.roles()));
    out.text(request.method()).text(request.scheme()).text(request.authority()).text(request.target());
    headers(out, request.headers());
    Encoded encoded = body(checked(out), open.body());
    Buffer extensions = extensionsOf(request);
    return extensions.length() == 0 ? encoded : with(encoded, extensions);
  }

  private static Buffer extensionsOf(ExchangeRequest request) {
    WireWriter out = new WireWriter();
    ClientConnection client = request.client();
    if (!client.equals(ClientConnection.UNKNOWN)) {
      out.number(CLIENT).text(client.protocol() + "\n" + client.tlsVersion() + "\n" + client.tlsCipher());
    }
    request.context().caller().ifPresent(caller -> out.number(CALLER).text(caller.component() + "\n" + caller.operation()));
    return out.done();
  }

  private static Encoded with(Encoded encoded, Buffer extensions) {
    return encoded.payload().isEmpty()
        ? new Encoded(encoded.head().appendBuffer(extensions), Optional.empty())
        : new Encoded(encoded.head(), encoded.payload().map(payload -> payload.copy().appendBuffer(extensions)));
  }

  private static ExchangeRequest extended(WireReader in, ExchangeRequest request) {
    ExchangeRequest extended = request;
    while (in.left() > 0) {
      long tag = in.number();
      Buffer bytes = in.bytes();
      if (tag == CLIENT) {
        String[] parts = bytes.toString().split("\n", 3);
        extended = parts.length == 3 ? extended.withClient(new ClientConnection(parts[0], parts[1], parts[2])) : extended;
      } else if (tag == CALLER) {
        String[] parts = bytes.toString().split("\n", 2);
        extended = parts.length == 2 ? extended.withContext(extended.context().withCaller(new Caller(parts[0], parts[1]))) : extended;
      }
    }
    return extended;
  }

  private static Frame readOpen(WireReader in, long exchange) {
    int lane = in.number(LANES_MAX - 1, "a lane");
    long instance = in.number();
    String component = in.text();
    int window = in.number(Integer.MAX_VALUE, "a window");
    long remaining = Math.clamp(in.number(), 1, DEADLINE_MS_MAX);
    int attempt = in.number(Integer.MAX_VALUE, "an attempt");
    Optional<String> version = in.flag() ? Optional.of(in.text()) : Optional.empty();
    TraceContext trace = trace(in);
    Optional<Identity> identity = in.flag() ? Optional.of(identity(in)) : Optional.empty();
    ExchangeContext context = new ExchangeContext(Deadline.after(Duration.ofMillis(remaining)), identity, trace, attempt, version, new Cancellation());
    ExchangeRequest request = new ExchangeRequest(in.text(), in.text(), in.text(), in.text(), headers(in), Body.EMPTY, context);
    BodyHead body = bodyHead(in);
    return new Frame.Open(exchange, lane, instance, component, window, extended(in, request), body);
  }

  private static Encoded writeAnswer(WireWriter out, Frame.Answer answer) {
    out.number(answer.status()).text(answer.reason());
    headers(out, answer.headers());
    return body(checked(out), answer.body());
  }

  private static Encoded writeHello(WireWriter out, Frame.Hello hello) {
    out.text(hello.node()).one(hello.oldest()).one(hello.newest()).number(hello.lanes()).number(hello.revision()).flag(hello.answer());
    out.number(hello.instances().size());
    for (Frame.Announced instance : hello.instances()) {
      out.number(instance.id()).number(instance.lane()).text(instance.component()).text(instance.version());
    }
    return done(out);
  }

  private static WireWriter begin(int kind, long sender, Frame.OfExchange frame) {
    return begin(kind, sender, frame.toward()).eight(frame.exchange());
  }

  private static WireWriter begin(int kind, long sender, Toward toward) {
    return new WireWriter().one(NEWEST).one(toward == Toward.CALLER ? kind | FOR_CALLER : kind).eight(sender);
  }

  private static Encoded done(WireWriter out) {
    return new Encoded(out.done(), Optional.empty());
  }

  private static WireWriter checked(WireWriter out) {
    if (out.length() > HEAD_BYTES_MAX) {
      throw new Failure(Failure.Code.PROTOCOL, "a request's or response's headers are larger than " + HEAD_BYTES_MAX + " bytes – send fewer");
    }
    return out;
  }

  private static Encoded body(WireWriter out, BodyHead body) {
    return switch (body) {
      case BodyHead.None() -> done(out.one(0));
      case BodyHead.Inline(Buffer bytes) -> new Encoded(out.one(1).number(bytes.length()).done(), Optional.of(bytes));
      case BodyHead.Streamed(OptionalLong length) -> done(length.isPresent() ? out.one(3).number(length.getAsLong()) : out.one(2));
    };
  }

  private static BodyHead bodyHead(WireReader in) {
    int kind = in.one();
    return switch (kind) {
      case 0 -> new BodyHead.None();
      case 1 -> new BodyHead.Inline(in.bytes());
      case 2 -> new BodyHead.Streamed(OptionalLong.empty());
      case 3 -> new BodyHead.Streamed(OptionalLong.of(positive(in.number(), "a body's length")));
      default -> throw malformed("a body is of kind " + kind);
    };
  }

  private static long positive(long value, String what) {
    if (value < 0) {
      throw malformed(what + " is " + Long.toUnsignedString(value));
    }
    return value;
  }

  private static int status(WireReader in) {
    int status = in.number(999, "a status");
    if (status < 100) {
      throw malformed("a status is " + status);
    }
    return status;
  }

  private static void headers(WireWriter out, MultiMap headers) {
    out.number(headers.entries().size());
    headers.forEach((name, value) -> {
      int number = HeaderNames.numberOf(name);
      out.number(number);
      if (number == 0) {
        out.text(name);
      }
      out.text(value);
    });
  }

  private static MultiMap headers(WireReader in) {
    MultiMap headers = HttpHeaders.headers();
    in.list(() -> {
      int number = in.number(255, "a header name's number");
      String name = number == 0 ? in.text() : HeaderNames.nameOf(number);
      try {
        return headers.add(name, in.text());
      } catch (IllegalArgumentException notHttp) {
        throw malformed("a header is not one: " + notHttp.getMessage());
      }
    });
    return headers;
  }

  private static void trace(WireWriter out, TraceContext trace) {
    out.eight(HexFormat.fromHexDigitsToLong(trace.traceId(), 0, 16)).eight(HexFormat.fromHexDigitsToLong(trace.traceId(), 16, 32));
    out.eight(HexFormat.fromHexDigitsToLong(trace.spanId())).flag(trace.sampled());
  }

  private static TraceContext trace(WireReader in) {
    HexFormat hex = HexFormat.of();
    return new TraceContext(hex.toHexDigits(in.eight()) + hex.toHexDigits(in.eight()), hex.toHexDigits(in.eight()), in.flag());
  }

  private static Identity identity(WireReader in) {
    String subject = in.text();
    if (subject.isEmpty()) {
      throw malformed("an identity has no subject");
    }
    return new Identity(subject, words(in), words(in));
  }

  private static WireWriter words(WireWriter out, Set<String> words) {
    out.number(words.size());
    words.forEach(out::text);
    return out;
  }

  private static Set<String> words(WireReader in) {
    return new LinkedHashSet<>(in.list(in::text));
  }

  private static WireWriter ids(WireWriter out, List<Long> ids) {
    out.number(ids.size());
    ids.forEach(out::eight);
    return out;
  }

  private static WireWriter failure(WireWriter out, Failure failure) {
    return out.number(failure.code().wire()).text(bounded(String.valueOf(failure.getMessage()))).text(bounded(failure.detail()));
  }

  private static Failure failure(WireReader in) {
    return new Failure(Failure.Code.ofWire(in.number(Integer.MAX_VALUE, "a failure's code")), in.text(), in.text());
  }

  private static String bounded(String text) {
    return text.length() <= FAILURE_CHARS_MAX ? text : text.substring(0, FAILURE_CHARS_MAX);
  }

  private static void extensions(WireReader in) {
    while (in.left() > 0) {
      in.number();
      in.bytes();
    }
  }
}
