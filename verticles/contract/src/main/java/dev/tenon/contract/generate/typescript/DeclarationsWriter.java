package dev.tenon.contract.generate.typescript;

import dev.tenon.contract.generate.Api;
import dev.tenon.contract.generate.Api.Payload;
import dev.tenon.contract.generate.Api.Result;
import dev.tenon.contract.generate.Declaration;
import dev.tenon.contract.generate.Declaration.Alias;
import dev.tenon.contract.generate.Declaration.Enumeration;
import dev.tenon.contract.generate.Declaration.Member;
import dev.tenon.contract.generate.Declaration.Obj;
import dev.tenon.contract.generate.Declaration.Tuple;
import dev.tenon.contract.generate.Declaration.Union;
import dev.tenon.contract.generate.Docs;
import dev.tenon.contract.generate.Type;
import dev.tenon.contract.generate.Words;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes the declarations of one contract: its types, and its client's.
final class DeclarationsWriter {

  /// The statuses below 400 of the IANA registry, without those that never reach a caller.
  private static final List<String> STATUSES = List.of(
      "200", "201", "202", "203", "204", "205", "206", "207", "208", "226", "300", "301", "302", "303", "304", "305", "307", "308");

  private final Api api;
  private final ScriptTypes types;
  private final List<ScriptCall> calls;
  private final Map<String, String> problemTypes;
  private final ScriptText text = new ScriptText();

  DeclarationsWriter(Api api, ScriptTypes types, List<ScriptCall> calls, Map<String, String> problemTypes) {
    this.api = api;
    this.types = types;
    this.calls = calls;
    this.problemTypes = problemTypes;
  }

  String write(String header) {
    text.line(header);
    text.line("import type { Bytes, CallOptions, ServerSentEvent, Service } from \"./runtime.js\";");
    text.line("export { AnswerError, ProblemError } from \"./runtime.js\";");
    text.line("export type { Bytes, CallOptions, ServerSentEvent, Service } from \"./runtime.js\";");
    api.declarations().forEach(this::declaration);
    String prefix = Words.pascal(api.name());
    if (!problemTypes.isEmpty()) {
      problemTypes(prefix + "ProblemType");
    }
    if (!api.events().isEmpty()) {
      text.blank().docs(new Docs("The events that `" + api.component() + "` emits, with what each carries.", List.of(), false), "");
      text.open("export interface " + prefix + "Events {");
      api.events().forEach(event -> text.docs(event.docs(), "").line(ScriptText.key(event.name()) + ": " + types.write(event.type()) + ";"));
      text.close("}");
    }
    if (!calls.isEmpty()) {
      client(prefix + "Client");
    }
    return text.toString();
  }

  private void declaration(Declaration declaration) {
    String name = types.of(declaration);
    text.blank().docs(declaration.docs(), "`" + declaration.hint() + "` of the contract.");
    switch (declaration.definition()) {
      case Obj object -> object(name, object);
      case Enumeration(List<String> values) -> text.line("export type " + name + " = " + types.enumeration(declaration, values) + ";");
      case Union union -> text.line("export type " + name + " = " + union.variants().stream().map(variant -> types.write(variant.type())).distinct().collect(Collectors.joining(" | ")) + ";");
      case Tuple tuple -> text.line("export type " + name + " = " + types.tuple(tuple) + ";");
      case Alias(Type type) -> text.line("export type " + name + " = " + (isItself(declaration, type) ? "unknown" : types.write(type)) + ";");
    }
  }

  /// Whether a type is said to be nothing but itself.
  private static boolean isItself(Declaration declaration, Type type) {
    return switch (type) {
      case Type.Ref(Declaration to) -> to == declaration;
      case Type.Nullable(Type of) -> isItself(declaration, of);
      default -> false;
    };
  }

  private void object(String name, Obj object) {
    if (object.members().isEmpty() && object.others().isEmpty()) {
      text.line("export type " + name + " = { [key: string]: never };");
      return;
    }
    text.open("export interface " + name + " {");
    for (Member member : object.members()) {
      text.docs(member.docs(), "").line(ScriptText.key(member.name()) + (member.required() ? "" : "?") + ": " + types.write(member.type()) + ";");
    }
    if (object.others().isPresent()) {
      String others = object.members().isEmpty() ? types.write(object.others().get()) : "unknown";
      text.line("[key: string]: " + others + ";");
    }
    text.close("}");
  }

