package dev.tenon.prove;

import dev.tenon.contract.Parameter;
import dev.tenon.contract.ValueShape;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/// Writes values as the texts of parameters, as their style says.
///
/// @see <a href="https://spec.openapis.org/oas/v3.1.0#style-values">OpenAPI 3.1, style values</a>
final class ParameterText {

  private ParameterText() {}

  /// The value as whoever reads the parameter gets it, texts turned into numbers and booleans by the parameter's shape; empty where it cannot be written at all.
  static Optional<Object> reread(Parameter parameter, Object value) {
    return switch (parameter.shape()) {
      case ValueShape.Scalar scalar -> value instanceof Map || value instanceof List || value == null ? Optional.empty() : Optional.of(scalar.read(text(value)));
      case ValueShape.ListOf list -> {
        if (!(value instanceof List<?> items) || items.isEmpty() || items.stream().anyMatch(item -> item == null || item instanceof Map || item instanceof List || text(item).isEmpty())) {
          yield Optional.empty();
        }
        List<Object> read = new ArrayList<>();
        items.forEach(item -> read.add(list.items().read(text(item))));
        yield items.stream().anyMatch(item -> separates(parameter, text(item))) ? Optional.empty() : Optional.of(read);
      }
      case ValueShape.ObjectOf object -> {
        if (!(value instanceof Map<?, ?> members) || members.isEmpty() || members.values().stream().anyMatch(member -> member == null || member instanceof Map || member instanceof List)) {
          yield Optional.empty();
        }
        Map<String, Object> read = new LinkedHashMap<>();
        members.forEach((name, member) -> read.put((String) name, object.members().getOrDefault(name, ValueShape.Scalar.STRING).read(text(member))));
        yield members.values().stream().anyMatch(member -> separates(parameter, text(member))) ? Optional.empty() : Optional.of(read);
      }
    };
  }

  /// Whether a text holds what the style puts between values. Encoding it is no way out: not every reader splits before it decodes.
  private static boolean separates(Parameter parameter, String text) {
    return text.matches(".*[,|; =&.].*");
  }

  /// Whether a text can stand where the parameter stands.
  static boolean fits(Parameter parameter, Object value) {
    List<String> texts = switch (value) {
      case List<?> list -> list.stream().map(ParameterText::text).toList();
      case Map<?, ?> map -> map.values().stream().map(ParameterText::text).toList();
      default -> List.of(text(value));
    };
    return texts.stream().allMatch(text -> switch (parameter.in()) {
      case PATH -> !text.isEmpty() && !text.equals(".") && !text.equals("..") && isClean(text) && text.indexOf('/') < 0 && text.indexOf('\\') < 0 && text.length() < 2_000;
      case QUERY -> isClean(text) && text.length() < 2_000;
      case HEADER -> text.equals(text.strip()) && text.chars().allMatch(c -> c >= ' ' && c < 0x7F) && text.length() < 4_000;
      case COOKIE -> text.chars().allMatch(c -> c > ' ' && c < 0x7F && "\",;\\".indexOf(c) < 0) && text.length() < 2_000;
    });
  }

  private static boolean isClean(String text) {
    return text.codePoints().noneMatch(c -> c < ' ' || c == 0x7F);
  }

  static String text(Object value) {
    return switch (value) {
      case null -> "";
      case Double number -> new BigDecimal(number.toString()).toPlainString();
      default -> String.valueOf(value);
    };
  }

  /// The pairs of a query, form or cookie; names and values not yet encoded.
  static List<Map.Entry<String, String>> pairs(Parameter parameter, Object value) {
    String name = parameter.name();
    String separator = switch (parameter.style()) {
      case SPACE_DELIMITED -> " ";
      case PIPE_DELIMITED -> "|";
      default -> ",";
    };
    return switch (value) {
      case List<?> list when parameter.explode() -> list.stream().map(item -> Map.entry(name, text(item))).toList();
      case List<?> list -> List.of(Map.entry(name, String.join(separator, list.stream().map(ParameterText::text).toList())));
      case Map<?, ?> map when parameter.style() == Parameter.Style.DEEP_OBJECT -> entries(map).map(each -> Map.entry(name + "[" + each.getKey() + "]", each.getValue())).toList();
      case Map<?, ?> map when parameter.explode() -> entries(map).toList();
      case Map<?, ?> map -> List.of(Map.entry(name, String.join(separator, entries(map).flatMap(each -> Stream.of(each.getKey(), each.getValue())).toList())));
      default -> List.of(Map.entry(name, text(value)));
    };
  }

  private static Stream<Map.Entry<String, String>> entries(Map<?, ?> map) {
    return map.entrySet().stream().map(each -> Map.entry((String) each.getKey(), text(each.getValue())));
  }

  /// The text in a path or header, encoded for a path.
  static String single(Parameter parameter, Object value) {
    boolean path = parameter.in() == Parameter.In.PATH;
    String prefix = switch (parameter.style()) {
      case LABEL -> ".";
      case MATRIX -> ";" + (value instanceof Map && parameter.explode() ? "" : parameter.name() + "=");
      default -> "";
    };
    String separator = !parameter.explode() ? "," : switch (parameter.style()) {
      case LABEL -> ".";
      case MATRIX -> value instanceof Map ? ";" : ";" + parameter.name() + "=";
      default -> ",";
    };
    String joined = switch (value) {
      case List<?> list -> String.join(separator, list.stream().map(item -> path ? encoded(text(item)) : text(item)).toList());
      case Map<?, ?> map -> String.join(separator, entries(map).map(each -> each.getKey() + (parameter.explode() ? "=" : ",") + (path ? encoded(each.getValue()) : each.getValue())).toList());
      default -> path ? encoded(text(value)) : text(value);
    };
    return prefix + joined;
  }

  /// Percent-encoded but for unreserved characters (RFC 3986, 2.3) and `${NAME}`.
  static String encoded(String text) {
    StringBuilder all = new StringBuilder();
    Matcher matcher = Variables.USE.matcher(text);
    int from = 0;
    while (matcher.find()) {
      encode(text.substring(from, matcher.start()), all);
      all.append(matcher.group());
      from = matcher.end();
    }
    encode(text.substring(from), all);
    return all.toString();
  }

  private static void encode(String text, StringBuilder all) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
        all.append(c);
      } else {
        all.append('%').append("%02X".formatted(b & 0xFF));
      }
    }
  }
}
