package dev.tenon.prove;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenon.contract.Contract;
import dev.tenon.contract.MediaType;
import dev.tenon.contract.Node;
import dev.tenon.contract.Operation;
import dev.tenon.contract.Parameter;
import dev.tenon.contract.sample.SampleOptions;
import dev.tenon.contract.sample.Sampler;
import dev.tenon.contract.sample.Samples;
import dev.tenon.contract.sample.ValidSample;
import dev.tenon.prove.ContractCase.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes the cases of a contract: for each operation those of the set-up, then the contract's examples, then valid requests at the bounds of the schemas, then
/// requests with one fault each, then requests without a token. What creates comes before what reads, and what deletes comes last.
final class CaseWriter {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final List<String> ORDER = List.of("POST", "GET", "HEAD", "OPTIONS", "PUT", "PATCH", "TRACE", "DELETE");
  private static final int PADDED_BYTES_MAX = 2 * 1024 * 1024;

  private final Contract contract;
  private final SetUp setUp;
  private final Written written;
  private final Sampler sampler;
  private final Map<Node, Samples> made = new IdentityHashMap<>();
  private final Set<String> ids = new HashSet<>();
  private final List<ContractCase> cases = new ArrayList<>();
  private final List<String> gaps = new ArrayList<>();

  /// A way of sending a request: parameters by label, and a body in a media type.
  private record Shape(Map<String, Object> parameters, Payload payload, String contentType) {

    Shape with(Parameter parameter, Object value) {
      Map<String, Object> all = new LinkedHashMap<>(parameters);
      all.put(parameter.label(), value);
      return new Shape(all, payload, contentType);
    }

    Shape without(Parameter parameter) {
      Map<String, Object> all = new LinkedHashMap<>(parameters);
      all.remove(parameter.label());
      return new Shape(all, payload, contentType);
    }

    Shape with(Payload other, String type) {
      return new Shape(parameters, other, type);
    }
  }

  CaseWriter(Contract contract, Path folder, SetUp setUp, long seed) {
    this.contract = contract;
    this.setUp = setUp;
    this.written = new Written(contract, folder);
    this.sampler = Sampler.of(contract, SampleOptions.USUAL.withSeed(seed));
  }

  List<ContractCase> cases() {
    contract.operations().stream()
        .sorted(Comparator.comparingInt(operation -> ORDER.indexOf(operation.method())))
        .forEach(this::cases);
    return cases;
  }

  /// What no request is made for, and why.
  List<String> gaps() {
    return gaps;
  }

  private void cases(Operation operation) {
    Optional<MediaType> main = operation.requestBody().flatMap(body -> body.content().types().stream().findFirst());
    Map<String, Object> parameters = base(operation);
    if (parameters == null) {
      return;
    }
    Shape base = new Shape(parameters, Payload.NONE, "");
    List<Shape> bodies = new ArrayList<>();
    setUp.of(operation.id()).examples().forEach((name, given) -> given(operation, name, given, base, main));
    operation.requestBody().ifPresentOrElse(
        body -> body.content().types().forEach(type -> written.bodies(operation, type).forEach((name, example) -> {
          Optional<Payload> payload = payload(operation, type, example);
          payload.ifPresent(found -> {
            bodies.add(base.with(found, type.range()));
            add(operation, Kind.EXAMPLE, "example/" + name, "the example " + name, bodies.getLast(), true);
          });
        })),
        () -> bodies.add(base));
    Optional<Shape> typical = bodies.stream().findFirst().or(() -> main.flatMap(type -> typicalBody(type).map(payload -> base.with(payload, type.range()))));
    if (typical.isEmpty()) {
      gaps.add(operation.id() + " – no body of " + main.map(MediaType::range).orElse("any type") + " can be made – give the contract an example of it");
      return;
    }
    parameterExamples(operation, typical.get());
    add(operation, Kind.VALID, "valid/typical", "a typical request", typical.get(), true);
    validBodies(operation, typical.get());
    parameters(operation, typical.get());
    faultyBodies(operation, typical.get());
    tokens(operation, typical.get());
  }

