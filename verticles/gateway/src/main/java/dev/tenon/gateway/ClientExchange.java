package dev.tenon.gateway;

import dev.tenon.bus.Body;
import dev.tenon.bus.Cancellation;
import dev.tenon.bus.Deadline;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import dev.tenon.bus.FileBody;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request of a client from its head to the last byte of its answer. On its listener's event loop only.
///
/// - It is answered exactly once, or its client is gone.
/// - When the client goes, the deadline passes or the client stalls, [#cancellation] is cancelled and both bodies are broken off.
/// - What the client still sends after the answer is dropped up to a bound, so that the answer is not lost to a reset; beyond it the connection is closed.
abstract class ClientExchange implements Handler<Throwable> {

  /// What is read and dropped of a body that nobody wants, so that a client that writes before it reads can read the answer.
  static final long DROPPED_BYTES_MAX = 512L * 1024 * 1024;
  static final long DROP_NANOS_MAX = 15_000_000_000L;
  /// How long a client that was too slow with its body may take to read that answer.
  static final long LATE_NANOS_MAX = 1_000_000_000L;
  /// What a component's deadline has beyond that of the client while it reads the client's body, so that a slow client is not mistaken for a slow component.
  static final Duration BODY_GRACE = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(ClientExchange.class);
  private static final long HTTP2_NO_ERROR = 0;
  private static final long HTTP2_INTERNAL_ERROR = 2;

  /// The ends of a listener's list.
  static final class End extends ClientExchange {
    End() {
      super();
    }

    @Override
    void failed(Failure failure) {
      throw new IllegalStateException("the end of the list is no exchange");
    }

    @Override
    void refused(Problem problem) {
      throw new IllegalStateException("the end of the list is no exchange");
    }
  }

  final Listener listener;
  final Listener.Client client;
  final HttpServerRequest request;
  final HttpServerResponse response;
  final Cancellation cancellation = new Cancellation();
  private long deadlineNanos;
  ClientExchange next;
  ClientExchange previous;
  private RequestBody requestBody;
  private AnswerBody answerBody;
  private AnswerFile answerFile;
  private WebSocketHandshake handshake;
  private boolean answered;
  private boolean over;
  private boolean closesAfter;
  private boolean late;
  /// Why the work behind is to end when the answer begins; null when it may go on.
  private Failure refusal;
  private long dropUntil;
  private long bufferedBytes;

  private ClientExchange() {
    this.listener = null;
    this.client = null;
    this.request = null;
    this.response = null;
    this.deadlineNanos = 0;
  }

  ClientExchange(Listener listener, HttpServerRequest request) {
    this.listener = listener;
    this.client = listener.client(request);
    this.request = request;
    this.response = request.response();
    this.deadlineNanos = System.nanoTime() + listener.options().requestMax().toNanos();
    listener.began(this);
    response.exceptionHandler(this);
    if (Listener.isHttp2(request)) {
      response.closeHandler(v -> {
        if (!response.ended()) {
          clientGone();
        }
      });
    }
  }

  /// Answers with what a failure is outside. Called at most once, before any other answer.
  abstract void failed(Failure failure);

  /// Answers that the request is refused. Called at most once, before any other answer.
  abstract void refused(Problem problem);

  /// The client has its whole answer, or has gone. Called again when what the client still sends has been dropped.
  void finished() {}

  /// Adds what every answer of this listener carries.
  void dress(MultiMap headers) {}

  /// Starts the wait for the answer anew, once the request itself has been read.
  final void deadline(long nanoTime) {
    deadlineNanos = nanoTime;
  }

  /// The deadline of what is behind, which is to read `body`.
  final Deadline inside(Body body) {
    return body instanceof Body.Stream ? new Deadline(deadlineNanos + BODY_GRACE.toNanos()) : new Deadline(deadlineNanos);
  }

  /// The body of the request, to be read by one reader. To be asked for while the request's head is handled.
  RequestBody requestBody(long bytesMax) {
    requestBody = new RequestBody(this, request, bytesMax);
    return requestBody;
  }

  /// The client's wish for a WebSocket, to be granted by an answer with status 101.
  final WebSocketHandshake handshake() {
    handshake = new WebSocketHandshake(request);
    return handshake;
  }

  /// Whether a WebSocket was granted, which may stay open for as long as it likes.
  final boolean isSocket() {
    return handshake != null && answered && response.getStatusCode() == 101;
  }

