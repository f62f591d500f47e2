package dev.tenon.contract.compare;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// What a schema can differ in, and how each way of differing is called. Each is a rule for requests and one for responses.
enum Facet {
  TYPE("type-narrowed", "type-widened", "type-changed",
      "Values of a type are no longer valid.", "Values of another type are valid too.", "Values have another type."),
  NULL("became-not-nullable", "became-nullable", "",
      "A value may no longer be null.", "A value may be null.", ""),
  ENUM("enum-added", "enum-removed", "",
      "A value must be one of a list.", "A value need not be one of a list any more.", ""),
  ENUM_VALUE("enum-value-removed", "enum-value-added", "enum-values-changed",
      "A value of an enum or const is no longer valid.", "There is another value of an enum.", "Values of an enum or const are replaced by others."),
  MINIMUM("minimum-raised", "minimum-lowered", "",
      "The smallest number that is valid is larger.", "The smallest number that is valid is smaller.", ""),
  MAXIMUM("maximum-lowered", "maximum-raised", "",
      "The largest number that is valid is smaller.", "The largest number that is valid is larger.", ""),
  MULTIPLE_OF("multiple-of-narrowed", "multiple-of-widened", "multiple-of-changed",
      "Numbers must be multiples of more than before.", "Numbers must be multiples of less than before.", "Numbers must be multiples of something else."),
  MIN_LENGTH("min-length-raised", "min-length-lowered", "",
      "The shortest text that is valid is longer.", "The shortest text that is valid is shorter.", ""),
  MAX_LENGTH("max-length-lowered", "max-length-raised", "",
      "The longest text that is valid is shorter.", "The longest text that is valid is longer.", ""),
  PATTERN("pattern-added", "pattern-removed", "pattern-changed",
      "A text must match a pattern.", "A text need not match a pattern any more.", "A text must match another pattern."),
  FORMAT("format-added", "format-removed", "format-changed",
      "A text must have a format that is checked.", "A text need not have a format any more.", "A text must have another format."),
  REQUIRED("property-became-required", "property-became-optional", "",
      "A property must be there.", "A property may be missing.", ""),
  REQUIRED_PROPERTY("required-property-added", "required-property-removed", "",
      "There is a new property that must be there.", "A property that was always there is gone.", ""),
  OPTIONAL_PROPERTY("optional-property-removed", "optional-property-added", "",
      "A property that could be there is gone.", "There is a new property that may be there.", ""),
  ADDITIONAL_PROPERTIES("additional-properties-narrowed", "additional-properties-widened", "",
      "Properties that are not described are no longer allowed, or less is.", "Properties that are not described are allowed, or more is.", ""),
  PATTERN_PROPERTY("pattern-property-added", "pattern-property-removed", "",
      "Properties whose names match a pattern are described, so that less is valid for them.", "Properties whose names match a pattern are described no longer.", ""),
  PROPERTY_NAMES("property-names-narrowed", "property-names-widened", "property-names-changed",
      "The names of properties must be more than before.", "The names of properties may be more than before.", "The names of properties must be something else."),
  MIN_PROPERTIES("min-properties-raised", "min-properties-lowered", "",
      "An object must have more properties.", "An object may have fewer properties.", ""),
  MAX_PROPERTIES("max-properties-lowered", "max-properties-raised", "",
      "An object may have fewer properties at most.", "An object may have more properties at most.", ""),
  DEPENDENT_REQUIRED("dependent-required-added", "dependent-required-removed", "dependent-required-changed",
      "A property must be there when another is.", "A property need not be there any more when another is.", "Other properties must be there when some are."),
  DEPENDENT_SCHEMA("dependent-schema-added", "dependent-schema-removed", "dependent-schema-changed",
      "More is asked of an object when a property is there.", "Less is asked of an object when a property is there.", "Something else is asked of an object when a property is there."),
  MIN_ITEMS("min-items-raised", "min-items-lowered", "",
      "An array must have more items.", "An array may have fewer items.", ""),
  MAX_ITEMS("max-items-lowered", "max-items-raised", "",
      "An array may have fewer items at most.", "An array may have more items at most.", ""),
  UNIQUE_ITEMS("unique-items-added", "unique-items-removed", "",
      "An item may be in an array only once.", "An item may be in an array more than once.", ""),
  ITEMS("items-narrowed", "items-widened", "",
      "The items of an array are described, or none are allowed there any more.", "The items of an array are described no longer, or are allowed where none were.", ""),
  CONTAINS("contains-added", "contains-removed", "contains-changed",
      "An array must contain something.", "An array need not contain something any more.", "An array must contain something else."),
  MIN_CONTAINS("min-contains-raised", "min-contains-lowered", "",
      "An array must contain more of something.", "An array may contain less of something.", ""),
  MAX_CONTAINS("max-contains-lowered", "max-contains-raised", "",
      "An array may contain less of something at most.", "An array may contain more of something at most.", ""),
  ALTERNATIVE("alternative-removed", "alternative-added", "",
      "An alternative (anyOf, oneOf) is gone.", "There is another alternative (anyOf, oneOf).", ""),
  EXCLUSIVE("one-of-added", "one-of-removed", "",
      "A value may be only one of several alternatives that overlap (oneOf).", "A value may be more than one of several alternatives (anyOf).",
      ""),
  NOT("not-added", "not-removed", "not-changed",
      "A value must not be something (not).", "A value may be what it must not be before (not).", "A value must not be something else (not)."),
  CONDITION("condition-added", "condition-removed", "condition-changed",
      "More is asked of a value under a condition (if, then, else).", "Nothing more is asked of a value under a condition (if, then, else).",
      "Something else is asked of a value under a condition (if, then, else)."),
  UNEVALUATED("unevaluated-narrowed", "unevaluated-widened", "unevaluated-changed",
      "Properties or items that no alternative describes are no longer valid (unevaluatedProperties, unevaluatedItems).",
      "Properties or items that no alternative describes are valid (unevaluatedProperties, unevaluatedItems).",
      "Which properties or items are valid that no alternative describes is another (unevaluatedProperties, unevaluatedItems)."),
  MEANING("", "", "schema-changed",
      "", "", "Something else is valid, in a way that no other rule names; or a schema is written in another way, and it could not be decided whether it means the same.");

