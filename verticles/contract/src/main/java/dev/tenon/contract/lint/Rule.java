package dev.tenon.contract.lint;

import java.util.Arrays;
import java.util.Optional;

/// What a document is checked for. The first ones are the specification's, and hold always; the others can be switched off by their [#id()].
public enum Rule {
  UNREADABLE("unreadable", Severity.ERROR, Kind.SPECIFICATION, "The file is there, is YAML or JSON, and holds an object."),
  UNKNOWN_FIELD("unknown-field", Severity.ERROR, Kind.SPECIFICATION, "Objects have the fields that the specification gives them, and others whose names begin with x-."),
  MISSING_FIELD("missing-field", Severity.ERROR, Kind.SPECIFICATION, "Fields that the specification requires are there."),
  FIELD_TYPE("field-type", Severity.ERROR, Kind.SPECIFICATION, "Fields have values of the type that the specification says."),
  FIELD_VALUE("field-value", Severity.ERROR, Kind.SPECIFICATION, "Fields have one of the values that the specification allows: names, media types, statuses, styles, URLs."),
  EXCLUSIVE_FIELDS("exclusive-fields", Severity.ERROR, Kind.SPECIFICATION, "Of fields that exclude each other (example and examples, schema and content, …) one is there."),
  REFERENCE("reference", Severity.ERROR, Kind.SPECIFICATION, "A $ref leads to something of the kind that belongs there, and not in a circle."),
  DUPLICATE("duplicate", Severity.ERROR, Kind.SPECIFICATION, "Operation ids, paths, parameters and tags are there once."),
  SERVER_VARIABLES("server-variables", Severity.ERROR, Kind.SPECIFICATION, "The variables in a server's URL, and those that are described, are the same."),
  DISCRIMINATOR("discriminator", Severity.ERROR, Kind.SPECIFICATION, "A discriminator's property is required in every alternative, and its mapping leads to alternatives."),
  SECURITY("security", Severity.ERROR, Kind.SPECIFICATION, "Security requirements name schemes and scopes that are declared."),
  CONTRACT("contract", Severity.ERROR, Kind.SPECIFICATION, "Paths and their parameters fit each other, and the document can be used as a component's contract in every other respect."),

  OPERATION_ID("operation-id", Severity.ERROR, Kind.LINT, "Every operation has an operationId that is an identifier in Java and in TypeScript."),
  EXAMPLE_VALID("example-valid", Severity.ERROR, Kind.LINT, "Examples are valid: in schemas, parameters, headers, media types and components."),
  DEFAULT_VALID("default-valid", Severity.ERROR, Kind.LINT, "Default values are valid."),
  SCHEMA_KEYWORD("schema-keyword", Severity.WARNING, Kind.LINT, "A schema's keywords are known ones; what is not known says nothing."),
  SCHEMA_SATISFIABLE("schema-satisfiable", Severity.WARNING, Kind.LINT, "Bounds, enumerations and required properties of a schema leave a valid value."),
  REFERENCE_SIBLINGS("reference-siblings", Severity.WARNING, Kind.LINT, "Beside a $ref is nothing that readers ignore."),
  PROBLEM_RESPONSE("problem-response", Severity.WARNING, Kind.LINT, "Every operation says how it fails, and failures are application/problem+json (RFC 9457)."),
  SECURITY_DECLARED("security-declared", Severity.WARNING, Kind.LINT, "Every operation says who may call it: by its own security, even if that is [], or by the document's."),
  UNUSED_COMPONENT("unused-component", Severity.WARNING, Kind.LINT, "Everything in components is used."),
  TAG_DECLARED("tag-declared", Severity.WARNING, Kind.LINT, "Where the document has tags, the tags of operations are among them.");

  /// Where a rule comes from.
  public enum Kind {
    /// The specification: cannot be switched off.
    SPECIFICATION,
    /// Ours: can be.
    LINT
  }

  private final String id;
  private final Severity severity;
  private final Kind kind;
  private final String description;

  Rule(String id, Severity severity, Kind kind, String description) {
    this.id = id;
    this.severity = severity;
    this.kind = kind;
    this.description = description;
  }

  /// Its name for people; stable.
  public String id() {
    return id;
  }

  public Severity severity() {
    return severity;
  }

  public Kind kind() {
    return kind;
  }

  /// What holds where there is no finding.
  public String description() {
    return description;
  }

  /// The rule of an id.
  public static Optional<Rule> of(String id) {
    return Arrays.stream(values()).filter(rule -> rule.id.equals(id)).findFirst();
  }
}
