package dev.tenon.contract.generate.java;

import dev.tenon.contract.generate.Api.Call;
import dev.tenon.contract.generate.Api.Payload;
import dev.tenon.contract.generate.Api.Result;
import dev.tenon.contract.generate.Docs;
import dev.tenon.contract.generate.Methods;
import dev.tenon.contract.generate.Names;
import dev.tenon.contract.generate.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What a call's future holds, and how it is read. Where answers of several statuses differ, it is a sealed type with a record for each.
final class AnswerWriter {

  /// @param type empty where all answers are of one type
  /// @param records names of the records, by status
  private record Several(String type, Map<String, String> records) {}

  private final JavaNames names;
  private final JavaFile client;
  private final JavaTypes types;
  private final Function<String, JavaFile> files;
  private final Map<Methods, Several> sealedTypes = new HashMap<>();

  AnswerWriter(JavaNames names, JavaFile client, JavaTypes types, Function<String, JavaFile> files) {
    this.names = names;
    this.client = client;
    this.types = types;
    this.files = files;
  }

  /// The type of what the future holds.
  String type(Call call, Methods method) {
    List<Result> results = method.results();
    if (results.isEmpty()) {
      return "Void";
    }
    Several several = several(call, method);
    if (!several.type().isEmpty()) {
      return several.type();
    }
    String body = body(results.getFirst(), client, types);
    return results.stream().anyMatch(Result::headers) ? client.use("dev.tenon.bus.client.Answered") + "<" + body + ">" : body;
  }

  /// The end of the call: sends it and reads what comes.
  String reading(Call call, Methods method) {
    if (method.results().isEmpty()) {
      return ".send(answer -> answer.status() < 400 ? answer.nothing() : answer.unexpected())";
    }
    Several several = several(call, method);
    StringBuilder reading = new StringBuilder(".send(answer -> ");
    for (Result result : method.results()) {
      reading.append(condition(result, method)).append(" ? answer.").append(read(result));
      if (!several.type().isEmpty()) {
        String record = several.type() + "." + several.records().get(result.status());
        reading.append(".map(answered -> new ").append(record).append(constructor(result)).append(")");
      } else if (method.results().stream().anyMatch(Result::headers)) {
        reading.append(".map(answered -> new ").append(client.use("dev.tenon.bus.client.Answered")).append("<>(answered, answer.headers()))");
      }
      reading.append(" : ");
    }
    return reading.append("answer.unexpected())").toString();
  }

  private static String constructor(Result result) {
    List<String> parts = new ArrayList<>();
    if (result.status().matches(".*XX|default")) {
      parts.add("answer.status()");
    }
    if (result.payload().isPresent()) {
      parts.add("answered");
    }
    if (result.headers()) {
      parts.add("answer.headers()");
    }
    return "(" + String.join(", ", parts) + ")";
  }

  private static String condition(Result result, Methods method) {
    String status = switch (result.status()) {
      case "default" -> "answer.status() < 400";
      case String range when range.endsWith("XX") -> "answer.status() / 100 == " + range.charAt(0);
      case String exact -> "answer.status() == " + exact;
    };
    return status;
  }

  private String read(Result result) {
    return result.payload().map(payload -> switch (payload.form()) {
      case JSON, FORM, MULTIPART -> "json(" + types.reader(payload.type()) + ")";
      case TEXT -> "text()";
      case EVENTS -> "stream(" + JavaFile.quoted(payload.mediaTypes().getFirst()) + ")";
      case BYTES -> BodyWriter.isOneType(payload) ? "stream(" + JavaFile.quoted(payload.mediaTypes().getFirst()) + ")"
          : "typed(" + String.join(", ", payload.mediaTypes().stream().map(JavaFile::quoted).toList()) + ")";
    }).orElse("nothing()");
  }

  private static String body(Result result, JavaFile file, JavaTypes types) {
    return result.payload().map(payload -> bodyType(payload, file, types)).orElse("Void");
  }

  private static String bodyType(Payload payload, JavaFile file, JavaTypes types) {
    return switch (payload.form()) {
      case JSON, FORM, MULTIPART -> types.boxed(payload.type());
      case TEXT -> "String";
      case EVENTS -> file.use("dev.tenon.bus.Body");
      case BYTES -> BodyWriter.isOneType(payload) ? file.use("dev.tenon.bus.Body") : file.use("dev.tenon.bus.client.TypedBody");
    };
  }

  private Several several(Call call, Methods method) {
    long different = method.results().stream().map(result -> body(result, client, types)).distinct().count();
    if (different <= 1) {
      return new Several("", Map.of());
    }
    return sealedTypes.computeIfAbsent(new Methods(call.id(), java.util.Optional.empty(), method.results()), key -> write(call, method));
  }

  private Several write(Call call, Methods method) {
    String name = names.type(Words.pascal(method.body().isEmpty() ? method.name() : call.id()) + "Answer");
    JavaFile file = files.apply(name);
    JavaTypes own = new JavaTypes(names, file);
    Names nested = names.nested();
    Map<String, String> records = new LinkedHashMap<>();
    method.results().forEach(result -> records.put(result.status(), nested.give(Methods.status(result.status()))));
    file.docs("What `" + call.id() + "` answers.").open("public sealed interface " + name + " {");
    for (Result result : method.results()) {
      List<String> parts = new ArrayList<>();
      Map<String, Docs> said = new LinkedHashMap<>();
      if (result.status().matches(".*XX|default")) {
        parts.add("int status");
      }
      if (result.payload().isPresent()) {
        parts.add(body(result, file, own) + " body");
      }
      if (result.headers()) {
        parts.add(file.use("io.vertx.core.MultiMap") + " headers");
        said.put("headers", new Docs("of the answer", List.of(), false));
      }
      file.blank().docs(result.docs(), "Status " + result.status() + ".", said);
      file.line("record " + records.get(result.status()) + "(" + String.join(", ", parts) + ") implements " + name + " {}");
    }
    file.close("}");
    return new Several(name, records);
  }
}
