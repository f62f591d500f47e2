package dev.tenon.gateway;

import dev.tenon.contract.Operation;
import dev.tenon.contract.Parameter;
import dev.tenon.contract.ValueShape;
import dev.tenon.contract.schema.Schema;
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

  /// A parameter with how it is read.
  private record Checked(Parameter parameter, StyledText text) {}

  private final List<Checked> parameters;
  private final Set<String> queryNames = new HashSet<>();
  private final Set<String> deepNames = new HashSet<>();
  private final Map<String, Integer> pathIndexes = new HashMap<>();
  private final boolean takesAnyQuery;

  ParameterChecks(Operation operation) {
    this.parameters = operation.parameters().stream().map(parameter -> new Checked(parameter, StyledText.of(parameter))).toList();
    boolean any = false;
    for (Parameter parameter : operation.parameters()) {
      if (parameter.in() != Parameter.In.QUERY) {
        continue;
      }
      if (isSpread(parameter)) {
        ValueShape.ObjectOf object = (ValueShape.ObjectOf) parameter.shape();
        queryNames.addAll(object.members().keySet());
        any |= object.others().isPresent();
      } else if (parameter.style() == Parameter.Style.DEEP_OBJECT) {
        deepNames.add(parameter.name());
      } else {
        queryNames.add(parameter.name());
      }
    }
    takesAnyQuery = any;
    Matcher matcher = VARIABLE.matcher(operation.path());
    while (matcher.find()) {
      pathIndexes.put(matcher.group(1), pathIndexes.size());
    }
  }

  /// Whether the members of a parameter are parameters of the query themselves.
  private static boolean isSpread(Parameter parameter) {
    return parameter.shape() instanceof ValueShape.ObjectOf && parameter.explode() && parameter.content().isEmpty() && parameter.style() != Parameter.Style.DEEP_OBJECT;
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
    for (int i = 0; i < parameters.size(); i++) {
      Checked checked = parameters.get(i);
      Parameter parameter = checked.parameter();
      switch (parameter.in()) {
        case PATH -> validate(parameter, checked.text().read(pathValues.get(pathIndexes.get(parameter.name()))), violated);
        case QUERY -> checkQuery(checked, queryValues, violated);
        case HEADER -> checkHeader(checked, headers, violated);
        case COOKIE -> checkCookie(checked, headers, violated);
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
      if (name == null || !isKnown(name)) {
        violated.add(new Problem.Violated("parameter", "query " + shown(name == null ? raw : name), "is not a parameter of this operation"));
      } else {
        values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(equals < 0 ? "" : pair.substring(equals + 1));
      }
    }
    return values;
  }

  private boolean isKnown(String name) {
    if (takesAnyQuery || queryNames.contains(name)) {
      return true;
    }
    int bracket = name.indexOf('[');
    return bracket > 0 && name.endsWith("]") && deepNames.contains(name.substring(0, bracket)) && name.indexOf('[', bracket + 1) < 0;
  }

  /// A client's own word in a message: short, and without what could end a line.
  private static String shown(String name) {
    String clean = name.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
    return clean.length() > 60 ? clean.substring(0, 60) + "…" : clean;
  }

  private void checkQuery(Checked checked, Map<String, List<String>> values, List<Problem.Violated> violated) {
    Parameter parameter = checked.parameter();
    if (isSpread(parameter) || parameter.style() == Parameter.Style.DEEP_OBJECT) {
      checkObject(parameter, (ValueShape.ObjectOf) parameter.shape(), values, violated);
      return;
    }
    List<String> own = values.get(parameter.name());
    if (own == null) {
      missing(parameter, violated);
    } else if (parameter.allowEmptyValue() && own.size() == 1 && own.getFirst().isEmpty()) {
      return;
    } else if (parameter.shape() instanceof ValueShape.ListOf && parameter.explode() && parameter.content().isEmpty()) {
      validate(parameter, checked.text().readAll(own), violated);
    } else if (own.size() > 1) {
      violated.add(new Problem.Violated("parameter", parameter.label(), "is there " + own.size() + " times, and may be there once"));
    } else {
      validate(parameter, checked.text().read(own.getFirst()), violated);
    }
  }

  /// An object whose members are parameters of the query, or stand in brackets behind its name.
  private void checkObject(Parameter parameter, ValueShape.ObjectOf shape, Map<String, List<String>> values, List<Problem.Violated> violated) {
    boolean deep = parameter.style() == Parameter.Style.DEEP_OBJECT;
    Map<String, Object> object = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> each : values.entrySet()) {
      String name = each.getKey();
      if (deep ? name.startsWith(parameter.name() + "[") : shape.members().containsKey(name) || shape.others().isPresent() && !queryNames.contains(name) && !isDeep(name)) {
        String member = deep ? name.substring(parameter.name().length() + 1, name.length() - 1) : name;
        if (each.getValue().size() > 1) {
          violated.add(new Problem.Violated("parameter", "query " + shown(name), "is there " + each.getValue().size() + " times, and may be there once"));
        }
        String text = PercentDecoder.form(each.getValue().getFirst());
        if (text == null) {
          violated.add(new Problem.Violated("parameter", "query " + shown(name), "is not percent-encoded UTF-8"));
        } else {
          object.put(member, shape.member(member) instanceof ValueShape.Scalar scalar ? scalar.read(text) : text);
        }
      }
    }
    if (object.isEmpty()) {
      missing(parameter, violated);
    } else {
      validate(parameter, object, violated);
    }
  }

  private boolean isDeep(String name) {
    int bracket = name.indexOf('[');
    return bracket > 0 && deepNames.contains(name.substring(0, bracket));
  }

  private static void checkHeader(Checked checked, MultiMap headers, List<Problem.Violated> violated) {
    Parameter parameter = checked.parameter();
    List<String> values = headers.getAll(parameter.name());
    if (values.isEmpty()) {
      missing(parameter, violated);
    } else {
      validate(parameter, checked.text().read(values.size() == 1 ? values.getFirst() : String.join(",", values)), violated);
    }
  }

  private static void checkCookie(Checked checked, MultiMap headers, List<Problem.Violated> violated) {
    String cookies = headers.get("cookie");
    for (String pair : cookies == null ? new String[0] : cookies.split(";")) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).strip().equals(checked.parameter().name())) {
        validate(checked.parameter(), checked.text().read(pair.substring(equals + 1).strip()), violated);
        return;
      }
    }
    missing(checked.parameter(), violated);
  }

  private static void missing(Parameter parameter, List<Problem.Violated> violated) {
    if (parameter.required()) {
      violated.add(new Problem.Violated("parameter", parameter.label(), "is required and missing"));
    }
  }

  private static void validate(Parameter parameter, Object value, List<Problem.Violated> violated) {
    if (value instanceof StyledText.Wrong wrong) {
      violated.add(new Problem.Violated("parameter", parameter.label(), wrong.why()));
      return;
    }
    if (parameter.schema().isEmpty() || accepts(parameter.schema().get(), value)) {
      return;
    }
    for (Violation violation : parameter.schema().get().violations(value)) {
      violated.add(new Problem.Violated("parameter", parameter.label() + violation.pointer(), violation.detail()));
    }
  }

  /// Whether a value read out of a text is valid. Where the schema allows several kinds of value, the text may have been meant as text.
  static boolean accepts(Schema schema, Object value) {
    return schema.accepts(value) || (value instanceof Number || value instanceof Boolean) && schema.accepts(value.toString());
  }
}
