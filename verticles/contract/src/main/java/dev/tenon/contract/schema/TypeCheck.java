package dev.tenon.contract.schema;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/// `type`, and OpenAPI 3.0's `nullable`.
record TypeCheck(EnumSet<Type> allowed) implements Check {

  enum Type {
    NULL("null"), BOOLEAN("a boolean"), OBJECT("an object"), ARRAY("an array"), NUMBER("a number"), INTEGER("a whole number"), STRING("a string");

    private final String words;

    Type(String words) {
      this.words = words;
    }

    static Type of(Object value) {
      return switch (value) {
        case null -> NULL;
        case String text -> STRING;
        case Map<?, ?> object -> OBJECT;
        case List<?> array -> ARRAY;
        case Boolean bool -> BOOLEAN;
        case Number number -> Numbers.isWhole(number) ? INTEGER : NUMBER;
        default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
      };
    }
  }

  @Override
  public boolean holds(Object value, Run run) {
    Type type = Type.of(value);
    return allowed.contains(type) || type == Type.INTEGER && allowed.contains(Type.NUMBER);
  }

  @Override
  public void explain(Object value, Place at, Findings findings) {
    List<String> words = new ArrayList<>();
    allowed.forEach(type -> words.add(type.words));
    findings.add(at, "type", "must be " + String.join(" or ", words) + ", and is " + Type.of(value).words);
  }
}
