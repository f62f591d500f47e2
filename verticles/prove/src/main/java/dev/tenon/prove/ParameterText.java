package dev.tenon.prove;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenon.contract.MediaType;
import dev.tenon.contract.Parameter;
import dev.tenon.contract.ValueShape;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
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

  private static final ObjectMapper JSON = new ObjectMapper();

  private ParameterText() {}

  /// The value as whoever reads the parameter gets it, texts turned into numbers and booleans by the parameter's shape; empty where it cannot be written at all.
  static Optional<Object> reread(Parameter parameter, Object value) {
    if (parameter.content().isPresent()) {
      return isJson(parameter) && value != null ? Optional.of(value) : Optional.empty();
    }
    return switch (parameter.shape()) {
      case ValueShape.Scalar scalar -> isSingle(value) ? Optional.of(scalar.read(text(value))) : Optional.empty();
      case ValueShape.ListOf list -> value instanceof List<?> items && !items.isEmpty() && list.items() instanceof ValueShape.Scalar scalar
          && items.stream().allMatch(item -> isSingle(item) && !text(item).isEmpty() && !separates(text(item)))
          ? Optional.of(items.stream().map(item -> scalar.read(text(item))).toList())
          : Optional.empty();
      case ValueShape.ObjectOf object -> {
        if (!(value instanceof Map<?, ?> members) || members.isEmpty() || !members.values().stream().allMatch(member -> isSingle(member) && !separates(text(member)))) {
          yield Optional.empty();
        }
        Map<String, Object> read = new LinkedHashMap<>();
        members.forEach((name, member) -> read.put((String) name, object.member((String) name) instanceof ValueShape.Scalar scalar ? scalar.read(text(member)) : text(member)));
        yield Optional.of(read);
      }
      case ValueShape.Unclear unclear -> Optional.empty();
    };
  }

  private static boolean isSingle(Object value) {
    return value != null && !(value instanceof Map) && !(value instanceof List);
  }

  private static boolean isJson(Parameter parameter) {
    return parameter.content().filter(MediaType::isJson).isPresent();
  }

  /// A value as it is written in its place: as JSON where the parameter has `content` that is.
  static Object written(Parameter parameter, Object value) {
    try {
      return isJson(parameter) ? JSON.writeValueAsString(value) : value;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Whether a text holds what the style puts between values. Encoding it is no way out: not every reader splits before it decodes.
  private static boolean separates(String text) {
    return text.matches(".*[,|; =&.].*");
  }

  /// Whether a text can stand where the parameter stands.
  static boolean fits(Parameter parameter, Object given) {
    Object value = written(parameter, given);
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
  static List<Map.Entry<String, String>> pairs(Parameter parameter, Object given) {
    Object value = written(parameter, given);
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
  static String single(Parameter parameter, Object given) {
    Object value = written(parameter, given);
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
