package dev.tenon.contract.compare;

import static dev.tenon.contract.compare.Bump.MINOR;
import static dev.tenon.contract.compare.Bump.PATCH;
import static dev.tenon.contract.compare.Severity.COMPATIBLE;
import static dev.tenon.contract.compare.Severity.RISKY;

import java.util.Locale;

/// The rules about what a schema says beside which values it takes. Each is a rule for requests and one for responses.
enum NoteRule {
  DEFAULT_ADDED(RISKY, COMPATIBLE, MINOR, "What is left out now means a value (default).", "Requests that leave it out may be understood in another way."),
  DEFAULT_REMOVED(RISKY, COMPATIBLE, MINOR, "What is left out no longer means a value (default).", "Requests that leave it out may be understood in another way."),
  DEFAULT_CHANGED(RISKY, COMPATIBLE, MINOR, "What is left out means another value (default).", "Requests that leave it out are understood in another way."),
  DEPRECATED(COMPATIBLE, COMPATIBLE, MINOR, "A value is deprecated. It still works.", ""),
  REACTIVATED(COMPATIBLE, COMPATIBLE, MINOR, "A value is no longer deprecated.", ""),
  BECAME_READ_ONLY(RISKY, COMPATIBLE, MINOR, "A property is only for responses (readOnly).", "What consumers send in it is no longer heard."),
  BECAME_NOT_READ_ONLY(COMPATIBLE, COMPATIBLE, MINOR, "A property is no longer only for responses (readOnly).", ""),
  BECAME_WRITE_ONLY(COMPATIBLE, RISKY, MINOR, "A property is only for requests (writeOnly).", "Consumers that read it may find nothing."),
  BECAME_NOT_WRITE_ONLY(COMPATIBLE, COMPATIBLE, MINOR, "A property is no longer only for requests (writeOnly).", ""),
  DISCRIMINATOR_CHANGED(RISKY, RISKY, MINOR, "Another property tells alternatives apart, or its values stand for other schemas (discriminator).",
      "The same values stay valid; generated code may read or write them as something else."),
  DISCRIMINATOR_ADDED(COMPATIBLE, COMPATIBLE, MINOR, "It is said which property tells alternatives apart (discriminator).", ""),
  DISCRIMINATOR_REMOVED(RISKY, RISKY, MINOR, "It is no longer said which property tells alternatives apart (discriminator).", "Generated code may no longer tell them apart."),
  FORMAT_HINT_CHANGED(RISKY, RISKY, MINOR, "A format that is not checked is another: float, double, binary, password, or one of somebody's own.",
      "The same values stay valid; generated code may use another type."),
  CONTENT_ENCODING_CHANGED(RISKY, RISKY, MINOR, "Bytes are written into a text in another way (contentEncoding).", "The same texts stay valid and may mean something else."),
  CONTENT_MEDIA_TYPE_CHANGED(RISKY, RISKY, MINOR, "What is written in a text is of another media type (contentMediaType).", "The same texts stay valid and may mean something else."),
  CONTENT_SCHEMA_CHANGED(RISKY, RISKY, MINOR, "What is written in a text has another schema (contentSchema).", "The same texts stay valid and may mean something else."),
  EXTENSIBLE_ENUM_VALUE_REMOVED(RISKY, COMPATIBLE, MINOR, "A value of an open list is gone (x-extensible-enum).", "Consumers that send it may no longer be understood."),
  EXTENSIBLE_ENUM_VALUE_ADDED(COMPATIBLE, COMPATIBLE, MINOR, "There is another value of an open list (x-extensible-enum), which every consumer has to expect.", "");

  private final Rule request;
  private final Rule response;

  NoteRule(Severity request, Severity response, Bump bump, String explanation, String consequence) {
    String id = name().toLowerCase(Locale.ROOT).replace('_', '-');
    this.request = new Rule("request-" + id, Side.REQUEST, request, request == RISKY ? bump : bump == PATCH ? PATCH : MINOR, words(explanation, consequence, request));
    this.response = new Rule("response-" + id, Side.RESPONSE, response, bump, words(explanation, consequence, response));
  }

  private static String words(String explanation, String consequence, Severity severity) {
    return severity == RISKY && !consequence.isEmpty() ? explanation + " " + consequence : explanation;
  }

  Rule rule(Direction direction) {
    return direction == Direction.REQUEST ? request : response;
  }
}
