package dev.tenon.gateway;

import dev.tenon.bus.Body;
import dev.tenon.bus.Deadline;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import dev.tenon.bus.TraceContext;
import dev.tenon.bus.identity.Identity;
import dev.tenon.contract.MediaType;
import dev.tenon.contract.Operation;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A request on its way through the edge: path and method, size, caller, media type, parameters, body, component, answer. The first step that finds
/// something wrong answers, and nothing behind it happens.
final class GatewayExchange extends ClientExchange implements EdgeRouter.Led {

  /// Bodies up to this size are checked on the event loop, in at most some hundred microseconds; larger ones on threads of their own.
  static final int CHECKED_ON_LOOP_BYTES_MAX = 16 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final Problem HOST_UNCLEAR = new Problem(ProblemType.REQUEST_MALFORMED, "The request does not name its host once, as host or host:port.");

  private final Gateway gateway;
  private final String requestId;
  private final long startNanos = System.nanoTime();
  private Target target;
  private OperationPlan plan;
  private RequestBody body;
  private Optional<Identity> identity = Optional.empty();
  private WebSocketHandshake upgrade;
  private boolean counted;

  GatewayExchange(Gateway gateway, Listener listener, HttpServerRequest request) {
    super(listener, request);
    this.gateway = gateway;
    this.requestId = RequestIds.of(request.headers().get("x-request-id"));
  }

  void start() {
    guarded(() -> {
      Optional<Target> parsed = Target.parse(ForwardedRequest.target(request));
      if (!Authority.isPlain(request) || !Authority.isSingle(request)) {
        turnAway(HOST_UNCLEAR);
      } else if (parsed.isEmpty()) {
        turnAway(new Problem(ProblemType.REQUEST_MALFORMED, "The path has a backslash, a dot segment or a character that a URL cannot have – send it in its plain form."));
      } else {
        target = parsed.get();
        gateway.router().lead(request, this);
      }
    });
  }

  @Override
  public String path() {
    return target.path();
  }

  @Override
  public void arrives(EdgePath path, OperationPlan found) {
    guarded(() -> {
      plan = found;
      gateway.options().metrics().began(found.component());
      if (hasBody(request)) {
        body = requestBody(bytesMax());
      }
      if (fits()) {
        identify(() -> checkRequest(path.template().values(target.path())));
      }
    });
  }

  @Override
  public void hasOtherMethod(EdgePath path) {
    guarded(() -> {
      if (request.method().name().equals("OPTIONS")) {
        leaveBody();
        answer(gateway.preflight(request, path.allow()));
      } else {
        turnAway(new Problem(ProblemType.METHOD_NOT_ALLOWED, "This path does not know the method – use one of " + path.allow() + ".").withHeader("allow", path.allow()));
      }
    });
  }

  @Override
  public void isNowhere() {
    guarded(() -> {
      boolean reads = (request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD) && !hasBody(request);
      Optional<ExchangeResponse> page = reads ? gateway.docs().answer(target.path(), request.headers()) : Optional.empty();
      page.ifPresentOrElse(this::answer, () -> askForAsset(reads ? 0 : Integer.MAX_VALUE));
    });
  }

  /// Asks whoever has files for one at this path, which is no contract's.
  private void askForAsset(int next) {
    List<String> assets = gateway.options().assets();
    if (next >= assets.size()) {
      turnAway(new Problem(ProblemType.PATH_UNKNOWN, "There is nothing at this path."));
      return;
    }
    gateway.bus().call(assets.get(next), exchangeRequest(Body.EMPTY)).onComplete((response, failure) -> onLoop(() -> {
      if (failure == null && (over() || response.status() != 404 || !(response.body() instanceof Body.Empty))) {
        answer(response);
      } else if (!over()) {
        askForAsset(next + 1);
      }
    }));
  }

  @Override
  public void isNotTaken(int status, Throwable cause) {
    if (status == 400) {
      guarded(() -> turnAway(HOST_UNCLEAR));
    } else {
      bug(cause);
    }
  }

  private void turnAway(Problem problem) {
    leaveBody();
    refused(problem);
  }

