package dev.tenon.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.Body;
import dev.tenon.bus.Deadline;
import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.bus.Failure;
import dev.tenon.bus.client.AnswerException;
import dev.tenon.bus.client.ProblemException;
import dev.tenon.bus.client.TypedBody;
import dev.tenon.bus.identity.Identity;
import dev.tenon.bus.json.Json;
import dev.tenon.corpus.calls.CallsClient;
import dev.tenon.corpus.calls.CallsProblemType;
import dev.tenon.corpus.calls.Filled;
import dev.tenon.corpus.calls.Files;
import dev.tenon.corpus.calls.Kind;
import dev.tenon.corpus.calls.ParametersDeep;
import dev.tenon.corpus.calls.ParametersDeepTo;
import dev.tenon.corpus.calls.ParametersFilter;
import dev.tenon.corpus.calls.ParametersMatrix;
import dev.tenon.corpus.calls.ParametersOptions;
import dev.tenon.corpus.calls.Sent;
import dev.tenon.corpus.calls.StatusesAnswer;
import dev.tenon.contracts.auth.AuthClient;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Generated clients call a component over a real bus, and read what it answers.
class GeneratedClientTest {

  private final Vertx vertx = Vertx.vertx();
  private final ExchangeBus bus = ExchangeBus.of(vertx);
  private final Context caller = vertx.getOrCreateContext();
  private final ExchangeContext context = ExchangeContext.start(Deadline.after(Duration.ofSeconds(30))).withIdentity(new Identity("ada", Set.of("user")));
  private final CallsClient client = CallsClient.of(bus, context);
  private volatile Function<ExchangeRequest, Future<ExchangeResponse>> component = this::echo;

