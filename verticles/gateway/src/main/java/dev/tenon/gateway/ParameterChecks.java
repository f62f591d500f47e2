package dev.tenon.gateway;

import dev.tenon.contract.Operation;
import dev.tenon.contract.Parameter;
import dev.tenon.contract.ValueShape;
import dev.tenon.contract.schema.Violation;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checks the parameters of requests to one operation. Immutable; thread-safe.
final class ParameterChecks {

  static final int QUERY_PARAMETERS_MAX = 500;

  private static final Pattern VARIABLE = Pattern.compile("\\{([^/{}]+)}");

  private final List<Parameter> parameters;
  private final Set<String> queryNames = new HashSet<>();
  private final Map<String, Integer> pathIndexes = new HashMap<>();

  ParameterChecks(Operation operation) {
    this.parameters = operation.parameters();
    for (Parameter parameter : parameters) {
      if (parameter.in() != Parameter.In.QUERY) {
        continue;
      }
      if (parameter.shape() instanceof ValueShape.ObjectOf object && parameter.explode()) {
        queryNames.addAll(object.members().keySet());
      } else {
        queryNames.add(parameter.name());
      }
    }
    Matcher matcher = VARIABLE.matcher(operation.path());
    while (matcher.find()) {
      pathIndexes.put(matcher.group(1), pathIndexes.size());
    }
  }

  /// What is wrong with a request's parameters; empty when nothing is.
  ///
  /// @param pathValues as sent, in the template's order
  /// @param query as sent
  List<Problem.Violated> check(List<String> pathValues, String query, MultiMap headers) {
    if (parameters.isEmpty() && query.isEmpty()) {
      return List.of();
    }
    List<Problem.Violated> violated = new ArrayList<>(0);
    Map<String, List<String>> queryValues = query.isEmpty() ? Map.of() : query(query, violated);
    for (Parameter parameter : parameters) {
      switch (parameter.in()) {
        case PATH -> checkText(parameter, pathValues.get(pathIndexes.get(parameter.name())), false, violated);
        case QUERY -> checkQuery(parameter, queryValues, violated);
        case HEADER -> checkHeader(parameter, headers, violated);
        case COOKIE -> checkCookie(parameter, headers, violated);
      }
    }
    return violated;
  }