  private void problemTypes(String name) {
    text.blank().docs(new Docs("The kinds of problem that `" + api.component() + "` answers with: what `ProblemError.type` may be.", List.of(), false), "");
    text.open("export declare const " + name + ": {");
    problemTypes.forEach((type, constant) -> text.line("readonly " + constant + ": " + ScriptText.quoted(type) + ";"));
    text.close("};");
    text.line("export type " + name + " = " + problemTypes.keySet().stream().map(ScriptText::quoted).collect(Collectors.joining(" | ")) + " | (string & {});");
  }

  private void client(String name) {
    text.blank().docs(new Docs("Calls the component `" + api.component() + "`. Every method fails with a `ProblemError` where the component answers with a failure, and with an"
        + " `AnswerError` where its answer is not as the contract says.", List.of(), false), "");
    text.open("export interface " + name + " {");
    calls.forEach(this::method);
    text.close("}").blank();
    text.docs(new Docs("A client over a service binding, or over anything with its `fetch`. The options given here are those of every call.", List.of(), false), "");
    text.line("export declare function create" + name + "(service: Service, defaults?: CallOptions): " + name + ";");
  }

  private void method(ScriptCall call) {
    text.docs(call.call().docs(), "`" + call.call().method() + " " + call.call().path() + "`");
    if (call.takesNothing()) {
      text.line(ScriptText.key(call.name()) + "(options?: CallOptions): Promise<" + answer(call) + ">;");
      return;
    }
    text.open(ScriptText.key(call.name()) + "(").open("parameters" + (call.needsNothing() ? "?" : "") + ": {");
    for (ScriptCall.Keyed each : call.arguments()) {
      text.docs(each.argument().docs(), "").line(ScriptText.key(each.key()) + (each.argument().required() ? ": " : "?: ") + types.write(each.argument().type())
          + (each.argument().required() ? "" : " | undefined") + ";");
    }
    call.method().body().ifPresent(body -> body(call, body));
    text.close("},").line("options?: CallOptions,").close("): Promise<" + answer(call) + ">;");
  }

  private void body(ScriptCall call, Payload body) {
    String optional = call.call().bodyRequired() ? ": " : "?: ";
    String undefined = call.call().bodyRequired() ? "" : " | undefined";
    text.docs(body.docs(), "");
    text.line("body" + optional + switch (body.form()) {
      case JSON, FORM, MULTIPART -> types.write(body.type());
      case TEXT -> "string";
      case EVENTS, BYTES -> "Bytes";
    } + undefined + ";");
    if (call.namesContentType()) {
      String names = body.mediaTypes().stream().map(type -> type.contains("*") ? "(string & {})" : ScriptText.quoted(type)).distinct().collect(Collectors.joining(" | "));
      text.line("contentType" + optional + names + undefined + ";");
    }
  }

  private String answer(ScriptCall call) {
    List<Result> results = call.method().results();
    if (results.isEmpty()) {
      return "void";
    }
    if (call.tellsStatus(types)) {
      return results.stream().map(result -> "{ status: " + status(result.status(), results)
          + "; body: " + ScriptCall.body(result, types).replaceFirst("^void$", "undefined") + (result.headers() ? "; headers: Headers" : "") + " }").collect(Collectors.joining(" | "));
    }
    String body = ScriptCall.body(results.getFirst(), types);
    return call.tellsHeaders() ? "{ body: " + body.replaceFirst("^void$", "undefined") + "; headers: Headers }" : body;
  }

  /// The statuses that a range stands for are those that IANA knows and that have no answer of their own: only so can a consumer tell them apart by status.
  private static String status(String status, List<Result> beside) {
    if (status.matches("[0-9]+")) {
      return status;
    }
    return STATUSES.stream()
        .filter(each -> status.equals("default") || each.charAt(0) == status.charAt(0))
        .filter(each -> beside.stream().noneMatch(other -> other.status().equals(each) || status.equals("default") && other.status().equals(each.charAt(0) + "XX")))
        .collect(Collectors.joining(" | "));
  }
}
