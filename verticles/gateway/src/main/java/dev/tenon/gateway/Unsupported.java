package dev.tenon.gateway;

import dev.tenon.contract.Contract;
import dev.tenon.contract.ContractProblem;
import dev.tenon.contract.Location;
import dev.tenon.contract.MediaType;
import dev.tenon.contract.Operation;
import dev.tenon.contract.Parameter;
import dev.tenon.contract.ValueShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a contract may say and the edge cannot check. Such a contract is refused by name at the start: nothing is let through unchecked.
final class Unsupported {

  private final Contract contract;
  private final List<ContractProblem> problems = new ArrayList<>();

  private Unsupported(Contract contract) {
    this.contract = contract;
  }

  static List<ContractProblem> in(Contract contract) {
    Unsupported unsupported = new Unsupported(contract);
    contract.operations().forEach(unsupported::operation);
    return unsupported.problems;
  }

  private void operation(Operation operation) {
    if (operation.method().equals("TRACE")) {
      problem(operation.at(), "TRACE " + operation.path() + " would show a caller's headers to others – remove it");
    }
    operation.parameters().forEach(parameter -> parameter(parameter, operation));
    operation.requestBody().ifPresent(body -> body.content().types().forEach(type -> body(type, operation)));
    for (Map<String, List<String>> alternative : operation.security()) {
      alternative.keySet().forEach(name -> scheme(name, operation));
    }
  }

  private void parameter(Parameter parameter, Operation operation) {
    String what = parameter.label() + " of " + operation.id();
    if (parameter.schema().isEmpty()) {
      problem(parameter.at(), what + " has \"content\", which the edge cannot check – describe it with \"schema\", or move it into the body");
      return;
    }
    switch (parameter.style()) {
      case DEEP_OBJECT, LABEL, MATRIX -> problem(parameter.at(), what + " has the style "
          + (parameter.style() == Parameter.Style.DEEP_OBJECT ? "deepObject" : parameter.style().name().toLowerCase(Locale.ROOT))
          + ", which the edge cannot check – use form or simple, or move it into the body");
      case SIMPLE, FORM, SPACE_DELIMITED, PIPE_DELIMITED -> {
        if (parameter.in() == Parameter.In.COOKIE && !(parameter.shape() instanceof ValueShape.Scalar)) {
          problem(parameter.at(), what + " is an array or an object in a cookie, which the edge cannot check – use a single value");
        }
      }
    }
  }

  private void body(MediaType type, Operation operation) {
    if (type.range().equals("application/x-www-form-urlencoded") || type.range().startsWith("multipart/")) {
      problem(type.at(), "the request body of " + operation.id() + " is a form (" + type.range() + "), which the edge cannot check – take JSON, or the file itself as the body");
    }
  }

  private void scheme(String name, Operation operation) {
    String scheme = contract.securitySchemes().get(name).scheme();
    if (!scheme.equals("bearer")) {
      problem(contract.securitySchemes().get(name).at(), "the security scheme \"" + name + "\" of " + operation.id() + " is not http bearer, and the edge checks no other – use bearer");
    }
  }

  private void problem(Location at, String message) {
    ContractProblem problem = new ContractProblem(at, "in the contract of \"" + contract.name() + "\": " + message);
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }
}
