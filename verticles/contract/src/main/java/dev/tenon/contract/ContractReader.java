package dev.tenon.contract;

import dev.tenon.contract.schema.Schema;
import dev.tenon.contract.schema.SchemaCompiler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes a [Contract] of a bundled document, and finds on the way what keeps it from being one. Used once.
final class ContractReader {

  private static final List<String> METHODS = List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
  private static final Set<String> IDEMPOTENT = Set.of("get", "put", "delete", "options", "head", "trace");
  private static final Set<String> HEADERS_OF_HTTP = Set.of("accept", "content-type", "authorization");
  private static final Pattern STATUS = Pattern.compile("[1-5]([0-9]{2}|XX)|default");
  private static final Pattern PATH = Pattern.compile("(/([^/{}?#]*|\\{[^/{}]+}))+");
  private static final Pattern VARIABLE = Pattern.compile("\\{([^/{}]+)}");
  private static final int REFERENCE_HOPS_MAX = 50;

  private final String name;
  private final ContractDocument source;
  private final Node.Obj document;
  private final List<ContractProblem> problems;
  private final Map<String, Predicate<String>> formats;
  private final Map<String, Location> operationIds = new HashMap<>();
  private final Map<String, Location> pathShapes = new HashMap<>();
  private final Map<String, SecurityScheme> schemes = new LinkedHashMap<>();
  private OpenApiVersion version;
  private SchemaCompiler schemas;

  ContractReader(String name, ContractDocument source, List<ContractProblem> problems, Map<String, Predicate<String>> formats) {
    this.name = name;
    this.source = source;
    this.document = source.root();
    this.problems = problems;
    this.formats = formats;
  }

  Contract read() {
    version = source.version();
    schemas = new SchemaCompiler(document, SchemaNodes.in(document), version.dialect(), formats);
    info();
    securitySchemes();
    List<Operation> operations = new ArrayList<>();
    Optional<Node.Obj> paths = document.object("paths");
    if (paths.isEmpty() && version == OpenApiVersion.V3_0) {
      problem(document, "has no \"paths\" – add the operations");
    }
    paths.ifPresent(object -> object.members().forEach((path, item) -> {
      if (!path.startsWith("x-")) {
        path(path, item, operations);
      }
    }));
    components();
    if (!problems.isEmpty()) {
      throw new ContractException(problems);
    }
    return new Contract(name, version, document, operations, schemes, source);
  }

  private void info() {
    Optional<Node.Obj> info = document.object("info");
    if (info.isEmpty()) {
      problem(document, "has no \"info\" – add it with a title and a version");
      return;
    }
    for (String needed : List.of("title", "version")) {
      if (info.get().text(needed).filter(text -> !text.isBlank()).isEmpty()) {
        problem(info.get().get(needed).orElse(info.get()), "\"info\" needs a \"" + needed + "\" that is a string");
      }
    }
  }

  private void securitySchemes() {
    document.object("components").flatMap(components -> components.object("securitySchemes")).ifPresent(all -> all.members().forEach((key, node) -> {
      Optional<Node.Obj> scheme = resolved(node);
      String type = scheme.flatMap(object -> object.text("type")).orElse("");
      if (!Set.of("http", "apiKey", "oauth2", "openIdConnect", "mutualTLS").contains(type)) {
        problem(node, "the security scheme \"" + key + "\" has no known \"type\" – it is http, apiKey, oauth2, openIdConnect or mutualTLS");
        return;
      }
      String http = scheme.flatMap(object -> object.text("scheme")).orElse("").toLowerCase(Locale.ROOT);
      if (type.equals("http") && http.isEmpty()) {
        problem(node, "the security scheme \"" + key + "\" is of type http and needs a \"scheme\", for example bearer");
      }
      schemes.put(key, new SecurityScheme(key, type, http, node.at()));
    }));
  }

  /// Schemas that no operation uses are compiled too, so that a mistake in them is found now and not when one is used.
  private void components() {
    document.object("components").flatMap(components -> components.object("schemas")).ifPresent(all -> all.members().values().forEach(this::schema));
  }

  private void path(String path, Node node, List<Operation> operations) {
    if (!PATH.matcher(path).matches()) {
      problem(node, "the path \"" + path + "\" is not a path template – it starts with / and a variable fills a whole segment: /users/{id}");
      return;
    }
    Location same = pathShapes.putIfAbsent(VARIABLE.matcher(path).replaceAll("{}"), node.at());
    if (same != null) {
      problem(node, "the path \"" + path + "\" matches the same requests as the one at " + same + " – make one path of them");
    }
    if (!(node instanceof Node.Obj item)) {
      problem(node, "the path \"" + path + "\" is " + node.kind() + " – it must be an object with operations");
      return;
    }
    for (String method : METHODS) {
      item.get(method).ifPresent(operation -> {
        if (operation instanceof Node.Obj object) {
          operation(path, item, method, object).ifPresent(operations::add);
        } else {
          problem(operation, method + " " + path + " is " + operation.kind() + " – it must be an object");
        }
      });
    }
  }

