package dev.tenon.contract.generate.typescript;

import dev.tenon.contract.Parameter;
import dev.tenon.contract.generate.Api;
import dev.tenon.contract.generate.Api.Argument;
import dev.tenon.contract.generate.Api.Form;
import dev.tenon.contract.generate.Api.Payload;
import dev.tenon.contract.generate.Api.Result;
import dev.tenon.contract.generate.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes the module of one contract: a table for each operation, which the runtime works by.
final class ModuleWriter {

  private final Api api;
  private final ScriptTypes types;
  private final List<ScriptCall> calls;
  private final Map<String, String> problemTypes;
  private final ShapeTable shapes;
  private final ScriptText text = new ScriptText();

  ModuleWriter(Api api, ScriptTypes types, List<ScriptCall> calls, Map<String, String> problemTypes) {
    this.api = api;
    this.types = types;
    this.calls = calls;
    this.problemTypes = problemTypes;
    this.shapes = new ShapeTable(types);
  }

  String write(String header) {
    text.line(header);
    if (!calls.isEmpty()) {
      text.line("import { client } from \"./runtime.js\";");
    }
    text.line("export { AnswerError, ProblemError } from \"./runtime.js\";");
    String prefix = Words.pascal(api.name());
    if (!problemTypes.isEmpty()) {
      text.blank().open("export const " + prefix + "ProblemType = /* @__PURE__ */ Object.freeze({");
      problemTypes.forEach((type, constant) -> text.line(constant + ": " + ScriptText.quoted(type) + ","));
      text.close("});");
    }
    if (!calls.isEmpty()) {
      text.blank().open("const operations = {");
      calls.forEach(this::operation);
      text.close("};").blank();
      text.open("const shapes = {");
      shapes.entries().forEach(text::line);
      text.close("};").blank();
      text.open("export function create" + prefix + "Client(service, defaults) {");
      text.line("return client(" + ScriptText.quoted(api.component()) + ", operations, shapes, service, defaults);").close("}");
    }
    return text.toString();
  }

  private void operation(ScriptCall call) {
    text.open(ScriptText.key(call.name()) + ": {");
    text.line("id: " + ScriptText.quoted(call.call().id()) + ",").line("method: " + ScriptText.quoted(call.call().method()) + ",");
    text.line("path: [" + String.join(", ", path(call)) + "],");
    for (Parameter.In in : List.of(Parameter.In.QUERY, Parameter.In.HEADER, Parameter.In.COOKIE)) {
      List<String> parts = call.arguments().stream().filter(each -> each.argument().in() == in).map(ModuleWriter::part).toList();
      if (!parts.isEmpty()) {
        text.line(in.name().toLowerCase(Locale.ROOT) + ": [" + String.join(", ", parts) + "],");
      }
    }
    if (!call.method().accepted().isEmpty()) {
      text.line("accept: " + ScriptText.quoted(String.join(", ", call.method().accepted())) + ",");
    }
    call.method().body().ifPresent(body -> text.line("body: [" + form(body.form()) + ", " + ScriptText.quoted(contentType(body)) + "],"));
    if (call.takesNothing()) {
      text.line("bare: true,");
    }
    if (call.tellsStatus(types)) {
      text.line("tellsStatus: true,");
    }
    if (call.tellsHeaders()) {
      text.line("tellsHeaders: true,");
    }
    List<String> answers = new ArrayList<>();
    for (Result result : call.method().results()) {
      String checked = result.payload().filter(payload -> payload.form() == Form.JSON).map(payload -> ", " + shapes.of(payload.type())).orElse("");
      String types = result.payload().map(payload -> ", [" + String.join(", ", payload.mediaTypes().stream().map(ScriptText::quoted).toList()) + "]").orElse("");
      answers.add("[" + ScriptText.quoted(result.status()) + ", " + result.payload().map(payload -> form(payload.form())).orElse("\"nothing\"") + types + checked + "]");
    }
    text.line("answers: [" + String.join(", ", answers) + "],").close("},");
  }

  private static List<String> path(ScriptCall call) {
    List<String> parts = new ArrayList<>();
    String path = call.call().path();
    int at = 0;
    while (at < path.length()) {
      int open = path.indexOf('{', at);
      int end = open < 0 ? -1 : path.indexOf('}', open);
      if (end < 0) {
        parts.add(ScriptText.quoted(path.substring(at)));
        break;
      }
      if (open > at) {
        parts.add(ScriptText.quoted(path.substring(at, open)));
      }
      String variable = path.substring(open + 1, end);
      call.arguments().stream().filter(each -> each.argument().in() == Parameter.In.PATH && each.argument().name().equals(variable)).findFirst().ifPresent(each -> parts.add(part(each)));
      at = end + 1;
    }
    return parts;
  }

  /// Key, name, style, and whether each part of the value is written by itself.
  private static String part(ScriptCall.Keyed each) {
    Argument argument = each.argument();
    String style = argument.json() ? "json" : Words.camel(argument.style().name().toLowerCase(Locale.ROOT));
    return "[" + ScriptText.quoted(each.key()) + ", " + ScriptText.quoted(argument.name()) + ", " + ScriptText.quoted(style) + ", " + argument.explode() + "]";
  }

  private static String form(Form form) {
    return ScriptText.quoted(form.name().toLowerCase(Locale.ROOT));
  }

  private static String contentType(Payload body) {
    String first = body.mediaTypes().getFirst();
    return !first.contains("*") ? first : body.form() == Form.JSON ? "application/json" : body.form() == Form.TEXT ? "text/plain" : "application/octet-stream";
  }
}