  private void given(Operation operation, String name, SetUp.Given given, Shape base, Optional<MediaType> main) {
    Shape shape = base;
    for (Parameter parameter : operation.parameters()) {
      if (given.parameters().containsKey(parameter.name())) {
        shape = shape.with(parameter, given.parameters().get(parameter.name()));
      }
    }
    if (!given.body().isEmpty()) {
      shape = shape.with(new Payload.Written(given.body()), main.map(MediaType::range).orElse("application/json"));
    } else if (main.isPresent()) {
      Optional<Payload> example = written.bodies(operation, main.get()).values().stream().findFirst().flatMap(body -> payload(operation, main.get(), body)).or(() -> typicalBody(main.get()));
      shape = example.isPresent() ? shape.with(example.get(), main.get().range()) : shape;
    }
    Request request = request(operation, shape, true);
    cases.add(new ContractCase(id(operation, "example/" + name), operation, Kind.EXAMPLE, "the set-up's example " + name, given.before(), request, hasToken(operation), true, Set.of()));
  }

  /// What stands for each required parameter, and for those that the set-up gives; null where one cannot be made.
  private Map<String, Object> base(Operation operation) {
    Map<String, Object> all = new LinkedHashMap<>();
    Map<String, Object> given = setUp.of(operation.id()).parameters();
    for (Parameter parameter : operation.parameters()) {
      if (given.containsKey(parameter.name())) {
        all.put(parameter.label(), given.get(parameter.name()));
      } else if (parameter.required()) {
        Optional<Object> value = written.values(operation, parameter).values().stream().findFirst().or(() -> typical(parameter));
        if (value.isEmpty()) {
          gaps.add(operation.id() + " – no value of the " + parameter.label() + " can be made – give the contract an example of it");
          return null;
        }
        all.put(parameter.label(), value.get());
      }
    }
    return all;
  }

  private Samples samples(Node schema) {
    return made.computeIfAbsent(schema, sampler::samples);
  }

  private Optional<Object> typical(Parameter parameter) {
    return parameter.schemaNode().flatMap(node -> samples(node).valid().stream().map(ValidSample::value)
        .filter(value -> value != null && ParameterText.fits(parameter, value) && isValid(parameter, value)).findFirst());
  }

  private static boolean isValid(Parameter parameter, Object value) {
    return ParameterText.reread(parameter, value).map(read -> parameter.schema().map(schema -> schema.accepts(read)).orElse(true)).orElse(false);
  }

  private Optional<Payload> payload(Operation operation, MediaType type, Written.Body example) {
    return switch (example) {
      case Written.Body.InFile file -> Optional.of(new Payload.Filed(file.file()));
      case Written.Body.Missing missing -> {
        gaps.add(operation.id() + " – the example " + missing.file() + " is not there – put it beside the contract");
        yield Optional.empty();
      }
      case Written.Body.Value value -> body(type, value.value());
    };
  }

  private Optional<Payload> typicalBody(MediaType type) {
    return type.schemaNode().flatMap(sampler::typical).flatMap(sample -> body(type, sample.value()));
  }

