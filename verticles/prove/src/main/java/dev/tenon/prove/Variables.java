package dev.tenon.prove;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `${NAME}` stands for in requests. Values may be secrets: they are put in when a request is sent, and nothing that is printed holds them.
final class Variables {

  static final Pattern USE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  private final Map<String, String> values = new LinkedHashMap<>();

  void set(String name, String value) {
    values.put(name, value);
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /// The text with the values of those that are known.
  String fill(String text) {
    if (!text.contains("${")) {
      return text;
    }
    Matcher matcher = USE.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(filled, Matcher.quoteReplacement(values.getOrDefault(matcher.group(1), matcher.group())));
    }
    return matcher.appendTail(filled).toString();
  }

  /// The text with the secrets that came from answers replaced by their names, for output that quotes what was received.
  String hide(String text) {
    String hidden = text;
    for (Map.Entry<String, String> each : values.entrySet()) {
      if (each.getValue().length() >= 8) {
        hidden = hidden.replace(each.getValue(), "$" + each.getKey());
      }
    }
    return hidden;
  }
}