  private void leaveBody() {
    if (hasBody(request)) {
      body = requestBody(0);
    }
  }

  private long bytesMax() {
    return Math.min(plan.operation().bodyBytesMax(), listener.options().bodyBytesMax());
  }

  private boolean fits() {
    if (body != null && length(request) > bytesMax()) {
      bodyTooLarge(bytesMax());
      return false;
    }
    String expect = request.headers().get("expect");
    if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
      refused(new Problem(ProblemType.EXPECTATION_FAILED, "Only \"Expect: 100-continue\" is understood."));
      return false;
    }
    return true;
  }

  private void identify(Runnable then) {
    if (!plan.looksAtTokens()) {
      then.run();
      return;
    }
    gateway.callers().identify(plan, request.headers().getAll("authorization")).onComplete(result -> onLoop(() -> {
      if (over()) {
        return;
      }
      switch (result.result()) {
        case Callers.Known known -> {
          identity = Optional.of(known.identity());
          then.run();
        }
        case Callers.Anybody anybody -> then.run();
        case Callers.Refused refused -> refused(refused.problem());
      }
    }));
  }

  private void checkRequest(List<String> pathValues) {
    Operation operation = plan.operation();
    Optional<MediaType> type = Optional.empty();
    if (body != null && operation.requestBody().isEmpty() && !mayBeEmpty()) {
      refused(new Problem(ProblemType.BODY_UNEXPECTED, "This operation takes no body – send none."));
      return;
    }
    if (operation.requestBody().isPresent()) {
      if (body == null && operation.requestBody().get().required()) {
        refused(bodyMissing());
        return;
      }
      if (body != null) {
        MediaTypeCheck check = MediaTypeCheck.of(request.headers(), operation.requestBody().get());
        if (check.problem().isPresent()) {
          refused(check.problem().get());
          return;
        }
        type = check.type();
      }
    }
    List<Problem.Violated> violated = plan.parameters().check(pathValues, target.query(), request.headers());
    if (!violated.isEmpty()) {
      refused(new Problem(ProblemType.PARAMETERS_INVALID, counted(violated.size(), "parameter") + " not as the contract says.").withErrors(violated));
      return;
    }
    takeBody(type);
  }

  /// Over HTTP/2 the end of the headers does not say that there is a body.
  private boolean mayBeEmpty() {
    return Listener.isHttp2(request) && length(request) < 0;
  }

  private static Problem bodyMissing() {
    return new Problem(ProblemType.BODY_MISSING, "This operation needs a body, and none was sent.");
  }

  private static String counted(int count, String what) {
    return count == 1 ? "One " + what + " of the request is" : count + " of the " + what + "s of the request are";
  }

  private void takeBody(Optional<MediaType> type) {
    if (WebSocketHandshake.isAsked(request) && AnswerCheck.grantsWebSockets(plan.operation())) {
      upgrade = handshake();
      upgrade.problem().ifPresentOrElse(this::refused, () -> call(upgrade.body()));
      return;
    }
    long length = length(request);
    if (body == null) {
      call(Body.EMPTY);
    } else if (type.isPresent() && BodyCheck.isNeeded(type.get())) {
      new WholeBody(this, body, Math.clamp(length, -1, Integer.MAX_VALUE)).read(whole -> checkBody(whole, type.get()), this::failed);
    } else if (length >= 0 && length <= Body.INLINE_BYTES_MAX || plan.operation().requestBody().isEmpty()) {
      new WholeBody(this, body, Math.clamp(length, -1, Integer.MAX_VALUE)).read(this::takeUnchecked, this::failed);
    } else {
      call(new Body.Stream(body, length < 0 ? OptionalLong.empty() : OptionalLong.of(length)));
    }
  }

  private void takeUnchecked(Buffer whole) {
    if (whole.length() > 0 && plan.operation().requestBody().isEmpty()) {
      refused(new Problem(ProblemType.BODY_UNEXPECTED, "This operation takes no body – send none."));
    } else {
      call(Body.of(whole));
    }
  }

  private void checkBody(Buffer whole, MediaType type) {
    if (whole.length() == 0) {
      if (plan.operation().requestBody().orElseThrow().required()) {
        refused(bodyMissing());
      } else {
        call(Body.EMPTY);
      }
      return;
    }
    check(whole, type, request.headers().get("content-type"), result -> {
      switch (result) {
        case BodyCheck.Valid valid -> call(Body.of(whole));
        case BodyCheck.NotJson wrong -> refused(new Problem(ProblemType.BODY_NOT_JSON, "The body is not JSON at " + wrong.where() + ": " + wrong.why() + "."));
        case BodyCheck.Malformed wrong -> refused(new Problem(ProblemType.BODY_MALFORMED, "The body is not " + type.range() + ": " + wrong.why() + "."));
        case BodyCheck.Invalid invalid -> refused(new Problem(ProblemType.BODY_INVALID, "The body of the request is not as the contract says.")
            .withErrors(invalid.violations().stream().map(each -> new Problem.Violated("pointer", each.pointer(), each.detail())).toList()));
      }
    });
  }

  /// Checks a body where that holds nobody up. `then` runs on the event loop, unless the client has gone meanwhile.
  private void check(Buffer whole, MediaType type, String contentType, Consumer<BodyCheck> then) {
    if (whole.length() <= CHECKED_ON_LOOP_BYTES_MAX) {
      then.accept(BodyCheck.of(whole, type, contentType));
      return;
    }
    gateway.validations().run(listener.context(), () -> BodyCheck.of(whole, type, contentType)).onComplete(result -> {
      if (over()) {
        return;
      }
      if (result.succeeded()) {
        guarded(() -> then.accept(result.result()));
      } else {
        failed(new Failure(Failure.Code.OVERLOADED, "too many large bodies are being checked – try again in a moment"));
      }
    });
  }

  private void call(Body whole) {
    if (over()) {
      return;
    }
    Future<ExchangeResponse> answer;
    try {
      answer = gateway.bus().call(plan.component(), exchangeRequest(whole));
    } catch (RuntimeException e) {
      bug(e);
      return;
    }
    answer.onComplete((response, failure) -> onLoop(() -> {
      if (failure != null && over()) {
        LOG.debug("request {}: \"{}\" ended after its client was gone – {}", requestId, plan.component(), failure.getMessage());
      } else if (failure != null) {
        failed(Failure.of(failure));
      } else {
        guarded(() -> checkAnswer(response));
      }
    }));
  }

  private ExchangeRequest exchangeRequest(Body content) {
    String authority = Listener.isHttp2(request) ? ForwardedRequest.authority(request) : ForwardedRequest.hostOf(request);
    MultiMap headers = Listener.isHttp2(request) ? ForwardedRequest.copyOfHttp2(request, authority) : request.headers();
    TraceContext trace = Optional.ofNullable(headers.get("traceparent")).flatMap(TraceContext::parse).map(TraceContext::child).orElseGet(TraceContext::start);
    if (upgrade == null) {
      HopByHop.strip(headers);
    } else {
      headers = upgrade.headers();
    }
    headers.remove("expect");
    headers.remove("forwarded");
    headers.set("x-request-id", requestId);
    headers.set("traceparent", trace.traceparent());
    headers.set("x-forwarded-for", client.address());
    headers.set("x-forwarded-proto", request.scheme());
    headers.set("x-real-ip", client.address());
    headers.set("cf-connecting-ip", client.address());
    deadline(Deadline.after(listener.options().requestMax()).nanoTime());
    ExchangeContext context = new ExchangeContext(
        inside(content), identity, trace, 1, Optional.empty(), cancellation);
    String method = request.method().name();
    boolean asGet = method.equals("HEAD") && plan != null && plan.operation().method().equals("GET");
    return new ExchangeRequest(asGet ? "GET" : method, request.scheme(), authority == null ? "localhost" : authority, ForwardedRequest.target(request), headers, content, context, client.connection(request.version()));
  }

  private void checkAnswer(ExchangeResponse response) {
    if (over() || answered()) {
      answer(response);
      return;
    }
    switch (AnswerCheck.of(response, plan.operation())) {
      case AnswerCheck.PassOn passOn -> answer(response);
      case AnswerCheck.Violates violates -> {
        violated(response, violates.how());
        cancellation.cancel(new Failure(Failure.Code.PROTOCOL, "the answer breaks the contract"));
      }
      case AnswerCheck.CheckBody json -> response.body().collect(AnswerCheck.CHECKED_BYTES_MAX).onComplete((whole, failure) -> onLoop(() -> {
        if (failure != null) {
          broken(Failure.of(failure));
        } else {
          guarded(() -> checkAnswerBody(response, whole, json.type()));
        }
      }));
    }
  }

  private void broken(Failure failure) {
    failed(failure.code() == Failure.Code.BODY_TOO_LARGE
        ? new Failure(Failure.Code.COMPONENT_FAILED, "the component failed", "its answer, which is checked as a whole, is larger than " + AnswerCheck.CHECKED_BYTES_MAX + " bytes")
        : failure);
  }

  private void checkAnswerBody(ExchangeResponse response, Buffer whole, MediaType type) {
    check(whole, type, response.headers().get("content-type"), result -> {
      switch (result) {
        case BodyCheck.Valid valid -> answer(new ExchangeResponse(response.status(), response.reason(), response.headers(), Body.of(
            response.status() >= 400 && ComponentProblem.is(response.headers()) ? ComponentProblem.named(whole, requestId, type) : whole)));
        case BodyCheck.NotJson wrong -> violated(response, "the body is not JSON at " + wrong.where() + ": " + wrong.why());
        case BodyCheck.Malformed wrong -> violated(response, "the body is not " + type.range() + ": " + wrong.why());
        case BodyCheck.Invalid invalid -> violated(response, "the body is not as its schema says: " + invalid.violations().stream()
            .map(each -> (each.pointer().isEmpty() ? "it" : each.pointer()) + " " + each.detail()).toList());
      }
    });
  }

  private void violated(ExchangeResponse response, String how) {
    LOG.error("request {}: the answer of \"{}\" to {} breaks its contract – status {}, {}", requestId, plan.component(), plan.operation().id(), response.status(), how);
    Problem problem = new Problem(ProblemType.ANSWER_INVALID, "The component's answer is not as its contract says – the log has it under " + requestId + ".");
    answer((gateway.options().openness().explains()
        ? problem.withErrors(List.of(new Problem.Violated("component", plan.component(), "status " + response.status() + ": " + how)))
        : problem).answer(requestId));
  }

  @Override
  void failed(Failure failure) {
    if (!failure.code().visible() || !failure.detail().isEmpty()) {
      LOG.error("request {}: \"{}\" failed – {} {} {}", requestId, plan == null ? "" : plan.component(), failure.code(), failure.getMessage(), failure.detail());
    }
    answer(FailureProblems.of(failure, requestId).answer(requestId));
  }

  @Override
  void finished() {
    if (counted) {
      return;
    }
    counted = true;
    int status = answered() ? response.getStatusCode() : EdgeMetrics.CLIENT_GONE;
    if (plan == null) {
      gateway.options().metrics().turnedAway(status);
    } else {
      gateway.options().metrics().ended(plan.component(), plan.operation().id(), plan.operation().method(), status, System.nanoTime() - startNanos);
    }
  }

  @Override
  void dress(MultiMap headers) {
    headers.set("x-request-id", requestId);
    if (response.getStatusCode() >= 400 && !headers.contains("cache-control") && ComponentProblem.is(headers)) {
      headers.set("cache-control", "no-store");
    }
    gateway.dress(request, headers);
  }

  @Override
  void refused(Problem problem) {
    answer(problem.answer(requestId));
  }

  private void bug(Throwable e) {
    LOG.error("request {}: the edge failed", requestId, e);
    refused(new Problem(ProblemType.EDGE_FAILED, "Something went wrong in the edge – the log has it under " + requestId + "."));
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      bug(e);
    }
  }

  private void onLoop(Runnable step) {
    if (listener.onLoop()) {
      guarded(step);
    } else {
      listener.runOnLoop(() -> guarded(step));
    }
  }
}
