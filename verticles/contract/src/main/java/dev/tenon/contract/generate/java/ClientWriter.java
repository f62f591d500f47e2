package dev.tenon.contract.generate.java;

import dev.tenon.contract.Parameter;
import dev.tenon.contract.generate.Api;
import dev.tenon.contract.generate.Api.Argument;
import dev.tenon.contract.generate.Api.Call;
import dev.tenon.contract.generate.Api.Form;
import dev.tenon.contract.generate.Api.Payload;
import dev.tenon.contract.generate.Docs;
import dev.tenon.contract.generate.Methods;
import dev.tenon.contract.generate.Names;
import dev.tenon.contract.generate.Type;
import dev.tenon.contract.generate.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes the client: a method for each operation. What has to be given is the method's parameters; what may be left out is a record of its own.
final class ClientWriter {

  /// A parameter of an operation with its name in Java.
  record Named(Argument argument, String name) {}

  /// Variables of the methods that are written, which no parameter may hide.
  private static final List<String> USED = List.of("body", "options", "call", "answer", "answered", "form", "value", "members", "context", "bus");

  private final JavaFile file;
  private final JavaTypes types;
  private final String name;
  private final Api api;
  private final OptionsWriter options;
  private final AnswerWriter answers;
  private final BodyWriter bodies;
  private final Names methods = JavaNames.members();

  ClientWriter(JavaFile file, JavaTypes types, String name, Api api, OptionsWriter options, AnswerWriter answers) {
    this.file = file;
    this.types = types;
    this.name = name;
    this.api = api;
    this.options = options;
    this.answers = answers;
    this.bodies = new BodyWriter(file, types);
  }

  void write() {
    String bus = file.use("dev.tenon.bus.ExchangeBus");
    String context = file.use("dev.tenon.bus.ExchangeContext");
    file.docs(new Docs("Calls the component `" + api.component() + "`, as the contract `" + api.name() + "` " + api.version() + " says.\n\n"
        + "A client is made for one exchange: its calls have that exchange's deadline, identity and trace, and are cancelled with it. Making one costs nothing.\n\n"
        + "What a call fails with: a `ProblemException` where the component answered with a failure, an `AnswerException` where its answer is not as the contract says,"
        + " and a `dev.tenon.bus.Failure` where there was no answer.", List.of(), false), "", Map.of());
    file.open("public final class " + name + " {").blank();
    file.docs("The component that is called.").line("public static final String COMPONENT = " + JavaFile.quoted(api.component()) + ";").blank();
    file.line("private final " + bus + " bus;").line("private final " + context + " context;").blank();
    file.open("private " + name + "(" + bus + " bus, " + context + " context) {").line("this.bus = bus;").line("this.context = context;").close("}").blank();
    file.docs("A client for the calls of one exchange.").open("public static " + name + " of(" + bus + " bus, " + context + " context) {")
        .line("return new " + name + "(bus, context);").close("}");
    methods.give("COMPONENT");
    api.calls().forEach(this::operation);
    String call = file.use("dev.tenon.bus.client.ClientCall");
    file.blank().open("private " + call + " newCall(String operationId, String method) {")
        .line("return new " + call + "(bus, COMPONENT, operationId, context, method);").close("}").close("}");
  }

  private void operation(Call call) {
    Names names = JavaNames.members();
    USED.forEach(names::give);
    List<Named> arguments = call.arguments().stream().map(argument -> new Named(argument, names.give(Words.camel(argument.name())))).toList();
    String optionsType = options.write(call);
    for (Methods method : Methods.of(call)) {
      method(call, method, arguments, optionsType, methods.give(Words.camel(method.name())));
    }
  }

  private void method(Call call, Methods method, List<Named> arguments, String optionsType, String methodName) {
    List<Named> needed = arguments.stream().filter(each -> each.argument().required()).toList();
    String answer = answers.type(call, method);
    List<String> parameters = new ArrayList<>();
    List<String> given = new ArrayList<>();
    Map<String, Docs> said = new LinkedHashMap<>();
    for (Named each : needed) {
      parameters.add(types.plain(each.argument().type()) + " " + each.name());
      given.add(each.name());
      said.put(each.name(), each.argument().docs());
    }
    if (method.body().isPresent() && !call.bodyRequired()) {
      short_(call, methodName, answer, parameters, given, said, "");
    }
    method.body().ifPresent(body -> {
      parameters.add(bodies.type(body) + " body");
      given.add("body");
      said.put("body", body.docs().text().isEmpty() ? new Docs("the body, as " + String.join(" or ", body.mediaTypes()), List.of(), false) : body.docs());
    });
    if (!optionsType.isEmpty()) {
      short_(call, methodName, answer, parameters, given, said, ", " + optionsType + ".NONE");
      parameters.add(optionsType + " options");
      said.put("options", new Docs("what may be left out", List.of(), false));
    }
    head(call, methodName, answer, parameters, said);
    body(call, method, arguments, method.body().map(List::of).orElse(List.of()), answer);
  }

