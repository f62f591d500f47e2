package dev.tenon.contract.generate;

import dev.tenon.contract.Contract;
import dev.tenon.contract.MediaType;
import dev.tenon.contract.Node;
import dev.tenon.contract.Parameter;
import dev.tenon.contract.generate.Api.Argument;
import dev.tenon.contract.generate.Api.Call;
import dev.tenon.contract.generate.Api.Event;
import dev.tenon.contract.generate.Api.Form;
import dev.tenon.contract.generate.Api.Payload;
import dev.tenon.contract.generate.Api.Result;
import dev.tenon.contract.generate.Sides.Side;
import dev.tenon.contract.generate.Type.Basic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes an [Api] of a contract. Used once.
final class ApiReader {

  private static final List<String> METHODS = List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
  /// Headers that are parameters only by name: OpenAPI says to leave them to media types and security.
  private static final Set<String> HEADERS_OF_HTTP = Set.of("accept", "content-type", "authorization");

  private final Contract contract;
  private final References references;
  private final TypeReader types;
  private final Set<String> problemTypes = new LinkedHashSet<>();

  ApiReader(Contract contract) {
    this.contract = contract;
    this.references = new References(contract.document());
    this.types = new TypeReader(contract.document(), contract.version(), references);
  }

  Api read() {
    Node.Obj document = contract.document();
    Optional<Node.Obj> schemas = document.object("components").flatMap(components -> components.object("schemas"));
    List<Call> calls = new ArrayList<>();
    document.object("paths").ifPresent(paths -> paths.members().forEach((path, item) -> {
      if (!path.startsWith("x-")) {
        calls(path, references.object(item), calls);
      }
    }));
    List<Event> events = new ArrayList<>();
    document.object("webhooks").ifPresent(hooks -> hooks.members().forEach((name, item) -> event(name, references.object(item)).ifPresent(events::add)));
    schemas.ifPresent(all -> all.members().values().forEach(schema -> types.type(schema, Side.RESPONSE, "")));
    return new Api(contract.name(), document.text("x-tenon-component").orElse(contract.name()), contract.documentVersion(),
        document.object("info").map(Docs::of).orElse(Docs.NONE), types.declarations(), calls, events, List.copyOf(problemTypes));
  }

  private void calls(String path, Node.Obj item, List<Call> calls) {
    for (String method : METHODS) {
      item.object(method).ifPresent(operation -> calls.add(call(path, method, item, operation)));
    }
  }

  private Call call(String path, String method, Node.Obj item, Node.Obj operation) {
    String id = operation.text("operationId").orElseThrow();
    Map<String, Argument> arguments = new LinkedHashMap<>();
    for (Node.Obj level : List.of(item, operation)) {
      level.items("parameters").forEach(node -> argument(references.object(node), Words.pascal(id)).ifPresent(argument ->
          arguments.put(argument.in() + " " + argument.name(), argument)));
    }
    Optional<Node.Obj> body = operation.get("requestBody").map(references::object);
    List<Payload> bodies = body.map(found -> payloads(found, Side.REQUEST, Words.pascal(id) + "Request")).orElse(List.of());
    List<Result> results = new ArrayList<>();
    operation.object("responses").ifPresent(all -> {
      boolean named = all.members().keySet().stream().anyMatch(status -> status.matches("[123].*"));
      all.members().forEach((status, node) -> {
        if (status.matches("[123].*") || status.equals("default") && !named) {
          results(status, references.object(node), Words.pascal(id) + "Response", results);
        } else if (!status.startsWith("x-")) {
          problems(references.object(node));
        }
      });
    });
    return new Call(id, method.toUpperCase(Locale.ROOT), path, docs(operation), List.copyOf(arguments.values()), bodies,
        body.filter(found -> found.isTrue("required")).isPresent(), List.copyOf(results));
  }

  /// An operation's summary and description are two sentences about the same.
  private static Docs docs(Node.Obj operation) {
    Docs docs = Docs.of(operation);
    Optional<String> summary = operation.text("summary").map(String::strip).filter(text -> !text.isEmpty());
    return summary.isEmpty() || docs.text().equals(summary.get()) || docs.text().startsWith(summary.get())
        ? docs
        : new Docs(summary.get() + (summary.get().matches("(?s).*[.!?]") ? "" : ".") + (docs.text().isEmpty() ? "" : "\n\n" + docs.text()), docs.rules(), docs.deprecated());
  }

