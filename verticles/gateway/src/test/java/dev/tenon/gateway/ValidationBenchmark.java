package dev.tenon.gateway;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.contract.Contract;
import dev.tenon.contract.MediaType;
import dev.tenon.contract.Operation;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.validation.RequestValidator;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableRequest;
import io.vertx.openapi.validation.ValidatableResponse;
import io.vertx.openapi.validation.impl.RequestParameterImpl;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What it costs to validate the request and the response of one exchange, each with a JSON body of 1 KB: by the edge, by vertx-openapi, and by networknt, which
/// sees the two bodies only. `./mvnw -Pbench -pl verticles/gateway -am verify`
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class ValidationBenchmark {

  static final String YAML = """
      openapi: 3.1.0
      info: { title: orders, version: 1.0.0 }
      paths:
        /orders/{orderId}:
          post:
            operationId: change
            parameters:
              - { name: orderId, in: path, required: true, schema: { type: integer, minimum: 1 } }
              - { name: mode, in: query, required: true, schema: { type: string, enum: [dry, wet] } }
            requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
            responses:
              '200': { description: it, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
      components:
        schemas:
          Order:
            type: object
            additionalProperties: false
            required: [id, customer, currency, lines, createdAt]
            properties:
              id: { type: string, format: uuid }
              customer: { $ref: '#/components/schemas/Customer' }
              currency: { type: string, enum: [EUR, USD, GBP] }
              createdAt: { type: string, format: date-time }
              note: { type: [string, 'null'], maxLength: 500 }
              total: { type: number, minimum: 0, multipleOf: 0.01 }
              lines: { type: array, minItems: 1, maxItems: 100, items: { $ref: '#/components/schemas/Line' } }
          Customer:
            type: object
            required: [email, name]
            properties:
              email: { type: string, format: email, maxLength: 254 }
              name: { type: string, minLength: 1, maxLength: 100 }
              vip: { type: boolean }
          Line:
            type: object
            additionalProperties: false
            required: [sku, quantity, price]
            properties:
              sku: { type: string, pattern: '^[A-Z]{3}-[0-9]{4,8}$' }
              quantity: { type: integer, minimum: 1, maximum: 1000 }
              price: { type: number, exclusiveMinimum: 0 }
              tags: { type: array, uniqueItems: true, items: { type: string, maxLength: 20 } }
      """;

  static final String JSON = """
      {"id":"0192f1a4-7c1e-7d55-8c0a-3f2b9d1e6a70","customer":{"email":"ada.lovelace@example.org","name":"Ada Lovelace","vip":true},"currency":"EUR",\
      "createdAt":"2026-11-30T03:00:00.123Z","note":"Leave it at the neighbour's – she is at home in the morning.","total":1234.56,"lines":[%s]}""".formatted(
      IntStream.range(0, 9).mapToObj(i -> "{\"sku\":\"ABC-%05d\",\"quantity\":%d,\"price\":%d.95,\"tags\":[\"new\",\"blue\"]}".formatted(i, i + 1, i + 3)).collect(Collectors.joining(",")));

  private Vertx vertx;
  private Buffer body;
  private byte[] bytes;
  private Operation operation;
  private ParameterChecks parameters;
  private MultiMap headers;
  private ExchangeResponse answer;
  private RequestValidator requests;
  private ResponseValidator responses;
  private com.networknt.schema.Schema networknt;
  private tools.jackson.databind.ObjectMapper mapper;

  @Setup
  public void setUp() {
    Contract contract = Contract.parse("orders", YAML);
    body = Buffer.buffer(JSON);
    bytes = body.getBytes();
    operation = contract.operations().getFirst();
    parameters = new ParameterChecks(operation);
    headers = MultiMap.caseInsensitiveMultiMap().add("content-type", "application/json").add("content-length", Integer.toString(bytes.length)).add("host", "edge");
    answer = new ExchangeResponse(200, "", MultiMap.caseInsensitiveMultiMap().add("content-type", "application/json"), Body.of(body));
    vertx = Vertx.vertx();
    OpenAPIContract theirs = Await.result(OpenAPIContract.from(vertx, new JsonObject(contract.json())));
    requests = RequestValidator.create(vertx, theirs);
    responses = ResponseValidator.create(vertx, theirs);
    mapper = new tools.jackson.databind.ObjectMapper();
    networknt = SchemaRegistry.withDefaultDialect(Dialects.getDraft202012())
        .getSchema(new JsonObject(contract.json()).put("$ref", "#/components/schemas/Order").encode(), InputFormat.JSON);
  }

  @TearDown
  public void tearDown() {
    Await.result(vertx.close());
  }

  @Benchmark
  public Object edge() {
    if (!parameters.check(List.of("7"), "mode=dry", headers).isEmpty()) {
      throw new IllegalStateException("parameters");
    }
    MediaType request = MediaTypeCheck.of(headers, operation.requestBody().orElseThrow()).type().orElseThrow();
    if (!(BodyCheck.of(body, request, "application/json") instanceof BodyCheck.Valid)) {
      throw new IllegalStateException("request");
    }
    if (!(AnswerCheck.of(answer, operation) instanceof AnswerCheck.CheckBody check) || !(BodyCheck.of(body, check.type(), "application/json") instanceof BodyCheck.Valid)) {
      throw new IllegalStateException("answer");
    }
    return answer;
  }

  @Benchmark
  public Object vertxOpenApi() {
    ValidatableRequest request = new io.vertx.openapi.validation.impl.ValidatableRequestImpl(
        Map.of(), Map.of(), Map.of("orderId", new RequestParameterImpl("7")), Map.of("mode", new RequestParameterImpl("dry")), new RequestParameterImpl(body), "application/json");
    Await.result(requests.validate(request, "change"));
    return Await.result(responses.validate(ValidatableResponse.create(200, Map.of("content-type", "application/json"), body, "application/json"), "change"));
  }

  @Benchmark
  public Object networkntBodiesOnly() {
    if (!networknt.validate(mapper.readTree(bytes)).isEmpty() || !networknt.validate(mapper.readTree(bytes)).isEmpty()) {
      throw new IllegalStateException("networknt");
    }
    return networknt;
  }
}