  private Optional<Operation> operation(String path, Node.Obj item, String method, Node.Obj node) {
    String label = method.toUpperCase(Locale.ROOT) + " " + path;
    int before = problems.size();
    String id = node.text("operationId").orElse("");
    if (id.isEmpty()) {
      problem(node, label + " has no \"operationId\" – give it a name that no other operation has");
    } else if (operationIds.putIfAbsent(id, node.at()) instanceof Location other) {
      problem(node.get("operationId").orElse(node), "the operationId \"" + id + "\" is used already at " + other + " – each is used once");
    }
    List<Parameter> parameters = parameters(path, item, node, label);
    Optional<RequestBody> body = node.get("requestBody").flatMap(this::resolved).map(object -> requestBody(object, label));
    List<Response> responses = responses(node, label);
    List<Map<String, List<String>>> security = security(node, label);
    long bytesMax = bodyBytesMax(item, node);
    boolean idempotent = IDEMPOTENT.contains(method) || node.isTrue("x-tenon-idempotent");
    return problems.size() > before
        ? Optional.empty()
        : Optional.of(new Operation(id, method.toUpperCase(Locale.ROOT), path, parameters, body, responses, security, idempotent, bytesMax, node.at()));
  }

  private List<Parameter> parameters(String path, Node.Obj item, Node.Obj operation, String label) {
    Map<String, Parameter> all = new LinkedHashMap<>();
    for (Node.Obj level : List.of(item, operation)) {
      Set<String> here = new HashSet<>();
      for (Node node : level.items("parameters")) {
        resolved(node).flatMap(object -> parameter(object, label)).ifPresent(parameter -> {
          if (!here.add(parameter.label())) {
            problem(node, "the " + parameter.label().replaceFirst(" ", " parameter \"") + "\" of " + label + " is there twice – remove one");
          }
          all.put(parameter.label(), parameter);
        });
      }
    }
    Set<String> variables = new LinkedHashSet<>();
    Matcher matcher = VARIABLE.matcher(path);
    while (matcher.find()) {
      variables.add(matcher.group(1));
    }
    for (Parameter parameter : all.values()) {
      if (parameter.in() == Parameter.In.PATH && !variables.remove(parameter.name())) {
        problem(parameter.at(), "the path parameter \"" + parameter.name() + "\" of " + label + " is not in the path – add {" + parameter.name() + "} to it");
      }
    }
    variables.forEach(variable -> problem(operation, "{" + variable + "} in the path of " + label + " has no parameter – describe it under \"parameters\""));
    return all.values().stream().filter(parameter -> parameter.in() != Parameter.In.HEADER || !HEADERS_OF_HTTP.contains(parameter.name().toLowerCase(Locale.ROOT))).toList();
  }

  private Optional<Parameter> parameter(Node.Obj node, String label) {
    String parameterName = node.text("name").orElse("");
    Parameter.In in = switch (node.text("in").orElse("")) {
      case "path" -> Parameter.In.PATH;
      case "query" -> Parameter.In.QUERY;
      case "header" -> Parameter.In.HEADER;
      case "cookie" -> Parameter.In.COOKIE;
      default -> null;
    };
    if (parameterName.isEmpty() || in == null) {
      problem(node, "a parameter of " + label + " needs a \"name\", and an \"in\" that is path, query, header or cookie");
      return Optional.empty();
    }
    boolean required = node.isTrue("required");
    if (in == Parameter.In.PATH && !required) {
      problem(node, "the path parameter \"" + parameterName + "\" of " + label + " needs required: true");
    }
    if (node.has("schema") == node.has("content")) {
      problem(node, "the parameter \"" + parameterName + "\" of " + label + " needs either \"schema\" or \"content\"");
    }
    Parameter.Style usual = in == Parameter.In.QUERY || in == Parameter.In.COOKIE ? Parameter.Style.FORM : Parameter.Style.SIMPLE;
    return style(node, usual).map(style -> parameter(node, parameterName, in, required, style));
  }

