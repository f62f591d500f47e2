package dev.tenon.bus.client;

import dev.tenon.bus.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// How a parameter's value is written where it stands.
///
/// @see <a href="https://spec.openapis.org/oas/v3.1.0#style-values">OpenAPI 3.1, Style Values</a>
public enum ParameterStyle {
  SIMPLE, FORM, SPACE_DELIMITED, PIPE_DELIMITED, DEEP_OBJECT, LABEL, MATRIX;

  private static final String UNRESERVED = "-._~";

  /// One `name=value` of a query, both as they are.
  record Pair(String name, String value) {}

  /// A value as it stands in a path or a header.
  ///
  /// @param encode what is done to each text; the delimiters stay as they are
  String inline(String name, Json value, boolean explode, UnaryOperator<String> encode) {
    String id = encode.apply(name);
    return switch (this) {
      case LABEL -> "." + String.join(explode ? "." : ",", parts(value, explode, encode));
      case MATRIX -> value.asArray().filter(items -> explode).map(items -> String.join("", items.stream().map(item -> ";" + id + "=" + encode.apply(text(item))).toList()))
          .or(() -> value.asObject().filter(members -> explode).map(members -> ";" + String.join(";", parts(value, true, encode))))
          .orElseGet(() -> ";" + id + "=" + String.join(",", parts(value, false, encode)));
      default -> String.join(",", parts(value, explode, encode));
    };
  }

  /// A value as it stands in a query, a form or a cookie.
  List<Pair> pairs(String name, Json value, boolean explode) {
    List<Pair> pairs = new ArrayList<>();
    if (value.asObject().isPresent()) {
      Map<String, Json> members = value.asObject().get();
      if (this == DEEP_OBJECT) {
        members.forEach((key, member) -> deep(name + "[" + key + "]", member, pairs));
      } else if (explode) {
        members.forEach((key, member) -> pairs.addAll(FORM.pairs(key, member, true)));
      } else {
        pairs.add(new Pair(name, String.join(delimiter(), parts(value, false, UnaryOperator.identity()))));
      }
    } else if (value.asArray().isPresent()) {
      List<Json> items = value.asArray().get();
      if (explode) {
        items.forEach(item -> pairs.add(new Pair(name, text(item))));
      } else {
        pairs.add(new Pair(name, String.join(delimiter(), items.stream().map(ParameterStyle::text).toList())));
      }
    } else {
      pairs.add(new Pair(name, text(value)));
    }
    return pairs;
  }

  /// Percent-encodes everything but the characters that RFC 3986 never reserves.
  static String encoded(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || UNRESERVED.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
      }
    }
    return encoded.toString();
  }

  /// A value by itself: strings as they are, everything else as JSON writes it.
  static String text(Json value) {
    return value.asString()
        .or(() -> value.asNumber().map(number -> number.toPlainString()))
        .orElseGet(() -> value.isNull() ? "" : value.toString());
  }

  private static void deep(String name, Json value, List<Pair> pairs) {
    if (value.asObject().isPresent()) {
      value.asObject().get().forEach((key, member) -> deep(name + "[" + key + "]", member, pairs));
    } else {
      pairs.addAll(FORM.pairs(name, value, true));
    }
  }

  private static List<String> parts(Json value, boolean explode, UnaryOperator<String> encode) {
    List<String> parts = new ArrayList<>();
    if (value.asArray().isPresent()) {
      value.asArray().get().forEach(item -> parts.add(encode.apply(text(item))));
    } else if (value.asObject().isPresent()) {
      value.asObject().get().forEach((name, member) -> {
        if (explode) {
          parts.add(encode.apply(name) + "=" + encode.apply(text(member)));
        } else {
          parts.add(encode.apply(name));
          parts.add(encode.apply(text(member)));
        }
      });
    } else {
      parts.add(encode.apply(text(value)));
    }
    return parts;
  }

  private String delimiter() {
    return switch (this) {
      case SPACE_DELIMITED -> " ";
      case PIPE_DELIMITED -> "|";
      default -> ",";
    };
  }
}
