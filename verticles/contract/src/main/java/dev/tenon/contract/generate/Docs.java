package dev.tenon.contract.generate;

import dev.tenon.contract.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a contract says about something in words, and what it demands of values beside their type.
///
/// @param text in Markdown; empty for none
/// @param rules sentences about the values: `At most 20 items.`
public record Docs(String text, List<String> rules, boolean deprecated) {

  public static final Docs NONE = new Docs("", List.of(), false);

  public Docs {
    text = text.strip();
    rules = List.copyOf(rules);
  }

  public boolean isEmpty() {
    return text.isEmpty() && rules.isEmpty() && !deprecated;
  }

  /// The text's first sentence or line.
  public String first() {
    int line = text.indexOf('\n');
    return line < 0 ? text : text.substring(0, line);
  }

  /// What a schema, parameter or operation says.
  static Docs of(Node.Obj node) {
    String text = node.text("description").or(() -> node.text("summary")).or(() -> node.text("title")).orElse("");
    return new Docs(text, rules(node), node.isTrue("deprecated"));
  }

  /// The same, preferring these words.
  Docs or(Docs other) {
    return text.isEmpty() ? new Docs(other.text, rules.isEmpty() ? other.rules : rules, deprecated || other.deprecated) : this;
  }

  private static List<String> rules(Node.Obj node) {
    List<String> rules = new ArrayList<>();
    range(node, "minLength", "maxLength", "character", rules);
    range(node, "minItems", "maxItems", "item", rules);
    range(node, "minProperties", "maxProperties", "member", rules);
    number(node, "minimum").ifPresent(least -> rules.add(node.isTrue("exclusiveMinimum") ? "More than " + least + "." : "At least " + least + "."));
    number(node, "exclusiveMinimum").ifPresent(least -> rules.add("More than " + least + "."));
    number(node, "maximum").ifPresent(most -> rules.add(node.isTrue("exclusiveMaximum") ? "Less than " + most + "." : "At most " + most + "."));
    number(node, "exclusiveMaximum").ifPresent(most -> rules.add("Less than " + most + "."));
    number(node, "multipleOf").ifPresent(of -> rules.add("A multiple of " + of + "."));
    node.text("pattern").ifPresent(pattern -> rules.add("Matches `" + pattern + "`."));
    if (node.isTrue("uniqueItems")) {
      rules.add("No item twice.");
    }
    node.get("default").filter(value -> !(value instanceof Node.Obj) && !(value instanceof Node.Arr)).ifPresent(value -> rules.add("Without it: `" + value.plain() + "`."));
    return rules;
  }

  private static void range(Node.Obj node, String min, String max, String what, List<String> rules) {
    Optional<Long> least = node.wholeNumber(min).filter(number -> number > 0);
    Optional<Long> most = node.wholeNumber(max);
    if (least.isPresent() && most.isPresent()) {
      rules.add(least.get().equals(most.get()) ? counted(most.get(), what) + "." : least.get() + " to " + counted(most.get(), what) + ".");
    } else {
      least.ifPresent(number -> rules.add("At least " + counted(number, what) + "."));
      most.ifPresent(number -> rules.add("At most " + counted(number, what) + "."));
    }
  }

  private static String counted(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static Optional<String> number(Node.Obj node, String name) {
    return node.get(name).flatMap(value -> value instanceof Node.Num number ? Optional.of(String.valueOf(number.value())) : Optional.empty());
  }
}
