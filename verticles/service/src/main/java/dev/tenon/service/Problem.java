package dev.tenon.service;

import io.vertx.core.VertxException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A request that cannot be served, for a reason its sender should know. Answered as a problem document.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457: Problem Details for HTTP APIs</a>
public final class Problem extends VertxException {

  private static final long serialVersionUID = 1L;

  /// One thing that is wrong with the body.
  ///
  /// @param pointer JSON pointer into the body
  public record Violation(String pointer, String detail) {}

  private final String type;
  private final int status;
  private final String title;
  private final List<Violation> violations;
  private final Map<String, String> headers;

  /// @param type names the kind of problem, e.g. `urn:tenon:auth:email-taken`; the contract documents it
  /// @param title the kind in a few words, always the same
  /// @param detail what went wrong this time, and what to do about it
  public Problem(int status, String type, String title, String detail) {
    this(status, type, title, detail, List.of(), Map.of());
  }

  private Problem(
      int status, String type, String title, String detail, List<Violation> violations, Map<String, String> headers) {
    super(detail, true);
    this.status = status;
    this.type = type;
    this.title = title;
    this.violations = List.copyOf(violations);
    this.headers = Map.copyOf(headers);
  }

  /// 422: the body is JSON, but its values cannot be used.
  public static Problem invalidBody(Violation... violations) {
    return new Problem(422, "urn:tenon:problem:body-invalid", "Invalid body",
        "The body of the request is not as the contract says.", List.of(violations), Map.of());
  }

  /// 400: the body is not JSON.
  public static Problem notJson() {
    return new Problem(400, "urn:tenon:problem:body-not-json", "Body not JSON",
        "The body of the request cannot be read as a JSON object – send one.");
  }

  /// 401: nobody is known as the caller.
  public static Problem unauthenticated() {
    return new Problem(401, "urn:tenon:problem:token-missing", "Access token missing",
        "This operation needs an access token – send it as \"Authorization: Bearer <token>\".")
        .withHeader("www-authenticate", "Bearer realm=\"tenon\"");
  }

  /// 503: the service's database does not answer right now.
  public static Problem unavailable() {
    return new Problem(503, "urn:tenon:problem:database-unavailable", "Database not available",
        "The database of this component does not answer right now – try again in a moment.").withHeader("retry-after", "1");
  }

  /// The same with a response header.
  public Problem withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(status, type, title, getMessage(), violations, more);
  }

  public int status() {
    return status;
  }

  public String type() {
    return type;
  }

  /// The response.
  public Reply reply() {
    JsonObject document = new JsonObject()
        .put("type", type).put("title", title).put("status", status).put("detail", getMessage());
    if (!violations.isEmpty()) {
      JsonArray errors = new JsonArray();
      violations.forEach(one -> errors.add(new JsonObject().put("pointer", one.pointer()).put("detail", one.detail())));
      document.put("errors", errors);
    }
    Reply reply = Reply.json(status, document).withHeader("content-type", "application/problem+json");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      reply = reply.withHeader(header.getKey(), header.getValue());
    }
    return reply;
  }
}