  private Map<String, List<String>> query(String query, List<Problem.Violated> violated) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    String[] pairs = query.split("&");
    if (pairs.length > QUERY_PARAMETERS_MAX) {
      violated.add(new Problem.Violated("parameter", "query", "has more than " + QUERY_PARAMETERS_MAX + " parameters"));
      return values;
    }
    for (String pair : pairs) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String raw = equals < 0 ? pair : pair.substring(0, equals);
      String name = PercentDecoder.form(raw);
      if (name == null || !queryNames.contains(name)) {
        violated.add(new Problem.Violated("parameter", "query " + shown(name == null ? raw : name), "is not a parameter of this operation"));
      } else {
        values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(equals < 0 ? "" : pair.substring(equals + 1));
      }
    }
    return values;
  }

  /// A client's own word in a message: short, and without what could end a line.
  private static String shown(String name) {
    String clean = name.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
    return clean.length() > 60 ? clean.substring(0, 60) + "…" : clean;
  }

  private static void checkQuery(Parameter parameter, Map<String, List<String>> values, List<Problem.Violated> violated) {
    if (parameter.shape() instanceof ValueShape.ObjectOf object && parameter.explode()) {
      checkExplodedObject(parameter, object, values, violated);
      return;
    }
    List<String> own = values.get(parameter.name());
    if (own == null) {
      missing(parameter, violated);
      return;
    }
    if (parameter.shape() instanceof ValueShape.ListOf list && parameter.explode()) {
      List<Object> items = new ArrayList<>(own.size());
      for (String raw : own) {
        items.add(list.items().read(decoded(parameter, raw, true, violated)));
      }
      validate(parameter, items, violated);
    } else if (own.size() > 1) {
      violated.add(new Problem.Violated("parameter", parameter.label(), "is there " + own.size() + " times, and may be there once"));
    } else {
      checkText(parameter, own.getFirst(), true, violated);
    }
  }

  private static void checkExplodedObject(Parameter parameter, ValueShape.ObjectOf shape, Map<String, List<String>> values, List<Problem.Violated> violated) {
    Map<String, Object> object = new LinkedHashMap<>();
    shape.members().forEach((name, scalar) -> {
      List<String> own = values.get(name);
      if (own != null) {
        object.put(name, scalar.read(decoded(parameter, own.getFirst(), true, violated)));
      }
    });
    if (object.isEmpty()) {
      missing(parameter, violated);
    } else {
      validate(parameter, object, violated);
    }
  }

  private static void checkHeader(Parameter parameter, MultiMap headers, List<Problem.Violated> violated) {
    if (!headers.contains(parameter.name())) {
      missing(parameter, violated);
      return;
    }
    String text = String.join(",", headers.getAll(parameter.name()));
    validate(parameter, value(parameter, List.of(text.split(",", -1)), text), violated);
  }

  private static void checkCookie(Parameter parameter, MultiMap headers, List<Problem.Violated> violated) {
    String cookies = headers.get("cookie");
    for (String pair : cookies == null ? new String[0] : cookies.split(";")) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).strip().equals(parameter.name())) {
        String value = pair.substring(equals + 1).strip();
        validate(parameter, value(parameter, List.of(value), value), violated);
        return;
      }
    }
    missing(parameter, violated);
  }

  /// A value whose parts, where it has several, are separated inside it. The parts are separated first and decoded then.
  private static void checkText(Parameter parameter, String raw, boolean form, List<Problem.Violated> violated) {
    if (parameter.shape() instanceof ValueShape.Scalar scalar) {
      String text = decoded(parameter, raw, form, violated);
      validate(parameter, scalar.read(text), violated);
      return;
    }
    List<String> parts = new ArrayList<>();
    for (String part : raw.isEmpty() ? new String[0] : raw.split(delimiter(parameter), -1)) {
      parts.add(decoded(parameter, part, form, violated));
    }
    validate(parameter, value(parameter, parts, ""), violated);
  }

  private static String delimiter(Parameter parameter) {
    return switch (parameter.style()) {
      case SPACE_DELIMITED -> "%20|\\+";
      case PIPE_DELIMITED -> "\\||%7C|%7c";
      case SIMPLE, FORM, DEEP_OBJECT, LABEL, MATRIX -> ",";
    };
  }

  private static Object value(Parameter parameter, List<String> parts, String whole) {
    return switch (parameter.shape()) {
      case ValueShape.Scalar scalar -> scalar.read(whole);
      case ValueShape.ListOf list -> {
        List<Object> items = new ArrayList<>(parts.size());
        parts.forEach(part -> items.add(list.items().read(part.strip())));
        yield items;
      }
      case ValueShape.ObjectOf object -> object(parameter, object, parts);
    };
  }

  private static Object object(Parameter parameter, ValueShape.ObjectOf shape, List<String> parts) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (parameter.explode()) {
      for (String part : parts) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        object.put(name.strip(), shape.members().getOrDefault(name.strip(), ValueShape.Scalar.STRING).read(equals < 0 ? "" : part.substring(equals + 1).strip()));
      }
    } else {
      for (int i = 0; i < parts.size(); i += 2) {
        String name = parts.get(i).strip();
        object.put(name, shape.members().getOrDefault(name, ValueShape.Scalar.STRING).read(i + 1 < parts.size() ? parts.get(i + 1).strip() : ""));
      }
    }
    return object;
  }

  private static String decoded(Parameter parameter, String raw, boolean form, List<Problem.Violated> violated) {
    String text = form ? PercentDecoder.form(raw) : PercentDecoder.path(raw);
    if (text == null) {
      violated.add(new Problem.Violated("parameter", parameter.label(), "is not percent-encoded UTF-8"));
      return "";
    }
    return text;
  }

  private static void missing(Parameter parameter, List<Problem.Violated> violated) {
    if (parameter.required()) {
      violated.add(new Problem.Violated("parameter", parameter.label(), "is required and missing"));
    }
  }

  private static void validate(Parameter parameter, Object value, List<Problem.Violated> violated) {
    var schema = parameter.schema().orElseThrow();
    if (schema.accepts(value)) {
      return;
    }
    for (Violation violation : schema.violations(value)) {
      violated.add(new Problem.Violated("parameter", parameter.label() + violation.pointer(), violation.detail()));
    }
  }
}
