package dev.tenon.contract.compare;

import static dev.tenon.contract.compare.Bump.MAJOR;
import static dev.tenon.contract.compare.Bump.MINOR;
import static dev.tenon.contract.compare.Bump.PATCH;
import static dev.tenon.contract.compare.Severity.BREAKING;
import static dev.tenon.contract.compare.Severity.COMPATIBLE;
import static dev.tenon.contract.compare.Severity.RISKY;

import java.util.Locale;

/// The rules about everything that is not a schema.
enum ApiRule {
  OPERATION_ADDED(Side.REQUEST, COMPATIBLE, MINOR, "There is a new operation."),
  OPERATION_REMOVED(Side.REQUEST, BREAKING, MAJOR, "An operation is gone. Consumers that call it get 404 or 405."),
  OPERATION_REMOVED_AFTER_SUNSET(Side.REQUEST, RISKY, MAJOR,
      "A deprecated operation is gone, and the date that its x-sunset announced has passed. Consumers were told; those that did not listen get 404 or 405."),
  OPERATION_ID_CHANGED(Side.REQUEST, RISKY, MINOR,
      "An operation has another operationId. Requests stay valid; manifests that consume the operation by name and generated clients have to follow."),
  OPERATION_ID_ADDED(Side.REQUEST, COMPATIBLE, MINOR, "An operation that had no operationId has one."),
  OPERATION_TAGS_CHANGED(Side.REQUEST, COMPATIBLE, PATCH, "An operation has other tags, which only say how documentation groups it."),
  OPERATION_DEPRECATED(Side.REQUEST, COMPATIBLE, MINOR, "An operation is deprecated. It still works; its consumers should begin to leave it."),
  OPERATION_REACTIVATED(Side.REQUEST, COMPATIBLE, MINOR, "An operation is no longer deprecated."),
  SUNSET_ADDED(Side.REQUEST, COMPATIBLE, MINOR, "A deprecated operation or parameter has a date from which it may be gone."),
  SUNSET_REMOVED(Side.REQUEST, COMPATIBLE, MINOR, "What was to be gone from some date on stays."),
  SUNSET_LATER(Side.REQUEST, COMPATIBLE, MINOR, "The date from which something may be gone is later."),
  SUNSET_EARLIER(Side.REQUEST, RISKY, MINOR, "The date from which something may be gone is earlier. Consumers that planned for the old date have less time."),
  SUNSET_NOT_A_DATE(Side.REQUEST, RISKY, PATCH, "An x-sunset is not a date as RFC 3339 writes it, so nobody knows when it is."),
  PARAMETER_ADDED_REQUIRED(Side.REQUEST, BREAKING, MAJOR, "There is a new parameter that must be sent. Consumers that do not know it are refused."),
  PARAMETER_ADDED_OPTIONAL(Side.REQUEST, COMPATIBLE, MINOR, "There is a new parameter that may be left out."),
  PARAMETER_REMOVED(Side.REQUEST, RISKY, MINOR, "A parameter is gone. What consumers send in it no longer has an effect, or is refused where unknown parameters are."),
  PARAMETER_REMOVED_AFTER_SUNSET(Side.REQUEST, COMPATIBLE, MINOR, "A deprecated parameter is gone, and the date that its x-sunset announced has passed."),
  PARAMETER_BECAME_REQUIRED(Side.REQUEST, BREAKING, MAJOR, "A parameter that could be left out must be sent. Consumers that leave it out are refused."),
  PARAMETER_BECAME_OPTIONAL(Side.REQUEST, COMPATIBLE, MINOR, "A parameter that had to be sent may be left out."),
  PARAMETER_STYLE_CHANGED(Side.REQUEST, BREAKING, MAJOR, "The values of a parameter are written in another way (style, explode). What consumers send is misread."),
  PARAMETER_CONTENT_CHANGED(Side.REQUEST, BREAKING, MAJOR,
      "A parameter is described by a media type where it was described by a schema and a style, or the other way, or by another media type. What consumers send is misread."),
  PARAMETER_EMPTY_VALUE_REFUSED(Side.REQUEST, RISKY, MINOR, "A query parameter may no longer be sent without a value (allowEmptyValue)."),
  PARAMETER_EMPTY_VALUE_ALLOWED(Side.REQUEST, COMPATIBLE, MINOR, "A query parameter may be sent without a value (allowEmptyValue)."),
  PARAMETER_RESERVED_REFUSED(Side.REQUEST, RISKY, MINOR, "Reserved characters in a query parameter have to be escaped (allowReserved)."),
  PARAMETER_RESERVED_ALLOWED(Side.REQUEST, COMPATIBLE, MINOR, "Reserved characters in a query parameter need not be escaped (allowReserved)."),
  PARAMETER_DEPRECATED(Side.REQUEST, COMPATIBLE, MINOR, "A parameter is deprecated. It still works."),
  PARAMETER_REACTIVATED(Side.REQUEST, COMPATIBLE, MINOR, "A parameter is no longer deprecated."),
  REQUEST_BODY_ADDED_REQUIRED(Side.REQUEST, BREAKING, MAJOR, "An operation that took no body needs one. Consumers that send none are refused."),
  REQUEST_BODY_ADDED_OPTIONAL(Side.REQUEST, COMPATIBLE, MINOR, "An operation that took no body may be sent one."),
  REQUEST_BODY_REMOVED(Side.REQUEST, BREAKING, MAJOR, "An operation that took a body takes none. What consumers send has no meaning any more."),
  REQUEST_BODY_BECAME_REQUIRED(Side.REQUEST, BREAKING, MAJOR, "A body that could be left out must be sent. Consumers that leave it out are refused."),
  REQUEST_BODY_BECAME_OPTIONAL(Side.REQUEST, COMPATIBLE, MINOR, "A body that had to be sent may be left out."),
  REQUEST_MEDIA_TYPE_ADDED(Side.REQUEST, COMPATIBLE, MINOR, "Bodies of another media type are taken too."),
  REQUEST_MEDIA_TYPE_REMOVED(Side.REQUEST, BREAKING, MAJOR, "Bodies of a media type are no longer taken. Consumers that send them get 415."),
  REQUEST_ENCODING_CHANGED(Side.REQUEST, RISKY, MINOR, "The parts of a form or multipart body are written in another way (encoding)."),
  BODY_LIMIT_LOWERED(Side.REQUEST, BREAKING, MAJOR, "The largest body that is taken (x-tenon-body-bytes-max) is smaller. Consumers that send larger ones get 413."),
  BODY_LIMIT_RAISED(Side.REQUEST, COMPATIBLE, MINOR, "The largest body that is taken (x-tenon-body-bytes-max) is larger."),
  IDEMPOTENCE_REMOVED(Side.REQUEST, RISKY, MINOR,
      "An operation is no longer said to be idempotent (x-tenon-idempotent). Calls that time out are not repeated any more, and consumers must not repeat them."),
  IDEMPOTENCE_ADDED(Side.REQUEST, COMPATIBLE, MINOR, "An operation is said to be idempotent (x-tenon-idempotent), so that calls that time out may be repeated."),
  SECURITY_TIGHTENED(Side.REQUEST, BREAKING, MAJOR,
      "A way to prove who is calling no longer suffices: a scheme or a scope is needed that was not, or a scheme is gone or is another. Consumers get 401 or 403."),
  SECURITY_LOOSENED(Side.REQUEST, COMPATIBLE, MINOR, "There are more ways to prove who is calling, or fewer schemes or scopes are needed."),
  SECURITY_ADDRESS_CHANGED(Side.REQUEST, RISKY, MINOR, "Tokens are had from another address (OAuth 2 flows, OpenID Connect). Consumers that keep to the old one may get none."),
  SERVER_ADDED(Side.REQUEST, COMPATIBLE, PATCH, "There is another server."),
  SERVER_REMOVED(Side.REQUEST, RISKY, MINOR, "A server is no longer named. Consumers that use its address may reach nothing."),
  RESPONSE_SUCCESS_ADDED(Side.RESPONSE, RISKY, MINOR, "There may be an answer with another status below 400, beside one that consumers know. They may not understand it."),
  RESPONSE_SUCCESS_REPLACED(Side.RESPONSE, BREAKING, MAJOR, "None of the statuses below 400 that consumers know comes any more; another one does."),
  RESPONSE_SUCCESS_REMOVED(Side.RESPONSE, RISKY, MINOR, "A status below 400 is no longer among the answers. Consumers that wait for it wait in vain."),
  RESPONSE_ERROR_ADDED(Side.RESPONSE, COMPATIBLE, MINOR, "There may be an answer with another status of 400 or above, or a default answer. Every consumer must expect errors that it does not know."),
  RESPONSE_ERROR_REMOVED(Side.RESPONSE, COMPATIBLE, MINOR, "A status of 400 or above, or the default answer, is no longer among the answers."),
  RESPONSE_BODY_ADDED(Side.RESPONSE, COMPATIBLE, MINOR, "An answer that had no body has one."),
  RESPONSE_BODY_REMOVED(Side.RESPONSE, BREAKING, MAJOR, "An answer that had a body has none. Consumers that read it find nothing."),
  RESPONSE_MEDIA_TYPE_ADDED(Side.RESPONSE, COMPATIBLE, MINOR, "An answer can be had in another media type too; consumers choose with Accept."),
  RESPONSE_MEDIA_TYPE_REMOVED(Side.RESPONSE, BREAKING, MAJOR, "An answer can no longer be had in a media type. Consumers that accept only this get 406 or something else."),
  RESPONSE_HEADER_ADDED(Side.RESPONSE, COMPATIBLE, MINOR, "An answer has another header."),
  REQUIRED_RESPONSE_HEADER_REMOVED(Side.RESPONSE, BREAKING, MAJOR, "A header that was always there is gone. Consumers that read it find nothing."),
  OPTIONAL_RESPONSE_HEADER_REMOVED(Side.RESPONSE, RISKY, MINOR, "A header that could be there is gone. Consumers that use it lose it."),
  RESPONSE_HEADER_BECAME_OPTIONAL(Side.RESPONSE, BREAKING, MAJOR, "A header that was always there may be missing. Consumers that read it may find nothing."),
  RESPONSE_HEADER_BECAME_REQUIRED(Side.RESPONSE, COMPATIBLE, MINOR, "A header that could be missing is always there."),
  RESPONSE_HEADER_CONTENT_CHANGED(Side.RESPONSE, BREAKING, MAJOR, "A header is written in another way (explode, content). Consumers misread it."),
  LINK_ADDED(Side.RESPONSE, COMPATIBLE, MINOR, "An answer has another link."),
  LINK_REMOVED(Side.RESPONSE, RISKY, MINOR, "A link of an answer is gone. Consumers that follow it by name find nothing."),
  LINK_CHANGED(Side.RESPONSE, RISKY, MINOR, "A link of an answer leads to another operation or fills its parameters in another way."),
  EVENT_ADDED(Side.EVENT, COMPATIBLE, MINOR, "There is a new event."),
  EVENT_REMOVED(Side.EVENT, BREAKING, MAJOR, "An event is no longer sent. Consumers that wait for it wait in vain."),
  CALLBACK_ADDED(Side.EVENT, COMPATIBLE, MINOR, "An operation can call back."),
  CALLBACK_REMOVED(Side.EVENT, BREAKING, MAJOR, "An operation no longer calls back. Consumers that wait for it wait in vain."),
  EXTENSION_CHANGED(Side.DOCUMENT, COMPATIBLE, PATCH, "A member that begins with x- and that Tenon gives no meaning is another."),
  DOCUMENTATION_CHANGED(Side.DOCUMENT, COMPATIBLE, PATCH, "What is written for readers is another: descriptions, titles, examples, contacts.");

  private final Rule rule;

  ApiRule(Side side, Severity severity, Bump bump, String explanation) {
    rule = new Rule(name().toLowerCase(Locale.ROOT).replace('_', '-'), side, severity, bump, explanation);
  }

  Rule rule() {
    return rule;
  }
}