  private Parameter parameter(Node.Obj node, String parameterName, Parameter.In in, boolean required, Parameter.Style style) {
    boolean explode = node.has("explode") ? node.isTrue("explode") : style == Parameter.Style.FORM || style == Parameter.Style.DEEP_OBJECT;
    Optional<Map.Entry<String, Node>> content = node.object("content").flatMap(types -> types.members().entrySet().stream().findFirst());
    if (node.object("content").filter(types -> types.members().size() != 1).isPresent()) {
      problem(node, "the \"content\" of \"" + parameterName + "\" must have exactly one media type");
    }
    Optional<Node> schema = content.isPresent() ? content.flatMap(each -> each.getValue() instanceof Node.Obj type ? type.get("schema") : Optional.empty()) : node.get("schema");
    ValueShape shape = schema.map(found -> ValueShape.of(found, document)).orElse(ValueShape.Scalar.STRING);
    return new Parameter(parameterName, in, required, style, explode, node.isTrue("allowEmptyValue"), schema, schema.flatMap(this::schema), shape,
        content.map(each -> MediaType.essence(each.getKey())), node.at());
  }

  private Optional<Parameter.Style> style(Node.Obj node, Parameter.Style usual) {
    return switch (node.text("style").orElse("")) {
      case "" -> Optional.of(usual);
      case "simple" -> Optional.of(Parameter.Style.SIMPLE);
      case "form" -> Optional.of(Parameter.Style.FORM);
      case "spaceDelimited" -> Optional.of(Parameter.Style.SPACE_DELIMITED);
      case "pipeDelimited" -> Optional.of(Parameter.Style.PIPE_DELIMITED);
      case "deepObject" -> Optional.of(Parameter.Style.DEEP_OBJECT);
      case "label" -> Optional.of(Parameter.Style.LABEL);
      case "matrix" -> Optional.of(Parameter.Style.MATRIX);
      default -> {
        problem(node.get("style").orElseThrow(), "is not a style – use simple, form, spaceDelimited, pipeDelimited, deepObject, label or matrix");
        yield Optional.empty();
      }
    };
  }

  private RequestBody requestBody(Node.Obj node, String label) {
    Content content = content(node);
    if (content.isEmpty()) {
      problem(node, "the request body of " + label + " has no \"content\" – name at least one media type");
    }
    return new RequestBody(node.isTrue("required"), content, node.at());
  }

  private List<Response> responses(Node.Obj operation, String label) {
    Optional<Node.Obj> all = operation.object("responses");
    if (all.isEmpty() || all.get().members().isEmpty()) {
      problem(operation, label + " has no \"responses\" – describe at least one");
      return List.of();
    }
    List<Response> responses = new ArrayList<>();
    all.get().members().forEach((status, node) -> {
      if (status.startsWith("x-")) {
        return;
      }
      if (!STATUS.matcher(status).matches()) {
        problem(node, "\"" + status + "\" in the responses of " + label + " is not a status – use 200, 4XX or default");
        return;
      }
      resolved(node).ifPresent(object -> responses.add(response(status, object, label)));
    });
    return responses;
  }

  private Response response(String status, Node.Obj node, String label) {
    if (node.text("description").isEmpty()) {
      problem(node, "the response " + status + " of " + label + " has no \"description\" – say when it is given");
    }
    return new Response(status, node.text("description").orElse(""), headers(node, "content-type"), content(node), node.at());
  }

  private Content content(Node.Obj node) {
    List<MediaType> types = new ArrayList<>();
    node.object("content").ifPresent(content -> content.members().forEach((range, each) -> {
      Node.Obj type = each instanceof Node.Obj object ? object : new Node.Obj(Map.of(), each.at());
      Optional<Node> schema = type.get("schema");
      Map<String, String> parameters = new LinkedHashMap<>(MediaType.parameters(range));
      parameters.remove("charset");
      ValueShape shape = schema.map(found -> ValueShape.of(found, document)).orElse(ValueShape.Scalar.STRING);
      types.add(new MediaType(MediaType.essence(range), parameters, schema, schema.flatMap(this::schema), examples(type), schema.filter(found -> !isOpen(found)).isEmpty(), shape, encodings(type), each.at()));
    }));
    return new Content(types);
  }

  private boolean isOpen(Node schema) {
    if (!(schema instanceof Node.Obj object)) {
      return schema instanceof Node.Bool bool && bool.value();
    }
    if (object.has("$ref") && object.text("$ref").orElse("").startsWith("#")) {
      return (version == OpenApiVersion.V3_0 || object.members().size() == 1) && document.find(object.text("$ref").get().substring(1)).filter(target -> target != schema && isOpen(target)).isPresent();
    }
    return object.members().entrySet().stream().allMatch(each -> each.getKey().startsWith("x-") || switch (each.getKey()) {
      case "type" -> each.getValue() instanceof Node.Text text && text.value().equals("string") || each.getValue() instanceof Node.Arr several && several.items().stream().anyMatch(item -> "string".equals(item.plain()));
      case "format" -> object.text("format").filter(format -> format.equals("binary") || format.equals("event-stream")).isPresent();
      case "title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly", "externalDocs", "contentMediaType", "contentEncoding", "$comment" -> true;
      default -> false;
    });
  }

