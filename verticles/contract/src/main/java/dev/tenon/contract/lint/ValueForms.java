package dev.tenon.contract.lint;

import dev.tenon.contract.Node;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Checks values that have no fields.
final class ValueForms {

  private static final Set<String> TYPES = Set.of("array", "boolean", "integer", "null", "number", "object", "string");
  private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+");
  private static final Pattern VARIABLE = Pattern.compile("\\{[^{}]*}");

  private final Findings findings;

  ValueForms(Findings findings) {
    this.findings = findings;
  }

  void check(String name, Node value, Form.OneOf form, String pointer) {
    if (!(value instanceof Node.Text text)) {
      type(name, value, pointer, "a string");
    } else if (!form.words().contains(text.value())) {
      findings.about(Rule.FIELD_VALUE, pointer, value, "\"" + name + "\" is \"" + text.value() + "\" – it must be " + Spelling.list(form.words()));
    }
  }

  void check(String name, Node value, Form.Plain form, String pointer) {
    switch (form) {
      case ANY -> { }
      case TEXT -> {
        if (!(value instanceof Node.Text)) {
          type(name, value, pointer, "a string");
        }
      }
      case URI, URL -> text(name, value, pointer, "a URI", ValueForms::isUri);
      case EMAIL -> text(name, value, pointer, "an e-mail address", text -> EMAIL.matcher(text).matches());
      case PATTERN -> pattern(name, value, pointer);
      case BOOLEAN -> {
        if (!(value instanceof Node.Bool)) {
          type(name, value, pointer, "true or false");
        }
      }
      case NUMBER -> {
        if (!(value instanceof Node.Num)) {
          type(name, value, pointer, "a number");
        }
      }
      case POSITIVE -> number(name, value, pointer, "a number greater than 0", exact -> exact.signum() > 0);
      case COUNT -> number(name, value, pointer, "a whole number, 0 or more", exact -> exact.signum() >= 0 && exact.stripTrailingZeros().scale() <= 0);
      case TYPES -> types(value, pointer);
    }
  }

  private void text(String name, Node value, String pointer, String what, java.util.function.Predicate<String> fits) {
    if (!(value instanceof Node.Text text)) {
      type(name, value, pointer, "a string");
    } else if (!fits.test(text.value())) {
      findings.about(Rule.FIELD_VALUE, pointer, value, "\"" + name + "\" is \"" + text.value() + "\" – it must be " + what);
    }
  }

  /// A server's variables may stand in it.
  private static boolean isUri(String text) {
    try {
      new URI(VARIABLE.matcher(text).replaceAll("x"));
      return true;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private void pattern(String name, Node value, String pointer) {
    if (!(value instanceof Node.Text text)) {
      type(name, value, pointer, "a string");
      return;
    }
    try {
      Pattern.compile(text.value());
    } catch (PatternSyntaxException e) {
      findings.about(Rule.FIELD_VALUE, pointer, value, "is not a regular expression: " + e.getDescription() + " near index " + e.getIndex());
    }
  }

  private void number(String name, Node value, String pointer, String what, java.util.function.Predicate<BigDecimal> fits) {
    if (!(value instanceof Node.Num number)) {
      type(name, value, pointer, "a number");
    } else if (!fits.test(new BigDecimal(number.value().toString()))) {
      findings.about(Rule.FIELD_VALUE, pointer, value, "\"" + name + "\" is " + number.value() + " – it must be " + what);
    }
  }

  private void types(Node value, String pointer) {
    List<Node> names = value instanceof Node.Arr array ? array.items() : List.of(value);
    if (names.isEmpty()) {
      findings.about(Rule.FIELD_VALUE, pointer, value, "\"type\" names no type – name one, or leave it out");
    }
    Set<String> seen = new HashSet<>();
    for (Node name : names) {
      Optional<String> text = name instanceof Node.Text found ? Optional.of(found.value()) : Optional.empty();
      if (text.isEmpty()) {
        type("type", name, pointer, "a string, or an array of strings");
      } else if (!TYPES.contains(text.get())) {
        findings.about(Rule.FIELD_VALUE, pointer, name, "\"" + text.get() + "\" is not a type – use string, number, integer, boolean, object, array or null");
      } else if (!seen.add(text.get())) {
        findings.about(Rule.FIELD_VALUE, pointer, name, "the type \"" + text.get() + "\" is there twice – remove one");
      }
    }
  }

  private void type(String name, Node value, String pointer, String what) {
    findings.about(Rule.FIELD_TYPE, pointer, value, "\"" + name + "\" is " + value.kind() + " – it must be " + what);
  }
}