  /// A value as a body of the type; empty where it cannot be written.
  private static Optional<Payload> body(MediaType type, Object value) {
    if (type.isJson()) {
      return Optional.of(new Payload.Written(json(value)));
    }
    if (type.range().equals(FORM) && value instanceof Map<?, ?> form && form.values().stream().noneMatch(member -> member instanceof Map || member instanceof List || member == null)) {
      return Optional.of(new Payload.Written(String.join("&", form.entrySet().stream()
          .map(member -> ParameterText.encoded((String) member.getKey()) + "=" + ParameterText.encoded(ParameterText.text(member.getValue()))).toList())));
    }
    return value instanceof String text ? Optional.of(new Payload.Written(text)) : Optional.empty();
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void parameterExamples(Operation operation, Shape typical) {
    for (Parameter parameter : operation.parameters()) {
      written.values(operation, parameter).forEach((name, value) ->
          add(operation, Kind.EXAMPLE, "example/" + parameter.label() + "/" + name, "the " + parameter.label() + " as in its example", typical.with(parameter, value), true));
    }
  }

  private void validBodies(Operation operation, Shape typical) {
    operation.requestBody().ifPresent(body -> {
      for (MediaType type : body.content().types()) {
        if (type.schemaNode().isEmpty() || !type.isJson() && !type.range().equals(FORM)) {
          if (written.bodies(operation, type).isEmpty()) {
            gaps.add(operation.id() + " – no body of " + type.range() + " is made – give the contract an example of it");
          }
          continue;
        }
        Samples samples = samples(type.schemaNode().get());
        samples.gaps().forEach(gap -> gaps.add(operation.id() + " – body " + gap.pointer() + " " + gap.keyword() + " " + gap.reason()));
        for (ValidSample sample : samples.valid()) {
          body(type, sample.value()).filter(payload -> payload.bytes(new Variables()).length <= operation.bodyBytesMax())
              .ifPresent(payload -> add(operation, Kind.VALID, "valid/body " + sample.name(), "a body with " + sample.name(), typical.with(payload, type.range()), true));
        }
      }
      if (!body.required()) {
        add(operation, Kind.VALID, "valid/no body", "no body", typical.with(Payload.NONE, ""), true);
      }
    });
  }

  private void parameters(Operation operation, Shape typical) {
    for (Parameter parameter : operation.parameters()) {
      if (parameter.schemaNode().isEmpty()) {
        gaps.add(operation.id() + " – the " + parameter.label() + " has no schema, and no values of it are made");
        continue;
      }
      Samples samples = samples(parameter.schemaNode().get());
      for (ValidSample sample : samples.valid()) {
        if (sample.value() != null && ParameterText.fits(parameter, sample.value()) && isValid(parameter, sample.value())) {
          add(operation, Kind.VALID, "valid/" + parameter.label() + " " + sample.name(), "the " + parameter.label() + " with " + sample.name(), typical.with(parameter, sample.value()), true);
        }
      }
      Set<Object> sent = new HashSet<>();
      samples.invalid().forEach(sample -> {
        Object value = sample.value();
        Optional<Object> read = value == null || !ParameterText.fits(parameter, value) ? Optional.empty() : ParameterText.reread(parameter, value);
        if (read.isPresent() && !parameter.schema().map(schema -> schema.accepts(read.get())).orElse(true) && sent.add(read.get())) {
          add(operation, Kind.INVALID, "invalid/" + parameter.label() + " " + sample.name(), "the " + parameter.label() + " breaks " + sample.name(), typical.with(parameter, value), true);
        }
      });
      if (parameter.required() && parameter.in() != Parameter.In.PATH) {
        add(operation, Kind.INVALID, "invalid/" + parameter.label() + " missing", "the " + parameter.label() + " is missing", typical.without(parameter), true);
      }
    }
  }

  private void faultyBodies(Operation operation, Shape typical) {
    operation.requestBody().ifPresent(body -> {
      for (MediaType type : body.content().types()) {
        if (!type.isJson()) {
          continue;
        }
        type.schemaNode().ifPresent(node -> samples(node).invalid().forEach(sample ->
            body(type, sample.value()).filter(payload -> payload.bytes(new Variables()).length <= operation.bodyBytesMax()).ifPresent(payload ->
                add(operation, Kind.INVALID, "invalid/body " + sample.name(), "the body breaks " + sample.name(), typical.with(payload, type.range()), true))));
        add(operation, Kind.INVALID, "invalid/body not json", "the body is not JSON", typical.with(new Payload.Written("{\"a\": "), type.range()), true);
        oversized(operation, type, typical);
      }
      if (body.required()) {
        add(operation, Kind.INVALID, "invalid/body missing", "the body is missing", typical.with(Payload.NONE, ""), true);
      }
      if (body.content().find("application/x-tenon-unknown").isEmpty() && !(typical.payload() instanceof Payload.None)) {
        add(operation, Kind.INVALID, "invalid/content type", "the Content-Type is one that the operation does not take",
            typical.with(typical.payload(), "application/x-tenon-unknown"), true);
      }
    });
  }

  /// Valid but for its size, which spaces make up.
  private void oversized(Operation operation, MediaType type, Shape typical) {
    if (operation.bodyBytesMax() <= PADDED_BYTES_MAX && typical.payload() instanceof Payload.Written text && typical.contentType().equals(type.range())) {
      int bytes = text.text().getBytes(StandardCharsets.UTF_8).length;
      String padded = text.text() + " ".repeat((int) Math.max(1, operation.bodyBytesMax() + 1 - bytes));
      add(operation, Kind.INVALID, "invalid/body too large", "the body has more bytes than the operation takes", typical.with(new Payload.Written(padded), type.range()), true);
    }
  }

  private void tokens(Operation operation, Shape typical) {
    boolean open = operation.security().isEmpty() || operation.security().stream().anyMatch(Map::isEmpty);
    if (open || !isBearer(operation)) {
      return;
    }
    add(operation, Kind.WITHOUT_TOKEN, "invalid/no token", "no token is sent", typical, false);
    Request request = request(operation, typical, false).with("authorization", "Bearer not.a.token");
    cases.add(new ContractCase(id(operation, "invalid/bad token"), operation, Kind.WITHOUT_TOKEN, "the token is none", List.of(), request, false, false, Set.of()));
  }

  private boolean isBearer(Operation operation) {
    return operation.security().stream().flatMap(alternative -> alternative.keySet().stream())
        .map(contract.securitySchemes()::get).anyMatch(scheme -> scheme != null && (scheme.scheme().equals("bearer") || scheme.type().equals("oauth2") || scheme.type().equals("openIdConnect")));
  }

  private boolean hasToken(Operation operation) {
    return isBearer(operation) && setUp.tokenName().isPresent();
  }

  private void add(Operation operation, Kind kind, String name, String what, Shape shape, boolean token) {
    cases.add(new ContractCase(id(operation, name), operation, kind, what, List.of(), request(operation, shape, token), token && hasToken(operation), false, setUp.of(operation.id()).accepts()));
  }

  private String id(Operation operation, String name) {
    String slug = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9/._~-]+", "-").replaceAll("-?/-?", "/").replaceAll("-+$", "");
    String id = operation.id() + "/" + (slug.length() > 100 ? slug.substring(0, 100) : slug);
    String free = id;
    for (int i = 2; !ids.add(free); i++) {
      free = id + "-" + i;
    }
    return free;
  }

