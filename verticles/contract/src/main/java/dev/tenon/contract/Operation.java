package dev.tenon.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One thing that a component does when asked.
///
/// @param method in upper case
/// @param path the path template: `/auth/users/{userId}/plan`
/// @param security the alternatives, each a set of schemes with the scopes they need, all of which must be met; no alternatives mean that anybody may call,
///        an empty alternative that the caller may stay unknown
/// @param idempotent whether doing it twice is the same as doing it once: by its method, or by `x-tenon-idempotent`
/// @param bodyBytesMax the largest request body: `x-tenon-body-bytes-max` of the operation, of its path or of the document, or [#BODY_BYTES_MAX_DEFAULT]
public record Operation(
    String id,
    String method,
    String path,
    List<Parameter> parameters,
    Optional<RequestBody> requestBody,
    List<Response> responses,
    List<Map<String, List<String>>> security,
    boolean idempotent,
    long bodyBytesMax,
    Location at) {

  /// The largest request body of an operation that names none.
  public static final long BODY_BYTES_MAX_DEFAULT = 1024 * 1024;

  public Operation {
    parameters = List.copyOf(parameters);
    responses = List.copyOf(responses);
    security = List.copyOf(security);
  }

  /// The response that a status falls under: itself, its hundred (`4XX`), or `default`.
  public Optional<Response> response(int status) {
    String exact = Integer.toString(status);
    String hundred = status / 100 + "XX";
    Response best = null;
    for (Response response : responses) {
      if (response.status().equals(exact)) {
        return Optional.of(response);
      }
      if (response.status().equals(hundred) || response.status().equals("default") && best == null) {
        best = response;
      }
    }
    return Optional.ofNullable(best);
  }
}