  /// Which way it differs.
  enum Movement {
    /// The new schema takes less.
    NARROWED,
    /// The new schema takes more.
    WIDENED,
    /// The new schema takes something else.
    CHANGED
  }

  private record Way(String id, String explanation) {}

  private final Map<Movement, Way> ways = new EnumMap<>(Movement.class);
  private final Map<Movement, Rule> requestRules = new EnumMap<>(Movement.class);
  private final Map<Movement, Rule> responseRules = new EnumMap<>(Movement.class);

  Facet(String narrowed, String widened, String changed, String narrowedWords, String widenedWords, String changedWords) {
    ways.put(Movement.NARROWED, new Way(narrowed, narrowedWords));
    ways.put(Movement.WIDENED, new Way(widened, widenedWords));
    ways.put(Movement.CHANGED, new Way(changed, changedWords));
    ways.values().removeIf(way -> way.id().isEmpty());
    ways.forEach((movement, way) -> {
      requestRules.put(movement, rule(Side.REQUEST, movement, way));
      responseRules.put(movement, rule(Side.RESPONSE, movement, way));
    });
  }

  private Rule rule(Side side, Movement movement, Way way) {
    boolean harmful = movement == Movement.CHANGED || (movement == Movement.NARROWED) == (side == Side.REQUEST);
    Severity severity = harmful ? Severity.BREAKING : Severity.COMPATIBLE;
    String consequence = !harmful ? "" : side == Side.REQUEST
        ? " Consumers that send what was valid are refused."
        : " Consumers get what they were told they would not.";
    if (name().equals("OPTIONAL_PROPERTY") && movement == Movement.NARROWED && side == Side.RESPONSE) {
      severity = Severity.RISKY;
      consequence = " Everything stays valid; consumers that use it lose it.";
    }
    if (name().equals("OPTIONAL_PROPERTY") && movement == Movement.NARROWED && side == Side.REQUEST) {
      severity = Severity.RISKY;
      consequence = " Consumers that send it are no longer heard; where other properties are not allowed they are refused, and then it is breaking.";
    }
    if (name().equals("REQUIRED_PROPERTY") && movement == Movement.WIDENED && side == Side.REQUEST) {
      severity = Severity.RISKY;
      consequence = " Consumers that send it are no longer heard; where other properties are not allowed they are refused, and then it is breaking.";
    }
    if (name().equals("OPTIONAL_PROPERTY") && movement == Movement.WIDENED && side == Side.RESPONSE) {
      severity = Severity.COMPATIBLE;
      consequence = " Where the old contract allowed no other properties, this is breaking.";
    }
    Bump bump = severity == Severity.BREAKING ? Bump.MAJOR : Bump.MINOR;
    return new Rule(side.word() + "-" + way.id(), side, severity, bump, way.explanation() + consequence);
  }

  /// The rule for one direction; for what this facet has no word for, that of the meaning as a whole.
  Rule rule(Direction direction, Movement movement) {
    return Optional.ofNullable((direction == Direction.REQUEST ? requestRules : responseRules).get(movement))
        .orElseGet(() -> MEANING.rule(direction, movement));
  }

  Map<Movement, Rule> requestRules() {
    return requestRules;
  }

  Map<Movement, Rule> responseRules() {
    return responseRules;
  }
}