  /// A method with less to give: without options, or without a body that may be left out.
  private void short_(Call call, String methodName, String answer, List<String> parameters, List<String> given, Map<String, Docs> said, String rest) {
    head(call, methodName, answer, parameters, said);
    if (rest.isEmpty()) {
      Methods bare = new Methods(call.id(), java.util.Optional.empty(), Methods.of(call).stream().filter(each -> answers.type(call, each).equals(answer)).findFirst().orElseThrow().results());
      List<Named> needed = new ArrayList<>();
      Names names = JavaNames.members();
      USED.forEach(names::give);
      call.arguments().forEach(argument -> {
        String argumentName = names.give(Words.camel(argument.name()));
        if (argument.required()) {
          needed.add(new Named(argument, argumentName));
        }
      });
      body(call, bare, needed, List.of(), answer);
    } else {
      file.line("return " + methodName + "(" + (String.join(", ", given) + rest).replaceFirst("^, ", "") + ");").close("}");
    }
  }

  private void head(Call call, String methodName, String answer, List<String> parameters, Map<String, Docs> said) {
    file.blank().docs(call.docs(), "`" + call.method() + " " + call.path() + "`", said);
    if (call.docs().deprecated()) {
      file.line("@Deprecated");
    }
    file.list("public " + file.use("io.vertx.core.Future") + "<" + answer + "> " + methodName + "(", parameters, ") {");
    file.in();
  }

  private void body(Call call, Methods method, List<Named> arguments, List<Payload> payload, String answer) {
    payload.stream().filter(each -> each.form() == Form.MULTIPART).forEach(bodies::form);
    List<String> calls = new ArrayList<>(path(call, arguments));
    List<String> conditional = new ArrayList<>();
    for (Named each : arguments) {
      Argument argument = each.argument();
      if (argument.in() != Parameter.In.PATH && argument.required()) {
        calls.add("." + part(argument, each.name()));
      } else if (argument.in() != Parameter.In.PATH) {
        conditional.add("options." + options.component(call, argument) + "().ifPresent(value -> call." + part(argument, "value") + ");");
      }
    }
    if (!method.accepted().isEmpty()) {
      calls.add(".accept(" + JavaFile.quoted(String.join(", ", method.accepted())) + ")");
    }
    payload.forEach(each -> calls.add("." + bodies.call(each)));
    String start = "newCall(" + JavaFile.quoted(call.id()) + ", " + JavaFile.quoted(call.method()) + ")";
    if (conditional.isEmpty()) {
      file.chain("return " + start, withLast(calls, answers.reading(call, method)), ";");
    } else {
      file.chain(file.use("dev.tenon.bus.client.ClientCall") + " call = " + start, calls, ";");
      conditional.forEach(file::line);
      file.line("return call" + answers.reading(call, method) + ";");
    }
    file.close("}");
  }

  private static List<String> withLast(List<String> calls, String last) {
    List<String> all = new ArrayList<>(calls);
    all.add(last);
    return all;
  }

  /// The path: what is always the same, and values between.
  private List<String> path(Call call, List<Named> arguments) {
    List<String> calls = new ArrayList<>();
    int at = 0;
    String path = call.path();
    while (at < path.length()) {
      int open = path.indexOf('{', at);
      int end = open < 0 ? -1 : path.indexOf('}', open);
      if (open < 0 || end < 0) {
        calls.add(".path(" + JavaFile.quoted(path.substring(at)) + ")");
        break;
      }
      if (open > at) {
        calls.add(".path(" + JavaFile.quoted(path.substring(at, open)) + ")");
      }
      String variable = path.substring(open + 1, end);
      arguments.stream().filter(each -> each.argument().in() == Parameter.In.PATH && each.argument().name().equals(variable)).findFirst()
          .ifPresent(each -> calls.add("." + part(each.argument(), each.name())));
      at = end + 1;
    }
    return calls;
  }

  /// A parameter put where it belongs.
  private String part(Argument argument, String value) {
    String json = JavaFile.quoted(argument.name());
    String place = switch (argument.in()) {
      case PATH -> "path";
      case QUERY -> "query";
      case HEADER -> "header";
      case COOKIE -> "cookie";
    };
    boolean plainStyle = argument.style() != Parameter.Style.LABEL && argument.style() != Parameter.Style.MATRIX;
    if (argument.json()) {
      return place + "(" + json + ", " + file.use("dev.tenon.bus.json.JsonWriter") + ".write(" + value + ", " + types.writer(argument.type(), 0) + ").toString())";
    }
    String text = bodies.text(argument.type(), value);
    if (plainStyle && !text.isEmpty()) {
      return place + "(" + json + ", " + text + ")";
    }
    String tree = bodies.tree(argument.type(), value);
    String style = file.use("dev.tenon.bus.client.ParameterStyle") + "." + argument.style().name();
    return switch (argument.in()) {
      case PATH, QUERY -> place + "(" + json + ", " + tree + ", " + style + ", " + argument.explode() + ")";
      case HEADER, COOKIE -> place + "(" + json + ", " + tree + ", " + argument.explode() + ")";
    };
  }
}
