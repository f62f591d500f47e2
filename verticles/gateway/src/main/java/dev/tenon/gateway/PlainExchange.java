package dev.tenon.gateway;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.ExchangeHandler;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import dev.tenon.bus.TraceContext;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A request of [PlainEdge].
final class PlainExchange extends ClientExchange implements Completable<ExchangeResponse> {

  private static final Logger LOG = LoggerFactory.getLogger(PlainEdge.class);

  private final ExchangeHandler handler;
  private WebSocketHandshake upgrade;

  PlainExchange(Listener listener, HttpServerRequest request, ExchangeHandler handler) {
    super(listener, request);
    this.handler = handler;
  }

  void takeBody() {
    long length = length(request);
    long bytesMax = listener.options().bodyBytesMax();
    RequestBody body = requestBody(bytesMax);
    if (length > bytesMax) {
      bodyTooLarge(bytesMax);
    } else if (length >= 0 && length <= Body.INLINE_BYTES_MAX) {
      new WholeBody(this, body, (int) length).read(this::call, this::failed);
    } else {
      call(new Body.Stream(body, length < 0 ? OptionalLong.empty() : OptionalLong.of(length)));
    }
  }

  void takeUpgrade() {
    upgrade = handshake();
    upgrade.problem().ifPresentOrElse(this::refused, () -> call(upgrade.body()));
  }

  void refuseHost() {
    refused(new Problem(ProblemType.REQUEST_MALFORMED, "The request does not name its host once, as host or host:port."));
  }

  private void call(Buffer whole) {
    call(Body.of(whole));
  }

  void call(Body body) {
    if (over()) {
      return;
    }
    Future<ExchangeResponse> answer;
    try {
      answer = handler.handle(exchangeRequest(body));
    } catch (Throwable e) {
      failed(Failure.of(e));
      return;
    }
    answer.onComplete(this);
  }

  private ExchangeRequest exchangeRequest(Body body) {
    MultiMap headers = request.headers();
    String authority;
    if (Listener.isHttp2(request)) {
      authority = ForwardedRequest.authority(request);
      headers = ForwardedRequest.copyOfHttp2(request, authority);
    } else {
      authority = ForwardedRequest.hostOf(request);
    }
    Optional<TraceContext> trace = headers.contains("traceparent") ? TraceContext.parse(headers.get("traceparent")) : Optional.empty();
    if (upgrade == null) {
      HopByHop.strip(headers);
    } else {
      headers = upgrade.headers();
    }
    headers.set("cf-connecting-ip", client.address());
    ExchangeContext context = new ExchangeContext(
        inside(body), Optional.empty(), trace.isPresent() ? trace.get().child() : TraceContext.start(), 1, Optional.empty(), cancellation);
    return new ExchangeRequest(request.method().name(), request.scheme(), authority == null ? "localhost" : authority, ForwardedRequest.target(request), headers, body, context, client.connection(request.version()));
  }

  /// The component's answer, on whatever thread it was made.
  @Override
  public void complete(ExchangeResponse answer, Throwable failure) {
    if (!listener.onLoop()) {
      listener.runOnLoop(() -> complete(answer, failure));
    } else if (failure != null && over()) {
      LOG.debug("a request ended after its client was gone: {}", failure.getMessage());
    } else if (failure != null) {
      failed(Failure.of(failure));
    } else {
      answer(answer);
    }
  }

  @Override
  void failed(Failure failure) {
    String requestId = RequestIds.make();
    if (!failure.code().visible() || !failure.detail().isEmpty()) {
      LOG.warn("request {} failed: {} {}", requestId, failure.getMessage(), failure.detail());
    }
    answer(FailureProblems.of(failure, requestId).answer(requestId));
  }

  @Override
  void refused(Problem problem) {
    answer(problem.answer(RequestIds.make()));
  }
}
