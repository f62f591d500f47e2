package dev.tenon.service;

import dev.tenon.bus.Deadline;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.identity.Identity;
import dev.tenon.bus.json.JsonException;
import dev.tenon.bus.json.JsonReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/// One call of an operation, its body whole in memory.
public final class Call {

  private final ExchangeRequest request;
  private final Map<String, String> path;
  private final Buffer body;

  Call(ExchangeRequest request, Map<String, String> path, Buffer body) {
    this.request = request;
    this.path = path;
    this.body = body;
  }

  /// The decoded value of a parameter of the path template.
  public String path(String parameter) {
    String value = path.get(parameter);
    if (value == null) {
      throw new IllegalArgumentException("path parameter '" + parameter + "' – the operation's path has none of this name – it has " + path.keySet());
    }
    return value;
  }

  /// The first value of a query parameter, decoded.
  public Optional<String> query(String parameter) {
    return QueryString.first(request.target(), parameter);
  }

  /// The first value of a header; names compare without case.
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.headers().get(name));
  }

  public Buffer body() {
    return body;
  }

  /// The body as the type that was generated for it from the contract.
  ///
  /// @param reader a method reference, e.g. `Credentials::read`
  /// @throws Problem 400 when it is not JSON, 422 when it is not of the type, with the place
  public <T> T body(JsonReader.Reader<T> reader) {
    try {
      return JsonReader.read(body, reader);
    } catch (JsonException wrong) {
      throw switch (wrong.kind()) {
        case NOT_JSON -> Problem.notJson();
        case NOT_AS_EXPECTED -> Problem.invalidBody(new Problem.Violation(wrong.pointer(), wrong.problem()));
      };
    }
  }

  /// The body as a JSON object.
  ///
  /// @throws Problem 400 when it is none
  public JsonObject json() {
    try {
      return new JsonObject(body);
    } catch (DecodeException | ClassCastException notOne) {
      throw Problem.notJson();
    }
  }

  /// Who calls, if the edge checked a token.
  public Optional<Identity> identity() {
    return request.context().identity();
  }

  /// Who calls.
  ///
  /// @throws Problem 401 when nobody is known
  public Identity caller() {
    return identity().orElseThrow(Problem::unauthenticated);
  }

  /// Until when the answer is wanted.
  public Deadline deadline() {
    return request.context().deadline();
  }

  /// For calls to other components on behalf of this one: use its [ExchangeContext#child()].
  public ExchangeContext context() {
    return request.context();
  }
}
