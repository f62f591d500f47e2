package dev.tenon.gateway;

import dev.tenon.bus.Failure;
import java.util.Locale;

/// The closed list of what the edge itself answers with when a request does not get through. Names are permanent; each fixes its status.
///
/// A problem document's `type` is `urn:tenon:problem:` and the name in lower case with hyphens.
public enum ProblemType {
  /// The request line or the headers could not be understood.
  REQUEST_MALFORMED(400, "Malformed request"),
  /// A parameter is wrong, missing or unknown; `errors` names each.
  PARAMETERS_INVALID(400, "Invalid parameters"),
  /// The operation takes a body and none was sent, or it takes none and one was sent.
  BODY_MISSING(400, "Body missing"), BODY_UNEXPECTED(400, "Body not expected"),
  /// The body is not JSON; `detail` has line and column.
  BODY_NOT_JSON(400, "Body is not JSON"),
  BODY_MALFORMED(400, "Body malformed"),
  /// The body ended before its announced length.
  BODY_INCOMPLETE(400, "Body incomplete"),
  /// No access token, or one that was refused.
  TOKEN_MISSING(401, "Access token missing"), TOKEN_REFUSED(401, "Access token refused"),
  /// The token does not carry a scope that the operation needs.
  SCOPE_MISSING(403, "Scope missing"),
  /// The component, or something behind it, refuses this caller.
  REFUSED(403, "Refused"),
  /// No contract has this path.
  PATH_UNKNOWN(404, "Unknown path"),
  /// The path is there, the method is not; `Allow` names those that are.
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  /// The client sent nothing for too long.
  REQUEST_STALLED(408, "Request stalled"),
  /// The body is larger than the operation takes.
  BODY_TOO_LARGE(413, "Body too large"),
  /// The request line is longer than the edge takes.
  TARGET_TOO_LONG(414, "Request target too long"),
  /// The body's media type is not one that the operation takes.
  MEDIA_TYPE(415, "Unsupported media type"),
  /// `Expect` asks for something else than `100-continue`.
  EXPECTATION_FAILED(417, "Expectation failed"),
  /// The body is JSON, and not as the contract says; `errors` has a JSON pointer for each violation.
  BODY_INVALID(422, "Invalid body"),
  /// The client wants a WebSocket in a version that is not spoken here.
  UPGRADE_REQUIRED(426, "Upgrade required"),
  /// The headers are larger than the edge takes.
  HEADERS_TOO_LARGE(431, "Request headers too large"),
  /// The component failed, or the edge did. `detail` has an id under which the log has more.
  COMPONENT_FAILED(500, "Component failed"), EDGE_FAILED(500, "Internal error"),
  /// The component's answer is not as its contract says. `detail` has an id under which the log has more.
  ANSWER_INVALID(502, "Invalid answer"),
  /// The connection between two nodes broke, or carried something not understood.
  CONNECTION_LOST(502, "Connection lost"), PROTOCOL(502, "Protocol error"),
  /// No instance of the component is there.
  NOBODY_THERE(503, "Component not available"),
  /// A bounded queue or pool was full.
  OVERLOADED(503, "Overloaded"),
  /// A limit of the component ended its work.
  LIMIT_EXCEEDED(503, "Limit exceeded"),
  /// The keys that tokens are checked with are not there yet.
  KEYS_MISSING(503, "Not ready"),
  /// The deadline passed.
  DEADLINE(504, "Deadline passed"),
  /// The request line names a version of HTTP that is not spoken here.
  HTTP_VERSION(505, "HTTP version not supported");

  private final int status;
  private final String title;
  private final String urn;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
    this.urn = "urn:tenon:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /// The `type` of problem documents of this kind.
  public String urn() {
    return urn;
  }

  /// What a failure of an exchange is outside.
  static ProblemType of(Failure.Code code) {
    return switch (code) {
      case NOBODY_THERE -> NOBODY_THERE;
      case DEADLINE -> DEADLINE;
      case OVERLOADED -> OVERLOADED;
      case BODY_TOO_LARGE -> BODY_TOO_LARGE;
      case COMPONENT_FAILED, CANCELLED -> COMPONENT_FAILED;
      case LIMIT_EXCEEDED -> LIMIT_EXCEEDED;
      case CONNECTION_LOST -> CONNECTION_LOST;
      case PROTOCOL -> PROTOCOL;
      case REFUSED -> REFUSED;
    };
  }
}