  private Optional<Argument> argument(Node.Obj node, String owner) {
    String name = node.text("name").orElse("");
    Parameter.In in = Parameter.In.valueOf(node.text("in").orElse("query").toUpperCase(Locale.ROOT));
    if (in == Parameter.In.HEADER && HEADERS_OF_HTTP.contains(name.toLowerCase(Locale.ROOT))) {
      return Optional.empty();
    }
    Parameter.Style style = switch (node.text("style").orElse("")) {
      case "form" -> Parameter.Style.FORM;
      case "simple" -> Parameter.Style.SIMPLE;
      case "spaceDelimited" -> Parameter.Style.SPACE_DELIMITED;
      case "pipeDelimited" -> Parameter.Style.PIPE_DELIMITED;
      case "deepObject" -> Parameter.Style.DEEP_OBJECT;
      case "label" -> Parameter.Style.LABEL;
      case "matrix" -> Parameter.Style.MATRIX;
      default -> in == Parameter.In.QUERY || in == Parameter.In.COOKIE ? Parameter.Style.FORM : Parameter.Style.SIMPLE;
    };
    boolean explode = node.has("explode") ? node.isTrue("explode") : style == Parameter.Style.FORM;
    Optional<Node> content = node.object("content").flatMap(all -> all.members().values().stream().findFirst()).flatMap(type -> references.object(type).get("schema"));
    Optional<Node> schema = node.get("schema").or(() -> content);
    String hint = owner + Words.pascal(name);
    Type type = schema.map(found -> types.type(found, Side.REQUEST, hint)).orElse(Basic.STRING);
    Docs docs = Docs.of(node);
    Docs more = schema.map(found -> Docs.of(references.object(found))).orElse(Docs.NONE);
    return Optional.of(new Argument(name, in, type instanceof Type.Nullable(Type inner) ? inner : type, node.isTrue("required") || in == Parameter.In.PATH, style, explode,
        node.has("content"), new Docs(docs.text().isEmpty() ? more.text() : docs.text(), more.rules(), docs.deprecated())));
  }

  /// What a body may be: JSON before forms, forms before text, and bytes last. All that is bytes is one.
  private List<Payload> payloads(Node.Obj holder, Side side, String hint) {
    Map<Form, List<Payload>> byForm = new LinkedHashMap<>();
    holder.object("content").ifPresent(all -> all.members().forEach((range, node) -> {
      Node.Obj media = references.object(node);
      Optional<Node> schema = media.get("schema");
      Form form = form(range.toLowerCase(Locale.ROOT), schema);
      Type type = switch (form) {
        case JSON, FORM, MULTIPART -> schema.map(found -> types.type(found, side, hint)).orElse(Basic.ANY);
        case TEXT -> Basic.STRING;
        case EVENTS, BYTES -> Basic.ANY;
      };
      Docs docs = new Docs(holder.text("description").orElse(""), List.of(), false);
      byForm.computeIfAbsent(form, key -> new ArrayList<>()).add(new Payload(List.of(range.toLowerCase(Locale.ROOT)), form, type, docs));
    }));
    List<Payload> payloads = new ArrayList<>();
    for (Form form : Form.values()) {
      List<Payload> all = byForm.getOrDefault(form, List.of());
      if (form == Form.BYTES && !all.isEmpty()) {
        payloads.add(new Payload(all.stream().flatMap(each -> each.mediaTypes().stream()).toList(), form, Basic.ANY, all.getFirst().docs()));
      } else {
        payloads.addAll(all);
      }
    }
    return payloads;
  }

  private Form form(String range, Optional<Node> schema) {
    String essence = MediaType.essence(range);
    if (MediaType.isJson(essence)) {
      return Form.JSON;
    }
    return switch (essence) {
      case "application/x-www-form-urlencoded" -> Form.FORM;
      case "multipart/form-data" -> Form.MULTIPART;
      case "text/event-stream" -> Form.EVENTS;
      case "*/*", "application/*" -> schema.map(references::object).filter(object -> object.text("type").orElse("string").equals("string")).isPresent() || schema.isEmpty()
          ? Form.BYTES : Form.JSON;
      default -> essence.startsWith("text/") ? Form.TEXT : Form.BYTES;
    };
  }

  private void results(String status, Node.Obj response, String hint, List<Result> results) {
    boolean headers = response.object("headers").filter(all -> !all.members().isEmpty()).isPresent();
    Docs docs = new Docs(response.text("description").orElse(""), List.of(), false);
    List<Payload> payloads = payloads(response, Side.RESPONSE, hint);
    if (payloads.isEmpty()) {
      results.add(new Result(status, Optional.empty(), headers, docs));
    }
    payloads.forEach(payload -> results.add(new Result(status, Optional.of(payload), headers, docs)));
  }

  private void problems(Node.Obj response) {
    response.object("content").flatMap(content -> content.object("application/problem+json")).ifPresent(media -> {
      media.get("schema").map(references::object).flatMap(schema -> schema.object("properties")).flatMap(all -> all.get("type")).map(references::object).ifPresent(type -> {
        type.get("const").ifPresent(this::problemType);
        type.items("enum").forEach(this::problemType);
      });
      media.get("example").flatMap(example -> example.find("/type")).ifPresent(this::problemType);
      media.object("examples").ifPresent(all -> all.members().values().forEach(example ->
          references.object(example).get("value").flatMap(value -> value.find("/type")).ifPresent(this::problemType)));
    });
  }

  private void problemType(Node node) {
    if (node instanceof Node.Text(String type, var at) && !type.isBlank() && !type.equals("about:blank")) {
      problemTypes.add(type);
    }
  }

  private Optional<Event> event(String name, Node.Obj item) {
    for (String method : METHODS) {
      Optional<Node.Obj> operation = item.object(method);
      Optional<Payload> payload = operation.flatMap(found -> found.get("requestBody")).map(references::object)
          .flatMap(body -> payloads(body, Side.RESPONSE, Words.pascal(name)).stream().filter(each -> each.form() == Form.JSON).findFirst());
      if (payload.isPresent()) {
        return Optional.of(new Event(name, payload.get().type(), docs(operation.get())));
      }
    }
    return Optional.empty();
  }
}