  @BeforeEach
  void serve() {
    await(() -> bus.serve("called", "1.0.0", request -> component.apply(request)));
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void parametersStandWhereAndHowTheContractSays() {
    ParametersOptions options = ParametersOptions.of()
        .withForm(List.of("a b", "c&d")).withJoined(List.of(1L, 2L)).withSpaced(List.of("x", "y")).withPiped(List.of("x", "y"))
        .withDeep(ParametersDeep.of().withFrom(1).withTo(ParametersDeepTo.of().withX(List.of("p", "q"))))
        .withExploded(Map.of("one", "1")).withFilter(ParametersFilter.of().withQ("ü")).withAt(OffsetDateTime.parse("2026-01-01T10:00:00+02:00"))
        .withOn(true).withXNumbers(List.of(7L, 8L)).withSession("s;1");
    Sent sent = await(() -> client.parameters("a/b ü", List.of("x", "y,z"), ParametersMatrix.of().withA("1").withB(2), Kind.LARGE, options));
    assertEquals("GET", sent.method());
    assertEquals("/parameters/a%2Fb%20%C3%BC/.x,y%2Cz/;a=1;b=2?kind=large&form=a%20b&form=c%26d&joined=1%2C2&spaced=x%20y&piped=x%7Cy"
        + "&deep%5Bfrom%5D=1&deep%5Bto%5D%5Bx%5D=p&deep%5Bto%5D%5Bx%5D=q&one=1&filter=%7B%22q%22%3A%22%C3%BC%22%7D&at=2026-01-01T10%3A00%3A00%2B02%3A00&on=true", sent.target());
    Map<String, String> headers = sent.headers().orElseThrow();
    assertEquals("7,8", headers.get("x-numbers"));
    assertEquals("session=s%3B1", headers.get("cookie"));
    assertEquals("application/json", headers.get("accept"));
  }

  @Test
  void whatMayBeLeftOutMayBeLeftOut() {
    Sent sent = await(() -> client.parameters("a", List.of("x"), ParametersMatrix.of(), Kind.SMALL));
    assertEquals("/parameters/a/.x/;?kind=small", sent.target());
    assertEquals(Optional.empty(), await(() -> client.optionalBody()).body());
    assertEquals(Optional.of("{\"name\":\"n\"}"), await(() -> client.optionalBody(Filled.of("n"))).body());
  }

  @Test
  void aPathThatWouldMeanAnotherIsNotSent() {
    for (String step : List.of("", ".", "..")) {
      assertThrows(IllegalArgumentException.class, () -> client.parameters(step, List.of("x"), ParametersMatrix.of(), Kind.SMALL), step);
    }
  }

  @Test
  void bodiesAreWrittenInEveryForm() {
    Filled filled = Filled.of("a&b").withTags(List.of("x", "y z")).withKind(Kind.of("new"));
    Sent json = await(() -> client.form(filled));
    assertEquals(Optional.of("{\"name\":\"a&b\",\"tags\":[\"x\",\"y z\"],\"kind\":\"new\"}"), json.body());
    assertEquals("application/json", json.headers().orElseThrow().get("content-type"));
    Sent form = await(() -> client.formWithForm(filled));
    assertEquals(Optional.of("name=a%26b&tags=x&tags=y%20z&kind=new"), form.body());
    Sent text = await(() -> client.formWithText("hällo"));
    assertEquals(Optional.of("hällo"), text.body());
    assertEquals("text/plain; charset=utf-8", text.headers().orElseThrow().get("content-type"));
    Sent files = await(() -> client.formWithMultipart(Files.of("t", Buffer.buffer("bytes")).withMore(List.of(Buffer.buffer("1"), Buffer.buffer("2"))).withMeta(filled)));
    String boundary = files.headers().orElseThrow().get("content-type").replace("multipart/form-data; boundary=", "");
    String body = files.body().orElseThrow();
    assertTrue(body.startsWith("--" + boundary + "\r\nContent-Disposition: form-data; name=\"title\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nt\r\n"), body);
    assertTrue(body.contains("name=\"file\"; filename=\"file\"\r\nContent-Type: application/octet-stream\r\n\r\nbytes\r\n"), body);
    assertEquals(3, body.split("; name=\"more\"", -1).length);
    assertTrue(body.contains("name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"name\""), body);
    assertTrue(body.endsWith("\r\n--" + boundary + "--\r\n"), body);
  }

  @Test
  void bytesStreamInBothDirections() {
    component = request -> Future.succeededFuture(new ExchangeResponse(200, "", headers("content-type", request.headers().get("content-type")), request.body()));
    byte[] large = new byte[3 * 1024 * 1024];
    large[large.length - 1] = 7;
    Buffer back = await(() -> client.bytes(Body.of(Buffer.buffer(large))).compose(body -> body.collect(large.length)));
    assertEquals(Buffer.buffer(large), back);
    TypedBody picture = await(() -> client.pictures(new TypedBody("image/jpeg", Body.of(Buffer.buffer("x")))));
    assertEquals("image/jpeg", picture.mediaType());
    AnswerException other = fails(AnswerException.class, () -> client.pictures(new TypedBody("image/gif", Body.of(Buffer.buffer("x")))));
    assertEquals("called pictures answered 200 with image/gif, which its contract does not have – the two do not fit together", other.getMessage());
  }

  @Test
  void answersOfSeveralStatusesAreToldApart() {
    assertEquals(new StatusesAnswer.Ok(Sent.of("GET", "/")), status(200, "application/json", "{\"method\":\"GET\",\"target\":\"/\"}"));
    assertEquals("/later", assertInstanceOf(StatusesAnswer.Accepted.class, status(202, "", "")).headers().get("location"));
    assertEquals(new StatusesAnswer.NoContent(), status(204, "", ""));
    assertEquals(new StatusesAnswer.Success(201, "hello"), status(201, "text/plain", "hello"));
    component = request -> answer(304, "", "");
    assertEquals("called statuses answered 304, which its contract does not have – the two do not fit together",
        fails(AnswerException.class, () -> client.statuses(304)).getMessage());
  }

  @Test
  void failuresAreProblemsOfTheContract() {
    component = request -> answer(409, "application/problem+json", "{\"type\":\"urn:calls:full\",\"title\":\"Full\",\"status\":409,\"detail\":\"No room.\",\"left\":0}");
    ProblemException problem = fails(ProblemException.class, () -> client.statuses(1));
    assertEquals("called statuses answered 409: No room.", problem.getMessage());
    assertEquals(List.of(409, "urn:calls:full", "Full", "No room."), List.of(problem.status(), problem.type(), problem.title(), problem.detail()));
    assertEquals(Json.of(0), problem.document().get("left").orElseThrow());
    assertEquals(Optional.of("application/problem+json"), problem.header("Content-Type"));
    String said = switch (CallsProblemType.of(problem.type())) {
      case CallsProblemType.Known.FULL -> "full";
      case CallsProblemType.Known.FULL2, CallsProblemType.Known.NOT_NOW -> "other";
      case CallsProblemType.Unknown(String type) -> type;
    };
    assertEquals("full", said);
    component = request -> answer(500, "text/html", "<h1>Oops</h1>");
    ProblemException other = fails(ProblemException.class, () -> client.nothing());
    assertEquals(List.of(500, "about:blank", "", "<h1>Oops</h1>"), List.of(other.status(), other.type(), other.title(), other.body().toString()));
  }

  @Test
  void whatTheContractDoesNotSayIsNotTaken() {
    component = request -> answer(200, "application/json", "{\"method\":7}");
    assertEquals("called optionalBody answered 200 with a body that is not as its contract says: \"/method\" is a number, not a string",
        fails(AnswerException.class, () -> client.optionalBody()).getMessage());
    component = request -> answer(200, "text/html", "<p>");
    assertEquals("called optionalBody answered 200 with text/html, which its contract does not have – the two do not fit together",
        fails(AnswerException.class, () -> client.optionalBody()).getMessage());
  }

  @Test
  void headersOfAnAnswerComeWithIt() {
    component = request -> Future.succeededFuture(new ExchangeResponse(200, "", headers("content-type", "application/json").add("etag", "\"1\""),
        Body.of(Buffer.buffer("{\"method\":\"GET\",\"target\":\"/\"}"))));
    var answered = await(() -> client.headers());
    assertEquals(Optional.of("\"1\""), answered.header("ETag"));
    assertEquals("GET", answered.body().method());
  }

  @Test
  void theCallerChoosesTheMediaType() {
    assertEquals("application/json", await(() -> client.either()).headers().orElseThrow().get("accept"));
    component = request -> answer(200, request.headers().get("accept"), request.headers().get("accept"));
    assertEquals("text/csv", await(() -> client.eitherAsText()));
    assertEquals("text/event-stream", await(() -> client.eitherAsEvents().compose(body -> body.collect(100))).toString());
  }

  @Test
  void aCallHasDeadlineIdentityAndCancellationOfItsExchange() {
    Promise<ExchangeContext> seen = Promise.promise();
    component = request -> {
      seen.complete(request.context());
      return Promise.<ExchangeResponse>promise().future();
    };
    Future<Void> call = on(() -> client.nothing());
    ExchangeContext inside = await(seen::future);
    assertEquals("ada", inside.identity().orElseThrow().subject());
    assertEquals(context.deadline(), inside.deadline());
    assertEquals(context.trace().traceId(), inside.trace().traceId());
    context.cancellation().cancel(new Failure(Failure.Code.CANCELLED, "gone"));
    assertEquals("gone", fails(Failure.class, () -> call).getMessage());
    assertTrue(inside.cancellation().cancelled());
    Failure nobody = fails(Failure.class, () -> AuthClient.of(bus, ExchangeContext.start(Deadline.after(Duration.ofSeconds(5)))).getPlan("me"));
    assertEquals(Failure.Code.NOBODY_THERE, nobody.code());
  }

  private StatusesAnswer status(int status, String type, String body) {
    component = request -> {
      MultiMap headers = type.isEmpty() ? headers("location", "/later") : headers("content-type", type);
      return Future.succeededFuture(new ExchangeResponse(status, "", headers, Body.of(Buffer.buffer(body))));
    };
    return await(() -> client.statuses(status));
  }

  private Future<ExchangeResponse> echo(ExchangeRequest request) {
    return request.body().collect(1 << 20).compose(body -> {
      Map<String, String> headers = new LinkedHashMap<>();
      request.headers().forEach(header -> headers.put(header.getKey().toLowerCase(), header.getValue()));
      Sent sent = Sent.of(request.method(), request.target()).withHeaders(headers);
      return answer(200, "application/json", (body.length() == 0 ? sent : sent.withBody(body.toString())).toJson().toString());
    });
  }

  private static Future<ExchangeResponse> answer(int status, String type, String body) {
    return Future.succeededFuture(new ExchangeResponse(status, "", type.isEmpty() ? headers("x-none", "1") : headers("content-type", type), Body.of(Buffer.buffer(body))));
  }

  private static MultiMap headers(String name, String value) {
    return MultiMap.caseInsensitiveMultiMap().add(name, value);
  }

  private <T> Future<T> on(Supplier<Future<T>> call) {
    Promise<T> promise = Promise.promise();
    caller.runOnContext(go -> call.get().onComplete(promise));
    return promise.future();
  }

  private <T> T await(Supplier<Future<T>> call) {
    try {
      return on(call).toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failed) {
      throw new AssertionError(failed);
    }
  }

  private <E extends Throwable> E fails(Class<E> type, Supplier<? extends Future<?>> call) {
    Promise<Throwable> failed = Promise.promise();
    caller.runOnContext(go -> call.get().onComplete(done -> failed.complete(done.cause())));
    return assertInstanceOf(type, await(failed::future));
  }
}