  private Map<String, Encoding> encodings(Node.Obj type) {
    Map<String, Encoding> encodings = new LinkedHashMap<>();
    type.object("encoding").ifPresent(all -> all.members().forEach((property, each) -> {
      if (each instanceof Node.Obj node) {
        boolean styled = node.has("style") || node.has("explode") || node.has("allowReserved");
        Optional<Parameter.Style> style = styled ? style(node, Parameter.Style.FORM) : Optional.empty();
        boolean explode = node.has("explode") ? node.isTrue("explode") : style.filter(Parameter.Style.FORM::equals).isPresent();
        List<String> contentTypes = node.text("contentType").map(text -> List.of(text.split(",")).stream().map(MediaType::essence).toList()).orElse(List.of());
        encodings.put(property, new Encoding(contentTypes, style, explode, headers(node, "content-type"), node.at()));
      }
    }));
    return encodings;
  }

  private List<Parameter> headers(Node.Obj node, String without) {
    List<Parameter> headers = new ArrayList<>();
    node.object("headers").ifPresent(all -> all.members().forEach((header, each) -> resolved(each)
        .filter(object -> !header.equalsIgnoreCase(without))
        .ifPresent(object -> headers.add(parameter(object, header, Parameter.In.HEADER, object.isTrue("required"), Parameter.Style.SIMPLE)))));
    return headers;
  }

  private Map<String, Node> examples(Node.Obj type) {
    Map<String, Node> examples = new LinkedHashMap<>();
    type.get("example").ifPresent(example -> examples.put("", example));
    type.object("examples").ifPresent(all -> all.members().forEach((key, node) ->
        resolved(node).flatMap(object -> object.get("value")).ifPresent(value -> examples.put(key, value))));
    return examples;
  }

  private List<Map<String, List<String>>> security(Node.Obj operation, String label) {
    Optional<Node> needs = operation.get("security").or(() -> document.get("security"));
    if (needs.isEmpty() || !(needs.get() instanceof Node.Arr alternatives)) {
      return List.of();
    }
    List<Map<String, List<String>>> security = new ArrayList<>();
    for (Node alternative : alternatives.items()) {
      Map<String, List<String>> all = new LinkedHashMap<>();
      if (alternative instanceof Node.Obj object) {
        object.members().forEach((scheme, scopes) -> {
          if (!schemes.containsKey(scheme)) {
            problem(scopes, label + " needs the security scheme \"" + scheme + "\", which is not among components/securitySchemes – add it there");
          }
          all.put(scheme, scopes instanceof Node.Arr names ? names.items().stream().map(name -> String.valueOf(name.plain())).toList() : List.of());
        });
      }
      security.add(all);
    }
    return security;
  }

  private long bodyBytesMax(Node.Obj item, Node.Obj operation) {
    for (Node.Obj level : List.of(operation, item, document)) {
      Optional<Node> node = level.get("x-tenon-body-bytes-max");
      if (node.isPresent()) {
        Optional<Long> bytes = level.wholeNumber("x-tenon-body-bytes-max").filter(number -> number >= 0);
        if (bytes.isEmpty()) {
          problem(node.get(), "\"x-tenon-body-bytes-max\" must be a whole number of bytes, 0 or more");
        }
        return bytes.orElse(0L);
      }
    }
    return Operation.BODY_BYTES_MAX_DEFAULT;
  }

  private Optional<Schema> schema(Node node) {
    try {
      return Optional.of(schemas.compile(node));
    } catch (ContractException e) {
      e.problems().stream().filter(problem -> !problems.contains(problem)).forEach(problems::add);
      return Optional.empty();
    }
  }

  /// The object itself, or what its `$ref` leads to.
  private Optional<Node.Obj> resolved(Node node) {
    Node here = node;
    for (int hops = 0; hops < REFERENCE_HOPS_MAX; hops++) {
      if (!(here instanceof Node.Obj object)) {
        problem(here, "is " + here.kind() + " – it must be an object");
        return Optional.empty();
      }
      Optional<String> reference = object.text("$ref");
      if (reference.isEmpty()) {
        return Optional.of(object);
      }
      Optional<Node> target = document.find(reference.get().substring(1));
      if (target.isEmpty()) {
        problem(object, "refers to \"" + reference.get() + "\", and there is nothing – correct it");
        return Optional.empty();
      }
      here = target.get();
    }
    problem(node, "its $ref leads in a circle – break it");
    return Optional.empty();
  }

  private void problem(Node node, String message) {
    problem(node.at(), message);
  }

  private void problem(Location at, String message) {
    ContractProblem problem = new ContractProblem(at, message);
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }
}