  private Request request(Operation operation, Shape shape, boolean token) {
    String path = operation.path();
    List<String> query = new ArrayList<>();
    List<String> cookies = new ArrayList<>();
    Map<String, String> headers = new LinkedHashMap<>();
    for (Parameter parameter : operation.parameters()) {
      if (!shape.parameters().containsKey(parameter.label())) {
        continue;
      }
      Object value = shape.parameters().get(parameter.label());
      switch (parameter.in()) {
        case PATH -> path = path.replace("{" + parameter.name() + "}", ParameterText.single(parameter, value));
        case QUERY -> ParameterText.pairs(parameter, value).forEach(pair -> query.add(ParameterText.encoded(pair.getKey()) + "=" + ParameterText.encoded(pair.getValue())));
        case HEADER -> headers.put(parameter.name().toLowerCase(Locale.ROOT), ParameterText.single(parameter, value));
        case COOKIE -> ParameterText.pairs(parameter, value).forEach(pair -> cookies.add(pair.getKey() + "=" + pair.getValue()));
      }
    }
    if (!cookies.isEmpty()) {
      headers.put("cookie", String.join("; ", cookies));
    }
    if (!shape.contentType().isEmpty()) {
      headers.put("content-type", shape.contentType().equals("*/*") ? "application/octet-stream" : shape.contentType());
    }
    if (token && hasToken(operation)) {
      headers.put("authorization", "Bearer ${" + setUp.token() + "}");
    }
    return new Request(operation.method(), path + (query.isEmpty() ? "" : "?" + String.join("&", query)), headers, shape.payload());
  }
}
