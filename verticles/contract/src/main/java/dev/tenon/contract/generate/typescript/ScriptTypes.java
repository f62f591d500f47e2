package dev.tenon.contract.generate.typescript;

import dev.tenon.contract.generate.Api;
import dev.tenon.contract.generate.Declaration;
import dev.tenon.contract.generate.Declaration.Alias;
import dev.tenon.contract.generate.Declaration.Enumeration;
import dev.tenon.contract.generate.Declaration.Obj;
import dev.tenon.contract.generate.Declaration.Tuple;
import dev.tenon.contract.generate.Declaration.Union;
import dev.tenon.contract.generate.Names;
import dev.tenon.contract.generate.Type;
import dev.tenon.contract.generate.Type.Basic;
import dev.tenon.contract.generate.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The names of a contract's types in TypeScript, and how types are written with them.
final class ScriptTypes {

  /// Types that are not to be hidden: those of the language and of the platform, and those of the runtime.
  private static final Set<String> RESERVED = Set.of((
      "any unknown never void undefined null object string number boolean symbol bigint Any Array ArrayBuffer AbortSignal AsyncIterable BigInt Blob Boolean Buffer "
      + "Date Error File FormData Function Headers Infinity JSON Map Math NaN Number Object Promise Proxy ReadableStream Record Reflect RegExp Request Response "
      + "Set String Symbol URL URLSearchParams Uint8Array WeakMap WeakSet Partial Required Readonly Pick Omit Exclude Extract "
      + "AnswerError Bytes CallOptions ProblemError ServerSentEvent Service Undefined Null Void Never Unknown").split(" "));

  private final Names names = new Names(RESERVED, "Value");
  private final Map<Declaration, String> declared = new IdentityHashMap<>();
  private final Set<Declaration> answered = Collections.newSetFromMap(new IdentityHashMap<>());

  ScriptTypes(Api api) {
    String prefix = Words.pascal(api.name());
    Stream.of("Client", "Events", "ProblemType").forEach(kind -> names.give(prefix + kind));
    names.give("create" + prefix + "Client");
    for (boolean exact : new boolean[] {true, false}) {
      for (Declaration declaration : api.declarations()) {
        if (exact == (declaration.named() && Words.pascal(declaration.hint()).equals(declaration.hint()))) {
          declared.put(declaration, names.give(Words.pascal(declaration.hint())));
        }
      }
    }
    api.calls().forEach(call -> call.results().forEach(result -> result.payload().ifPresent(payload -> answers(payload.type()))));
    api.events().forEach(event -> answers(event.type()));
  }

  String of(Declaration declaration) {
    return declared.get(declaration);
  }

  String write(Type type) {
    return switch (type) {
      case Basic basic -> switch (basic) {
        case ANY -> "unknown";
        case BOOLEAN -> "boolean";
        case INT32, INT64, INTEGER, NUMBER, DECIMAL -> "number";
        case BINARY -> "Blob | Uint8Array | string";
        default -> "string";
      };
      case Type.Literals(Basic base, List<Object> values) -> values.stream().map(ScriptTypes::literal).collect(Collectors.joining(" | "));
      case Type.ListOf(Type items) -> inside(items) + "[]";
      case Type.MapOf(Type values) -> "{ [key: string]: " + write(values) + " }";
      case Type.Nullable(Type of) -> write(of) + " | null";
      case Type.Ref(Declaration to) -> declared.get(to);
    };
  }

  private String inside(Type type) {
    String written = write(type);
    return written.contains(" | ") && !written.startsWith("{") ? "(" + written + ")" : written;
  }

  /// The strings of an enumeration. What is answered may be a newer one; what is sent may not.
  String enumeration(Declaration declaration, List<String> values) {
    List<String> literals = new ArrayList<>(values.stream().map(ScriptText::quoted).toList());
    if (answered.contains(declaration)) {
      literals.add("(string & {})");
    }
    return String.join(" | ", literals);
  }

  String tuple(Tuple tuple) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < tuple.items().size(); i++) {
      items.add("item" + (i + 1) + (i < tuple.itemsMin() ? "" : "?") + ": " + write(tuple.items().get(i)));
    }
    tuple.rest().ifPresent(rest -> items.add("...rest: " + inside(rest) + "[]"));
    return "[" + String.join(", ", items) + "]";
  }

  private static String literal(Object value) {
    return value instanceof String text ? ScriptText.quoted(text) : String.valueOf(value);
  }

  /// Marks what can come back from the component.
  private void answers(Type type) {
    switch (type) {
      case Basic basic -> { }
      case Type.Literals literals -> { }
      case Type.ListOf(Type items) -> answers(items);
      case Type.MapOf(Type values) -> answers(values);
      case Type.Nullable(Type of) -> answers(of);
      case Type.Ref(Declaration to) -> {
        if (answered.add(to)) {
          switch (to.definition()) {
            case Obj(var members, var others) -> {
              members.forEach(member -> answers(member.type()));
              others.ifPresent(this::answers);
            }
            case Union union -> union.variants().forEach(variant -> answers(variant.type()));
            case Tuple(var items, var least, var rest) -> {
              items.forEach(this::answers);
              rest.ifPresent(this::answers);
            }
            case Alias(Type of) -> answers(of);
            case Enumeration enumeration -> { }
          }
        }
      }
    }
  }
}
