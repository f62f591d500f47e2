package dev.tenon.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.Frame.BodyHead;
import dev.tenon.bus.Frame.Toward;
import dev.tenon.bus.identity.Identity;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WireTest {

  private static final long SENDER = 0x1122334455667788L;

  @Test
  void whatIsWrittenIsReadBack() {
    Random random = new Random(20_26);
    for (int i = 0; i < 3_000; i++) {
      Frame frame = anyFrame(random);
      Frame.Received received = Wire.decode(bytesOf(frame));
      assertEquals(SENDER, received.sender());
      assertSame(frame, received.frame());
    }
  }

  @Test
  void theFormatOfVersionOneNeverChanges() {
    record Row(Frame frame, String hex) {}
    MultiMap headers = HttpHeaders.headers().add("content-type", "text/plain").add("x-a", "b");
    List<Row> rows = List.of(
        new Row(new Frame.Answer(5, 200, "", headers, new BodyHead.Inline(Buffer.buffer("hi"))),
            "01 82 1122334455667788 0000000000000005 c801 00 02 1b 0a 746578742f706c61696e 00 03 782d61 01 62 01 02 6869"),
        new Row(new Frame.Answer(5, 204, "No", HttpHeaders.headers(), new BodyHead.None()),
            "01 82 1122334455667788 0000000000000005 cc01 02 4e6f 00 00"),
        new Row(new Frame.Answer(5, 200, "", HttpHeaders.headers(), new BodyHead.Streamed(OptionalLong.of(300))),
            "01 82 1122334455667788 0000000000000005 c801 00 00 03 ac02"),
        new Row(new Frame.Failed(6, new Failure(Failure.Code.OVERLOADED, "m", "d"), false), "01 83 1122334455667788 0000000000000006 04 01 6d 01 64 00"),
        new Row(new Frame.Cancel(7, new Failure(Failure.Code.CANCELLED, "m", "")), "01 04 1122334455667788 0000000000000007 03 01 6d 00"),
        new Row(new Frame.Data(8, Toward.CALLEE, 1, Buffer.buffer("ab")), "01 05 1122334455667788 0000000000000008 01 02 6162"),
        new Row(new Frame.Data(8, Toward.CALLER, 0, Buffer.buffer("c")), "01 85 1122334455667788 0000000000000008 00 01 63"),
        new Row(new Frame.End(8, Toward.CALLER, 2), "01 86 1122334455667788 0000000000000008 02"),
        new Row(new Frame.Broke(8, Toward.CALLEE, new Failure(Failure.Code.PROTOCOL, "", "")), "01 07 1122334455667788 0000000000000008 09 00 00"),
        new Row(new Frame.Credit(8, Toward.CALLER, 65_536), "01 88 1122334455667788 0000000000000008 808004"),
        new Row(new Frame.Check(Toward.CALLEE, 3, List.of(1L)), "01 09 1122334455667788 03 01 0000000000000001"),
        new Row(new Frame.Gone(Toward.CALLER, List.of(2L)), "01 8a 1122334455667788 01 0000000000000002"),
        new Row(new Frame.Hello("n", 1, 1, 4, 9, true, List.of(new Frame.Announced(7, 2, "auth", "1.0"))),
            "01 0b 1122334455667788 01 6e 01 01 04 09 01 01 07 02 04 61757468 03 312e30"),
        new Row(new Frame.Known(9), "01 0c 1122334455667788 09"),
        new Row(new Frame.Beat(9), "01 0d 1122334455667788 09"),
        new Row(new Frame.Bye(), "01 0e 1122334455667788"));
    for (Row row : rows) {
      Buffer golden = Buffer.buffer(HexFormat.of().parseHex(row.hex().replace(" ", "")));
      assertEquals(HexFormat.of().formatHex(golden.getBytes()), HexFormat.of().formatHex(bytesOf(row.frame()).getBytes()), row.frame().toString());
      assertSame(row.frame(), Wire.decode(golden).frame());
    }
    Buffer open = Buffer.buffer(HexFormat.of().parseHex((
        "01 01 1122334455667788 0000000000000005 02 07 04 61757468 808010 e807 02 01 03 312e30"
            + "000102030405060708090a0b0c0d0e0f 0011223344556677 01 01 02 7531 01 01 73 00"
            + "03 474554 04 68747470 01 68 02 2f61 01 1b 01 78 02").replace(" ", "")));
    Frame.Open read = assertInstanceOf(Frame.Open.class, Wire.decode(open).frame());
    ExchangeContext context = read.request().context();
    assertEquals("auth 7 2 262144", read.component() + " " + read.instance() + " " + read.lane() + " " + read.window());
    assertEquals("GET http://h/a", read.request().method() + " " + read.request().url());
    assertEquals("00-000102030405060708090a0b0c0d0e0f-0011223344556677-01", context.trace().traceparent());
    assertEquals(Optional.of(new Identity("u1", Set.of("s"))), context.identity());
    assertEquals(Optional.of("1.0"), context.version());
    assertEquals(2, context.attempt());
    assertTrue(context.deadline().remainingMillis() > 0 && context.deadline().remainingMillis() <= 1_000);
    assertEquals(new BodyHead.Streamed(OptionalLong.empty()), read.body());
  }

  @Test
  void whatANewerNodeAddsIsPassedOver() {
    for (Frame frame : List.of(new Frame.Beat(4), new Frame.Credit(1, Toward.CALLER, 5), new Frame.Data(1, Toward.CALLEE, 0, Buffer.buffer("x")),
        new Frame.Answer(5, 200, "", HttpHeaders.headers(), new BodyHead.Inline(Buffer.buffer("hi"))))) {
      Buffer more = bytesOf(frame).copy().appendByte((byte) 99).appendByte((byte) 3).appendString("new").appendByte((byte) 5).appendByte((byte) 0);
      assertSame(frame, Wire.decode(more).frame());
    }
  }

  @Test
  void aVersionThatIsNotKnownIsRefusedByName() {
    for (int version : new int[] {0, 2, 255}) {
      Failure failure = assertThrows(Failure.class, () -> Wire.decode(bytesOf(new Frame.Beat(1)).copy().setByte(0, (byte) version)));
      assertEquals(Failure.Code.PROTOCOL, failure.code());
      assertEquals("it is of version " + version + ", this node reads 1 to 1", failure.detail());
    }
  }

  @Test
  void aFailureCodeOfANewerNodeIsAComponentsFailure() {
    Buffer bytes = bytesOf(new Frame.Failed(6, new Failure(Failure.Code.OVERLOADED, "m", "d"), true)).copy().setByte(18, (byte) 77);
    Frame.Failed failed = assertInstanceOf(Frame.Failed.class, Wire.decode(bytes).frame());
    assertEquals(Failure.Code.COMPONENT_FAILED, failed.failure().code());
  }

  @Test
  void hostileBytesNeverDoMoreThanFail() {
    Random random = new Random(4_711);
    List<Buffer> samples = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      samples.add(bytesOf(anyFrame(random)));
    }
    int garbled = 0;
    for (int i = 0; i < 60_000; i++) {
      Buffer hostile = switch (i % 3) {
        case 0 -> ChunkStream.noise(random.nextInt(80), i).copy();
        case 1 -> cut(samples.get(random.nextInt(samples.size())), random);
        default -> flipped(samples.get(random.nextInt(samples.size())), random);
      };
      if (i % 2 == 0 && hostile.length() > 1) {
        hostile.setByte(0, (byte) 1).setByte(1, (byte) (hostile.getByte(1) & 0x8F));
      }
      try {
        garbled += Wire.decode(hostile).frame() instanceof Frame.Garbled ? 1 : 0;
      } catch (Failure failure) {
        assertEquals(Failure.Code.PROTOCOL, failure.code());
        assertEquals("a message between two nodes could not be understood", failure.getMessage());
      }
    }
    assertTrue(garbled > 1_000, "garbled " + garbled);
  }

  @Test
  void announcedLengthsAllocateNothingThatIsNotThere() {
    String[] lies = {
        "01 85 1122334455667788 0000000000000008 00 ffffffff0f",
        "01 82 1122334455667788 0000000000000005 c801 00 ffffffffffffffff7f",
        "01 82 1122334455667788 0000000000000005 c801 ffffffffffffffffff01",
        "01 09 1122334455667788 03 ffffffff07 0000000000000001",
        "01 0b 1122334455667788 01 6e 01 01 04 09 01 ffffffff07"};
    for (String lie : lies) {
      Buffer bytes = Buffer.buffer(HexFormat.of().parseHex(lie.replace(" ", "")));
      Failure failure;
      try {
        failure = assertInstanceOf(Frame.Garbled.class, Wire.decode(bytes).frame(), lie).failure();
      } catch (Failure thrown) {
        failure = thrown;
      }
      assertTrue(failure.detail().startsWith("a length is "), failure.detail());
    }
  }

  @Test
  void headersThatAreTooLargeAreNotSent() {
    MultiMap headers = HttpHeaders.headers().add("x-large", "x".repeat(Wire.HEAD_BYTES_MAX));
    Failure failure = assertThrows(Failure.class, () -> bytesOf(new Frame.Answer(5, 200, "", headers, new BodyHead.None())));
    assertEquals("a request's or response's headers are larger than 262144 bytes – send fewer", failure.getMessage());
  }

  @Test
  void theNumbersOfHeaderNamesNeverChange() {
    assertEquals(1, HeaderNames.numberOf("accept"));
    assertEquals(27, HeaderNames.numberOf("content-type"));
    assertEquals(57, HeaderNames.numberOf("set-cookie"));
    assertEquals(78, HeaderNames.numberOf("x-requested-with"));
    assertEquals(0, HeaderNames.numberOf("x-own"));
  }

  private static Frame anyFrame(Random random) {
    long exchange = random.nextLong();
    Toward toward = random.nextBoolean() ? Toward.CALLEE : Toward.CALLER;
    return switch (random.nextInt(14)) {
      case 0 -> new Frame.Open(exchange, random.nextInt(Wire.LANES_MAX), random.nextLong() >>> 1, text(random), random.nextInt(1 << 20),
          anyRequest(random), anyBody(random));
      case 1 -> new Frame.Answer(exchange, 100 + random.nextInt(900), text(random), anyHeaders(random), anyBody(random));
      case 2 -> new Frame.Failed(exchange, anyFailure(random), random.nextBoolean());
      case 3 -> new Frame.Cancel(exchange, anyFailure(random));
      case 4 -> new Frame.Data(exchange, toward, random.nextInt() >>> 1, ChunkStream.noise(random.nextInt(500), exchange));
      case 5 -> new Frame.End(exchange, toward, random.nextInt() >>> 1);
      case 6 -> new Frame.Broke(exchange, toward, anyFailure(random));
      case 7 -> new Frame.Credit(exchange, toward, random.nextInt() >>> 1);
      case 8 -> new Frame.Check(toward, random.nextInt(Wire.LANES_MAX), random.longs(random.nextInt(9)).boxed().toList());
      case 9 -> new Frame.Gone(toward, random.longs(random.nextInt(9)).boxed().toList());
      case 10 -> new Frame.Hello(text(random), 1, 1 + random.nextInt(9), random.nextInt(64), random.nextLong() >>> 1, random.nextBoolean(),
          random.ints(random.nextInt(5), 0, 64).mapToObj(lane -> new Frame.Announced(random.nextLong() >>> 1, lane, text(random), text(random))).toList());
      case 11 -> new Frame.Known(random.nextLong() >>> random.nextInt(60));
      case 12 -> new Frame.Beat(random.nextLong() >>> random.nextInt(60));
      default -> new Frame.Bye();
    };
  }

  private static ExchangeRequest anyRequest(Random random) {
    ExchangeContext context = new ExchangeContext(Deadline.after(Duration.ofSeconds(1 + random.nextInt(100))),
        random.nextBoolean() ? Optional.empty() : Optional.of(new Identity("s" + text(random), Set.of(text(random)), Set.of())),
        TraceContext.start(), 1 + random.nextInt(3), random.nextBoolean() ? Optional.empty() : Optional.of(text(random)), new Cancellation(),
        random.nextBoolean() ? Optional.empty() : Optional.of(new Caller("image-worker", text(random))));
    return new ExchangeRequest(text(random), "https", text(random), "/" + text(random), anyHeaders(random), Body.EMPTY, context,
        random.nextBoolean() ? ClientConnection.UNKNOWN : new ClientConnection("HTTP/2", random.nextBoolean() ? "" : "TLSv1.3", "TLS_AES_128_GCM_SHA256"));
  }

  private static MultiMap anyHeaders(Random random) {
    MultiMap headers = HttpHeaders.headers();
    for (int i = random.nextInt(5); i > 0; i--) {
      headers.add(random.nextBoolean() ? "content-type" : "X-h" + random.nextInt(3), text(random));
    }
    return headers;
  }

  private static BodyHead anyBody(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new BodyHead.None();
      case 1 -> new BodyHead.Inline(ChunkStream.noise(random.nextInt(300), random.nextLong()));
      case 2 -> new BodyHead.Streamed(OptionalLong.empty());
      default -> new BodyHead.Streamed(OptionalLong.of(random.nextLong() >>> 1));
    };
  }

  private static Failure anyFailure(Random random) {
    Failure.Code[] codes = Failure.Code.values();
    return new Failure(codes[random.nextInt(codes.length)], text(random), text(random));
  }

  private static String text(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> "grüße-✓-😀";
      default -> "t".repeat(random.nextInt(200)) + random.nextInt();
    };
  }

  private static Buffer cut(Buffer sample, Random random) {
    return sample.slice(0, random.nextInt(sample.length())).copy();
  }

  private static Buffer flipped(Buffer sample, Random random) {
    Buffer copy = sample.copy();
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      copy.setByte(random.nextInt(copy.length()), (byte) random.nextInt());
    }
    return copy;
  }

  private static Buffer bytesOf(Frame frame) {
    return new WireCodec().transform(Wire.encode(SENDER, frame));
  }

  /// Records compare by their members, but headers, failures and contexts do not.
  private static void assertSame(Frame expected, Frame actual) {
    assertEquals(expected.getClass(), actual.getClass());
    assertEquals(told(expected), told(actual));
  }

  private static String told(Frame frame) {
    return switch (frame) {
      case Frame.Open open -> open.exchange() + "|" + open.lane() + "|" + open.instance() + "|" + open.component() + "|" + open.window() + "|"
          + told(open.request()) + "|" + told(open.body());
      case Frame.Answer answer -> answer.exchange() + "|" + answer.status() + "|" + answer.reason() + "|" + answer.headers().entries() + "|" + told(answer.body());
      case Frame.Failed failed -> failed.exchange() + "|" + told(failed.failure()) + "|" + failed.taken();
      case Frame.Cancel cancel -> cancel.exchange() + "|" + told(cancel.reason());
      case Frame.Data data -> data.exchange() + "|" + data.toward() + "|" + data.number() + "|" + HexFormat.of().formatHex(data.bytes().getBytes());
      case Frame.Broke broke -> broke.exchange() + "|" + broke.toward() + "|" + told(broke.failure());
      default -> frame.toString();
    };
  }

  private static String told(ExchangeRequest request) {
    ExchangeContext context = request.context();
    return request.method() + "|" + request.url() + "|" + request.headers().entries() + "|" + context.identity() + "|" + context.trace() + "|"
        + context.attempt() + "|" + context.version() + "|" + context.caller() + "|" + request.client();
  }

  private static String told(BodyHead body) {
    return body instanceof BodyHead.Inline(Buffer bytes) ? HexFormat.of().formatHex(bytes.getBytes()) : body.toString();
  }

  private static String told(Failure failure) {
    return failure.code() + "|" + failure.getMessage() + "|" + failure.detail();
  }
}