  /// Whether a body belongs to the request. Over HTTP/2 a POST without a length may have one that is empty.
  static boolean hasBody(HttpServerRequest request) {
    MultiMap headers = request.headers();
    String length = headers.get("content-length");
    if (length != null) {
      return !length.equals("0");
    }
    return Listener.isHttp2(request)
        ? request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD && request.method() != HttpMethod.OPTIONS && request.method() != HttpMethod.DELETE
        : headers.contains("transfer-encoding");
  }

  /// The announced length of the request's body; negative when it is not announced.
  static long length(HttpServerRequest request) {
    String length = request.headers().get("content-length");
    try {
      return length == null ? -1 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  final boolean answered() {
    return answered;
  }

  /// Whether there is nobody left to answer, or nothing left to say.
  final boolean over() {
    return over;
  }

  /// The connection broke or the stream was reset.
  @Override
  public final void handle(Throwable broken) {
    clientGone();
  }

  private void clientGone() {
    if (over) {
      return;
    }
    end();
    breakOff(new Failure(Failure.Code.CANCELLED, "the client went away"));
  }

  private void breakOff(Failure why) {
    cancellation.cancel(why);
    if (requestBody != null) {
      requestBody.fail(why);
    }
    if (answerBody != null) {
      answerBody.cancel();
    }
  }

  final void sweep(long now) {
    if (over) {
      if (dropUntil != 0 && now - dropUntil > 0) {
        close();
      }
      return;
    }
    if (isSocket()) {
      if (handshake.goneSince(now)) {
        clientGone();
      }
      return;
    }
    long stalled = now - listener.options().stallMax().toNanos();
    if (!answered && now - deadlineNanos > 0 && requestBody != null && requestBody.awaited()) {
      tooSlow("The body had not come whole after " + listener.options().requestMax().toMillis() + " ms – send it faster, or send less.");
    } else if (!answered && now - deadlineNanos > 0) {
      refuse(new Failure(Failure.Code.DEADLINE, "the answer took longer than " + listener.options().requestMax().toMillis() + " ms – try again later"));
    } else if (requestBody != null && requestBody.stalledSince(stalled)) {
      bodyStalled();
    } else if (answerBody != null && answerBody.stalledSince(stalled) || answerFile != null && answerFile.stalledSince(stalled)) {
      clientGone();
      close();
    }
  }

  private void bodyStalled() {
    if (answered) {
      clientGone();
      close();
      return;
    }
    tooSlow("The body did not go on for too long – send it without pauses.");
  }

  private void tooSlow(String detail) {
    late = true;
    refusal = new Failure(Failure.Code.CANCELLED, "the client was too slow with its body");
    refused(new Problem(ProblemType.REQUEST_STALLED, detail));
  }

  /// Accounts for a piece of a body that is kept in memory until the body is whole. False when that is too much for this event loop; the client has its
  /// answer then.
  final boolean buffer(int bytes) {
    bufferedBytes += bytes;
    if (listener.buffer(bytes)) {
      return true;
    }
    refuse(new Failure(Failure.Code.OVERLOADED, "too many bodies are being read at this moment – try again in a moment"));
    return false;
  }

  final void bodyTooLarge(long bytesMax) {
    Failure failure = new Failure(Failure.Code.BODY_TOO_LARGE, "the body may have " + bytesMax + " bytes, and more were sent – send a smaller one");
    if (answered) {
      LOG.debug("a body went over its bound of {} bytes after the answer had begun", bytesMax);
      breakOff(failure);
      closeAfter();
      return;
    }
    refuse(failure);
  }

  private void refuse(Failure failure) {
    refusal = failure;
    failed(failure);
  }

  /// Gives the client its answer. An answer after the client has gone, or after another one, is dropped.
  final void answer(ExchangeResponse answer) {
    if (answered || over) {
      drop(answer.body());
      return;
    }
    if (answer.status() < 200 && !(handshake != null && answer.grantsWebSocket())) {
      drop(answer.body());
      failed(new Failure(Failure.Code.COMPONENT_FAILED, "the component failed", "it answered " + answer.status() + " to a request that did not ask for a WebSocket"));
      return;
    }
    answered = true;
    if (refusal != null) {
      breakOff(refusal);
    }
    if (answer.status() == 101) {
      handshake.grant(answer, this);
      return;
    }
    try {
      writeHead(answer);
      writeBody(answer);
    } catch (RuntimeException e) {
      LOG.warn("an answer could not be written to the client: {}", String.valueOf(e));
      drop(answer.body());
      answerBroke(Failure.of(e));
    }
  }

  /// This listener closes: whoever is at the other end of a WebSocket is told.
  final void goAway() {
    if (isSocket()) {
      handshake.goAway();
    }
  }

  /// A WebSocket has come to its end.
  final void socketOver() {
    if (!over) {
      end();
    }
  }

  /// What a status is called that the HTTP library has no name for: its class; empty for one that it names.
  private static String reason(int status) {
    String known = HttpResponseStatus.valueOf(status).reasonPhrase();
    return status == 418 ? "I'm a teapot" : known.endsWith("(" + status + ")") ? known.substring(0, known.indexOf('(')).strip() : "";
  }

  private void writeHead(ExchangeResponse answer) {
    response.setStatusCode(answer.status());
    String reason = answer.reason().isEmpty() ? reason(answer.status()) : answer.reason();
    if (!reason.isEmpty()) {
      response.setStatusMessage(reason);
    }
    MultiMap headers = response.headers();
    answer.headers().forEach((name, value) -> {
      if (!HopByHop.staysInAnswer(name)) {
        headers.add(name, value);
      }
    });
    dress(headers);
    if (!headers.contains("date")) {
      headers.set("date", listener.date());
    }
    if (!(answer.body() instanceof Body.Stream) && requestBody != null && !requestBody.ended() && (late || !requestBody.isShort()) && !Listener.isHttp2(request)) {
      headers.set("connection", "close");
      closesAfter = true;
    }
  }

  private void writeBody(ExchangeResponse answer) {
    boolean head = request.method() == HttpMethod.HEAD;
    boolean none = head || answer.status() == 204 || answer.status() == 304;
    switch (answer.body()) {
      case Body.Empty() -> {
        if (head && answer.headers().contains("content-length")) {
          response.headers().set("content-length", answer.headers().get("content-length"));
        }
        endWith(null);
      }
      case Body.Bytes(Buffer bytes) -> {
        if (head) {
          response.headers().set("content-length", Integer.toString(bytes.length()));
        }
        endWith(none ? null : bytes);
      }
      case Body.Stream stream when none -> {
        cancellation.cancel(new Failure(Failure.Code.CANCELLED, "the answer has no body"));
        endWith(null);
      }
      case Body.Stream(FileBody file, _) when AnswerFile.suits(request) -> {
        response.headers().set("content-length", Long.toString(file.length()));
        answerFile = new AnswerFile(this, file, request);
        answerFile.start();
      }
      case Body.Stream stream -> {
        long length = stream.length().orElse(-1);
        if (length >= 0) {
          response.headers().set("content-length", Long.toString(length));
        } else if (request.version() == HttpVersion.HTTP_1_1) {
          response.setChunked(true);
        } else if (request.version() == HttpVersion.HTTP_1_0) {
          response.headers().set("connection", "close");
          closesAfter = true;
        }
        if (length >= 0 || request.version() != HttpVersion.HTTP_1_0) {
          response.writeHead();
        }
        answerBody = new AnswerBody(this, stream.stream(), response, length);
        answerBody.start();
      }
    }
  }

  private void endWith(Buffer bytes) {
    if (bytes == null) {
      response.end();
    } else {
      response.end(bytes);
    }
    answerEnded();
  }

  final void answerEnded() {
    if (over) {
      return;
    }
    finished();
    if (requestBody != null && !requestBody.ended()) {
      closeAfter();
    } else if (closesAfter) {
      close();
    } else {
      end();
    }
  }

  /// The answer's body broke off: the client must not take what it has for the whole.
  final void answerBroke(Failure failure) {
    LOG.debug("an answer broke off: {} {}", failure.getMessage(), failure.detail());
    end();
    breakOff(failure);
    if (Listener.isHttp2(request)) {
      response.reset(HTTP2_INTERNAL_ERROR);
    } else {
      close();
    }
  }

  /// Lets the client finish sending what nobody reads, then forgets the exchange.
  private void closeAfter() {
    over = true;
    if (Listener.isHttp2(request)) {
      requestBody.fail(new Failure(Failure.Code.CANCELLED, "the answer ended before the body"));
      if (response.ended()) {
        response.reset(HTTP2_NO_ERROR);
      }
      end();
      return;
    }
    dropUntil = System.nanoTime() + (late ? LATE_NANOS_MAX : DROP_NANOS_MAX);
    requestBody.drain(DROPPED_BYTES_MAX, closesAfter ? this::close : this::end, this::close);
  }

  private void close() {
    end();
    request.connection().close();
  }

  private void end() {
    over = true;
    finished();
    listener.buffer(-bufferedBytes);
    bufferedBytes = 0;
    listener.ended(this);
  }

  /// Nobody takes this answer. What makes its body learns that by the cancellation.
  private void drop(Body body) {
    if (body instanceof Body.Stream) {
      cancellation.cancel(new Failure(Failure.Code.CANCELLED, "nobody waits for the answer any more"));
    }
  }
}
