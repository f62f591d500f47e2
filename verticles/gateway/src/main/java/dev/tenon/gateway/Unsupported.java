package dev.tenon.gateway;

import dev.tenon.contract.Contract;
import dev.tenon.contract.ContractProblem;
import dev.tenon.contract.Encoding;
import dev.tenon.contract.Location;
import dev.tenon.contract.MediaType;
import dev.tenon.contract.Operation;
import dev.tenon.contract.Parameter;
import dev.tenon.contract.Response;
import dev.tenon.contract.ValueShape;
import java.util.ArrayList;
import java.util.List;
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
    operation.requestBody().ifPresent(body -> body.content().types().forEach(type -> body(type, "the request body of " + operation.id())));
    operation.responses().forEach(response -> response(response, operation));
    for (Map<String, List<String>> alternative : operation.security()) {
      alternative.keySet().forEach(name -> scheme(name, operation));
    }
  }

  private void parameter(Parameter parameter, Operation operation) {
    String what = parameter.label() + " of " + operation.id();
    text(parameter, what);
    if (parameter.content().isEmpty() && !suits(parameter)) {
      problem(parameter.at(), what + " has the style " + name(parameter.style()) + ", which nothing in its place can have – use " + switch (parameter.in()) {
        case PATH -> "simple, label or matrix";
        case QUERY -> "form, spaceDelimited, pipeDelimited or deepObject";
        case HEADER -> "simple";
        case COOKIE -> "form";
      });
    } else if (parameter.in() == Parameter.In.COOKIE && parameter.content().isEmpty() && parameter.explode() && !(parameter.shape() instanceof ValueShape.Scalar)) {
      problem(parameter.at(), what + " is an array or an object that would need several cookies – say explode: false");
    } else if (parameter.style() == Parameter.Style.DEEP_OBJECT && parameter.content().isEmpty() && !(parameter.shape() instanceof ValueShape.ObjectOf && parameter.explode())) {
      problem(parameter.at(), what + " has the style deepObject, which is for objects and explodes – use form, or make it an object");
    }
  }

  /// What a parameter, a response's header or a part's header must be for its text to be read.
  private void text(Parameter parameter, String what) {
    if (parameter.content().isPresent()) {
      if (!MediaType.isJson(parameter.content().get()) && !parameter.content().get().startsWith("text/")) {
        problem(parameter.at(), what + " has the content " + parameter.content().get() + ", which the edge cannot check – use application/json, or describe it with \"schema\"");
      }
    } else if (!parameter.shape().isFlat()) {
      problem(parameter.at(), what + (parameter.shape() instanceof ValueShape.Unclear
          ? " may be a single value and a list or an object, which no style tells apart – choose one, or use \"content\" with application/json"
          : " has lists or objects inside it, for which no style has a form – flatten it, or use \"content\" with application/json"));
    }
  }

  private static boolean suits(Parameter parameter) {
    return switch (parameter.style()) {
      case SIMPLE -> parameter.in() == Parameter.In.PATH || parameter.in() == Parameter.In.HEADER;
      case FORM -> parameter.in() == Parameter.In.QUERY || parameter.in() == Parameter.In.COOKIE;
      case SPACE_DELIMITED, PIPE_DELIMITED, DEEP_OBJECT -> parameter.in() == Parameter.In.QUERY;
      case LABEL, MATRIX -> parameter.in() == Parameter.In.PATH;
    };
  }

  private static String name(Parameter.Style style) {
    return switch (style) {
      case SIMPLE -> "simple";
      case FORM -> "form";
      case SPACE_DELIMITED -> "spaceDelimited";
      case PIPE_DELIMITED -> "pipeDelimited";
      case DEEP_OBJECT -> "deepObject";
      case LABEL -> "label";
      case MATRIX -> "matrix";
    };
  }

  private void response(Response response, Operation operation) {
    String what = "the response " + response.status() + " of " + operation.id();
    response.headers().forEach(header -> text(header, header.label() + " of " + what));
    response.content().types().forEach(type -> body(type, what));
  }

  private void body(MediaType type, String what) {
    if (type.isForm()) {
      form(type, what);
    } else if (type.range().contains("*") && !type.range().matches("\\*/\\*|[^*]+/\\*")) {
      problem(type.at(), what + " has the media type " + type.range() + ", which is neither a type nor a range like image/* – name the types");
    } else if (!type.isJson() && !type.isText() && !type.isEventStream() && !type.open()) {
      problem(type.at(), what + " is " + type.range() + " with a schema, and the edge can check JSON, forms and texts only – take \"schema\" out, or say only that it is a string");
    }
  }

  private void form(MediaType type, String what) {
    if (type.isMultipart() && !type.range().equals("multipart/form-data")) {
      problem(type.at(), what + " is " + type.range() + ", which the edge cannot check – use multipart/form-data, or leave the schema out of another type");
      return;
    }
    if (type.schema().isPresent() && !(type.shape() instanceof ValueShape.ObjectOf)) {
      problem(type.at(), what + " is a form, and its schema does not describe an object – say type: object");
      return;
    }
    if (type.shape() instanceof ValueShape.ObjectOf object) {
      object.members().forEach((name, member) -> {
        if (member instanceof ValueShape.Unclear) {
          problem(type.at(), what + " has the field \"" + name + "\", which may be a single value and a list or an object – choose one");
        }
      });
      type.encodings().forEach((name, encoding) -> encoding(name, encoding, object, what));
    }
  }

  private void encoding(String name, Encoding encoding, ValueShape.ObjectOf object, String what) {
    encoding.headers().forEach(header -> text(header, header.label() + " of the field \"" + name + "\" of " + what));
    if (encoding.style().isEmpty()) {
      return;
    }
    boolean spread = encoding.explode() && object.member(name) instanceof ValueShape.ObjectOf;
    if (spread || !object.member(name).isFlat() || encoding.style().get() == Parameter.Style.DEEP_OBJECT) {
      problem(encoding.at(), what + " has the field \"" + name + "\" in a style that takes it apart, which the edge cannot check – leave style and explode out, so that it is JSON");
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
