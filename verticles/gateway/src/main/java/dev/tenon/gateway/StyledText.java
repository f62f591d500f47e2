package dev.tenon.gateway;

import dev.tenon.contract.MediaType;
import dev.tenon.contract.Parameter;
import dev.tenon.contract.ValueShape;
import dev.tenon.contract.schema.JsonValue;
import dev.tenon.contract.schema.NotJsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads values out of texts as OpenAPI's styles write them. A text is taken apart first, and its parts are decoded then. Immutable; thread-safe.
///
/// @param name of the parameter or field
/// @param content the media type that the text has, where it is not written in a style
/// @see <a href="https://spec.openapis.org/oas/v3.1.0#style-values">OpenAPI 3.1, Style Values</a>
record StyledText(String name, Parameter.Style style, boolean explode, ValueShape shape, Optional<String> content, Decoding decoding) {

  /// How the parts of a text are encoded.
  enum Decoding {
    PLAIN, PATH, FORM,
    /// Percent-encoded where it can be read so, and as it is otherwise: few who write cookies know that they are to encode them.
    COOKIE;

    /// The text that a part means; null where it is not encoded in this way.
    String decoded(String raw) {
      return switch (this) {
        case PLAIN -> raw.strip();
        case PATH -> PercentDecoder.path(raw);
        case FORM -> PercentDecoder.form(raw);
        case COOKIE -> PercentDecoder.path(raw) instanceof String text ? text : raw;
      };
    }
  }

  /// Instead of a value: why the text is none. To be read after the parameter's name.
  record Wrong(String why) {}

  private static final Wrong NOT_ENCODED = new Wrong("is not percent-encoded UTF-8");

  static StyledText of(Parameter parameter) {
    Decoding decoding = switch (parameter.in()) {
      case PATH -> Decoding.PATH;
      case QUERY -> Decoding.FORM;
      case HEADER -> Decoding.PLAIN;
      case COOKIE -> Decoding.COOKIE;
    };
    return new StyledText(parameter.name(), parameter.style(), parameter.explode(), parameter.shape(), parameter.content(), decoding);
  }

  /// The value of one text: a [Map], [List], [String], [Number] or [Boolean]; or a [Wrong].
  Object read(String raw) {
    if (content.isPresent()) {
      return ofContent(raw);
    }
    return switch (style) {
      case LABEL -> raw.startsWith(".") ? separated(raw.substring(1), explode ? "\\." : ",") : new Wrong("is in the style label, which starts with a full stop");
      case MATRIX -> raw.startsWith(";") ? matrix(raw.substring(1)) : new Wrong("is in the style matrix, which starts with a semicolon");
      case SPACE_DELIMITED -> separated(raw, "%20|\\+");
      case PIPE_DELIMITED -> separated(raw, "\\||%7C|%7c");
      case SIMPLE, FORM, DEEP_OBJECT -> separated(raw, ",");
    };
  }

  /// The value of a list whose items came one by one.
  Object readAll(List<String> raw) {
    return list((ValueShape.ListOf) shape, raw);
  }

  private Object ofContent(String raw) {
    String text = decoding.decoded(raw);
    if (text == null) {
      return NOT_ENCODED;
    }
    if (!MediaType.isJson(content.orElseThrow())) {
      return text;
    }
    return json(text.getBytes(StandardCharsets.UTF_8));
  }

  static Object json(byte[] bytes) {
    try {
      return JsonValue.read(bytes);
    } catch (NotJsonException e) {
      return new Wrong("is not JSON at line " + e.line() + ", column " + e.column() + ": " + e.getMessage());
    }
  }

  private Object separated(String raw, String delimiter) {
    if (shape instanceof ValueShape.Scalar scalar) {
      return scalar(scalar, raw);
    }
    List<String> parts = raw.isEmpty() ? List.of() : List.of(raw.split(delimiter, -1));
    return switch (shape) {
      case ValueShape.ListOf list -> list(list, parts);
      case ValueShape.ObjectOf object -> explode ? pairs(object, parts) : alternating(object, parts);
      case ValueShape.Scalar scalar -> scalar(scalar, raw);
      case ValueShape.Unclear unclear -> scalar(ValueShape.Scalar.STRING, raw);
    };
  }

  /// `name=value`, and where the style explodes, one of these for each part, separated by semicolons. An empty value has no `=`.
  private Object matrix(String raw) {
    if (shape instanceof ValueShape.ObjectOf object && explode) {
      return pairs(object, List.of(raw.split(";", -1)));
    }
    List<String> values = new ArrayList<>();
    for (String part : raw.split(";", -1)) {
      int equals = part.indexOf('=');
      if (!name.equals(decoding.decoded(equals < 0 ? part : part.substring(0, equals)))) {
        return new Wrong("is in the style matrix and must be written as ;" + name + "=…");
      }
      values.add(equals < 0 ? "" : part.substring(equals + 1));
    }
    if (shape instanceof ValueShape.ListOf list && explode) {
      return list(list, values);
    }
    return values.size() > 1 ? new Wrong("is there " + values.size() + " times, and may be there once") : separated(values.getFirst(), ",");
  }

  private Object scalar(ValueShape.Scalar scalar, String raw) {
    String text = decoding.decoded(raw);
    return text == null ? NOT_ENCODED : scalar.read(text);
  }

  private Object part(ValueShape part, String raw) {
    return scalar(part instanceof ValueShape.Scalar scalar ? scalar : ValueShape.Scalar.STRING, raw);
  }

  private Object list(ValueShape.ListOf list, List<String> parts) {
    List<Object> items = new ArrayList<>(parts.size());
    for (String raw : parts) {
      Object item = part(list.items(), raw);
      if (item instanceof Wrong) {
        return item;
      }
      items.add(item);
    }
    return items;
  }

  private Object pairs(ValueShape.ObjectOf object, List<String> parts) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (String part : parts) {
      int equals = part.indexOf('=');
      Wrong wrong = put(object, members, equals < 0 ? part : part.substring(0, equals), equals < 0 ? "" : part.substring(equals + 1));
      if (wrong != null) {
        return wrong;
      }
    }
    return members;
  }

  private Object alternating(ValueShape.ObjectOf object, List<String> parts) {
    if (parts.size() % 2 != 0) {
      return new Wrong("must have a name and a value in turn, and ends with a name");
    }
    Map<String, Object> members = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i += 2) {
      Wrong wrong = put(object, members, parts.get(i), parts.get(i + 1));
      if (wrong != null) {
        return wrong;
      }
    }
    return members;
  }

  private Wrong put(ValueShape.ObjectOf object, Map<String, Object> members, String rawName, String rawValue) {
    String member = decoding.decoded(rawName);
    if (member == null) {
      return NOT_ENCODED;
    }
    Object value = part(object.member(member), rawValue);
    if (value instanceof Wrong wrong) {
      return wrong;
    }
    return members.putIfAbsent(member, value) == null ? null : new Wrong("has a name twice");
  }
}
