package dev.tenon.bus.client;

import dev.tenon.bus.json.Json;
import dev.tenon.bus.json.JsonException;
import dev.tenon.bus.json.JsonReader;
import io.vertx.core.MultiMap;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/// A component answered with a failure: a status from 400 on, mostly with a problem document.
///
/// Which [#type()]s there are is part of a contract; generated code has them as a type of its own, e.g. `AuthProblemType.of(problem.type())`.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457: Problem Details for HTTP APIs</a>
public final class ProblemException extends VertxException {

  private static final long serialVersionUID = 1L;

  /// The type of a failure that names none.
  public static final String UNNAMED = "about:blank";

  private final String operation;
  private final int status;
  private final transient MultiMap headers;
  private final transient Buffer body;
  private final transient Json document;

  ProblemException(String operation, int status, MultiMap headers, Buffer body, Json document) {
    super(operation + " answered " + status + document.get("detail").or(() -> document.get("title")).flatMap(Json::asString).map(text -> ": " + text).orElse(""), true);
    this.operation = operation;
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.document = document;
  }

  static ProblemException of(String operation, int status, MultiMap headers, Buffer body) {
    return new ProblemException(operation, status, headers, body, document(headers, body));
  }

  /// What was called: `auth getPlan`.
  public String operation() {
    return operation;
  }

  public int status() {
    return status;
  }

  /// The kind of problem, a URI reference; [#UNNAMED] where the answer was no problem document or names none.
  public String type() {
    return text("type").orElse(UNNAMED);
  }

  /// The kind of problem in a few words; empty where the answer has none.
  public String title() {
    return text("title").orElse("");
  }

  /// What went wrong this time; empty where the answer does not say.
  public String detail() {
    return text("detail").orElse("");
  }

  /// Names this occurrence, for a search in the logs.
  public Optional<String> instance() {
    return text("instance");
  }

  /// The whole problem document, with the members of its own that the contract may give it; an empty object where there was none.
  public Json document() {
    return document;
  }

  /// The first value of a header of the answer.
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  public Buffer body() {
    return body;
  }

  /// The body as the type that the contract has for this status.
  ///
  /// @throws JsonException when it is not of that type
  public <T> T body(JsonReader.Reader<T> reader) {
    return JsonReader.read(body, reader);
  }

  private Optional<String> text(String member) {
    return document.get(member).flatMap(Json::asString);
  }

  private static Json document(MultiMap headers, Buffer body) {
    if (ClientAnswer.isJson(ClientAnswer.essence(headers.get("content-type")))) {
      try {
        Json read = JsonReader.read(body, JsonReader::any);
        if (read.asObject().isPresent()) {
          return read;
        }
      } catch (JsonException notJson) {
        // the status says enough
      }
    }
    return Json.of(java.util.Map.of());
  }
}
