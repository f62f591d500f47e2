package dev.tenon.bus.client;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeBus;
import dev.tenon.bus.ExchangeContext;
import dev.tenon.bus.ExchangeRequest;
import dev.tenon.bus.json.Json;
import dev.tenon.bus.json.JsonWriter;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One call of an operation, filled in part by part and sent once. Not thread-safe.
///
/// It is made for an exchange: with its deadline, its identity and its trace, and it is cancelled when that is. A body that streams is the caller's
/// until it is sent.
public final class ClientCall {

  private final ExchangeBus bus;
  private final String component;
  private final String operation;
  private final ExchangeContext context;
  private final String method;
  private final StringBuilder path = new StringBuilder();
  private final StringBuilder query = new StringBuilder();
  private final StringBuilder cookies = new StringBuilder();
  private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
  private Body body = Body.EMPTY;

  /// @param component who is called
  /// @param operationId for messages
  /// @param context of the exchange that the call is made for; the call gets a child of it
  /// @param method in upper case
  public ClientCall(ExchangeBus bus, String component, String operationId, ExchangeContext context, String method) {
    this.bus = Objects.requireNonNull(bus, "bus");
    this.component = component;
    this.operation = component + " " + operationId;
    this.context = context;
    this.method = method;
  }

  // ---- where to ----------------------------------------------------------------------------------------------------

  /// A part of the path that is always the same, encoded already.
  public ClientCall path(String literal) {
    path.append(literal);
    return this;
  }

  /// A value in the path.
  ///
  /// @throws IllegalArgumentException when it is empty, or would be taken for a step to another folder
  public ClientCall path(String name, String value) {
    if (value.isEmpty() || value.equals(".") || value.equals("..")) {
      throw new IllegalArgumentException(operation + " – the path parameter \"" + name + "\" is \"" + value + "\", which no path can hold – give another value");
    }
    path.append(ParameterStyle.encoded(value));
    return this;
  }

  /// A value of several parts in the path.
  public ClientCall path(String name, Json value, ParameterStyle style, boolean explode) {
    path.append(style.inline(name, value, explode, ParameterStyle::encoded));
    return this;
  }

  public ClientCall query(String name, String value) {
    query.append(query.isEmpty() ? '?' : '&').append(ParameterStyle.encoded(name)).append('=').append(ParameterStyle.encoded(value));
    return this;
  }

  /// A value of several parts in the query.
  public ClientCall query(String name, Json value, ParameterStyle style, boolean explode) {
    style.pairs(name, value, explode).forEach(pair -> query(pair.name(), pair.value()));
    return this;
  }

  public ClientCall header(String name, String value) {
    headers.set(name, value);
    return this;
  }

  /// A value of several parts in a header.
  public ClientCall header(String name, Json value, boolean explode) {
    return header(name, ParameterStyle.SIMPLE.inline(name, value, explode, text -> text));
  }

  public ClientCall cookie(String name, String value) {
    cookies.append(cookies.isEmpty() ? "" : "; ").append(name).append('=').append(ParameterStyle.encoded(value));
    return this;
  }

  /// A value of several parts as a cookie.
  public ClientCall cookie(String name, Json value, boolean explode) {
    ParameterStyle.FORM.pairs(name, value, explode).forEach(pair -> cookie(pair.name(), pair.value()));
    return this;
  }

  // ---- what with ---------------------------------------------------------------------------------------------------

  /// The media types to be answered in, the best first.
  public ClientCall accept(String mediaTypes) {
    return header("accept", mediaTypes);
  }

  public <T> ClientCall json(String mediaType, T value, JsonWriter.Writer<? super T> writer) {
    return body(mediaType, Body.of(JsonWriter.write(value, writer)));
  }

  public ClientCall text(String mediaType, String text) {
    return body(mediaType.contains(";") ? mediaType : mediaType + "; charset=utf-8", Body.of(Buffer.buffer(text)));
  }

  /// An object's members as a form's fields.
  public ClientCall form(Json fields) {
    List<ParameterStyle.Pair> pairs = ParameterStyle.FORM.pairs("", fields, true);
    return body("application/x-www-form-urlencoded", Body.of(Buffer.buffer(pairs.stream()
        .map(pair -> ParameterStyle.encoded(pair.name()) + "=" + ParameterStyle.encoded(pair.value()))
        .collect(Collectors.joining("&")))));
  }

  public ClientCall multipart(MultipartForm form) {
    return body(form.mediaType(), Body.of(form.end()));
  }

  public ClientCall body(TypedBody typed) {
    return body(typed.mediaType(), typed.body());
  }

  public ClientCall body(String mediaType, Body given) {
    headers.set("content-type", mediaType);
    given.length().ifPresent(bytes -> headers.set("content-length", Long.toString(bytes)));
    body = given;
    return this;
  }

  // ---- sending -----------------------------------------------------------------------------------------------------

  /// Sends the call.
  ///
  /// @param read what the answer is, once its head is there
  /// @return completes on the caller's context; fails with a [ProblemException], an [AnswerException] or a [dev.tenon.bus.Failure]
  public <T> Future<T> send(Function<ClientAnswer, Future<T>> read) {
    if (!cookies.isEmpty()) {
      headers.set("cookie", cookies.toString());
    }
    ExchangeRequest request = new ExchangeRequest(method, "http", component, path.toString() + query, headers, body, context.child());
    return bus.call(component, request).compose(response -> read.apply(new ClientAnswer(operation, response)));
  }
}
