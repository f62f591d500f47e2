package dev.tenon.service;

import dev.tenon.contract.Operation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Finds the operation of a method and a path. A literal segment is preferred to a parameter.
final class Routes {

  /// @param parameters the decoded values of the template's parameters
  record Match(Operation operation, Map<String, String> parameters) {}

  private record Route(Operation operation, List<String> segments, long parameters) {}

  private final Map<String, Match> literal = new HashMap<>();
  private final List<Route> templated = new ArrayList<>();

  Routes(List<Operation> operations) {
    for (Operation operation : operations) {
      List<String> segments = List.of(operation.path().split("/", -1));
      long parameters = segments.stream().filter(Routes::isParameter).count();
      if (parameters == 0) {
        literal.put(operation.method() + " " + operation.path(), new Match(operation, Map.of()));
      }
      templated.add(new Route(operation, segments, parameters));
    }
    templated.sort(Comparator.comparingLong(Route::parameters));
  }

  Optional<Match> find(String method, String path) {
    Match exact = literal.get(method + " " + path);
    if (exact != null) {
      return Optional.of(exact);
    }
    List<String> segments = List.of(path.split("/", -1));
    return templated.stream()
        .filter(route -> route.operation().method().equals(method) && fits(route, segments))
        .findFirst()
        .map(route -> new Match(route.operation(), parameters(route, segments)));
  }

  /// The methods a path has; none when the contract does not know it.
  TreeSet<String> methods(String path) {
    List<String> segments = List.of(path.split("/", -1));
    TreeSet<String> methods = new TreeSet<>();
    templated.stream().filter(route -> fits(route, segments)).forEach(route -> methods.add(route.operation().method()));
    return methods;
  }

  private static boolean fits(Route route, List<String> segments) {
    if (route.segments().size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      String expected = route.segments().get(i);
      if (isParameter(expected) ? segments.get(i).isEmpty() : !expected.equals(segments.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, String> parameters(Route route, List<String> segments) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String expected = route.segments().get(i);
      if (isParameter(expected)) {
        values.put(expected.substring(1, expected.length() - 1), decoded(segments.get(i)));
      }
    }
    return values;
  }

  private static boolean isParameter(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return segment;
    }
  }
}
