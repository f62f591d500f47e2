package dev.tenon.contract.generate.typescript;

import dev.tenon.contract.generate.Api.Argument;
import dev.tenon.contract.generate.Api.Call;
import dev.tenon.contract.generate.Api.Payload;
import dev.tenon.contract.generate.Api.Result;
import dev.tenon.contract.generate.Methods;
import dev.tenon.contract.generate.Names;
import dev.tenon.contract.generate.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// One method of a client, as both the declarations and the module see it.
///
/// @param name of the method
/// @param arguments with the keys under which they are given
record ScriptCall(Call call, Methods method, String name, List<Keyed> arguments) {

  /// @param key in the parameters' object
  record Keyed(Argument argument, String key) {}

  /// The methods of all operations.
  static List<ScriptCall> of(List<Call> calls) {
    Names names = new Names(Set.of("constructor", "toString", "valueOf", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "then"), "_");
    List<ScriptCall> all = new ArrayList<>();
    for (Call call : calls) {
      List<Keyed> keyed = keyed(call);
      for (Methods method : Methods.of(call)) {
        all.add(new ScriptCall(call, method, names.give(Words.camel(method.name())), keyed));
      }
    }
    return all;
  }

  /// Whether everything may be left out.
  boolean needsNothing() {
    return arguments.stream().noneMatch(each -> each.argument().required()) && (method.body().isEmpty() || !call.bodyRequired());
  }

  /// Whether there is nothing to give.
  boolean takesNothing() {
    return arguments.isEmpty() && method.body().isEmpty();
  }

  /// Whether the caller says which media type the body has.
  boolean namesContentType() {
    return method.body().filter(body -> !isOneType(body)).isPresent();
  }

  /// Whether an answer is told with its status, because answers of different statuses differ.
  boolean tellsStatus(ScriptTypes types) {
    return method.results().stream().map(result -> body(result, types)).distinct().count() > 1;
  }

  boolean tellsHeaders() {
    return method.results().stream().anyMatch(Result::headers);
  }

  /// The type of a result's body.
  static String body(Result result, ScriptTypes types) {
    return result.payload().map(payload -> switch (payload.form()) {
      case JSON, FORM, MULTIPART -> types.write(payload.type());
      case TEXT -> "string";
      case EVENTS -> "AsyncIterable<ServerSentEvent>";
      case BYTES -> "Response";
    }).orElse("void");
  }

  static boolean isOneType(Payload payload) {
    return payload.mediaTypes().size() == 1 && !payload.mediaTypes().getFirst().contains("*");
  }

  /// Parameters keep their names. Where two have the same, the later one is called by its place too.
  private static List<Keyed> keyed(Call call) {
    List<Keyed> keyed = new ArrayList<>();
    List<String> taken = new ArrayList<>(List.of("body", "contentType"));
    for (Argument argument : call.arguments()) {
      String key = argument.name();
      if (taken.contains(key)) {
        key = Words.camel(argument.name()) + "In" + Words.pascal(argument.in().name());
      }
      for (int i = 2; taken.contains(key); i++) {
        key = Words.camel(argument.name()) + "In" + Words.pascal(argument.in().name()) + i;
      }
      taken.add(key);
      keyed.add(new Keyed(argument, key));
    }
    return keyed;
  }
}
