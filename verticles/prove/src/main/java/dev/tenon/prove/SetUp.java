package dev.tenon.prove;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// What the requests of a contract need beside the contract: who calls, and which things exist. Read from `test.yaml` beside the contract.
///
/// ```yaml
/// variables:                      # ${NAME} in every text below; ${unique} is another one in each run
///   EMAIL: ${unique}@example.org
/// before:                         # requests made once, in this order
///   - request: POST /auth/register
///     body: { email: '${EMAIL}', password: a long enough password }
///   - request: POST /auth/login
///     body: { email: '${EMAIL}', password: a long enough password }
///     take: { TOKEN: /accessToken }        # a JSON pointer into the answer, or `header NAME`
/// token: TOKEN                    # what operations with `security` are called with
/// operations:
///   getPlan:
///     parameters: { userId: me }  # in every request that is about something else
///     accepts: [404]              # statuses that are fine for a valid request although they refuse it
///     examples:                   # requests that must succeed, before the contract's own examples
///       mine: { parameters: { userId: me } }
/// ```
///
/// @param token the name of the variable that holds the token; empty where none is needed
/// @param operations by operationId
public record SetUp(Map<String, String> variables, List<Step> before, String token, Map<String, ForOperation> operations) {

  /// Nothing but the contract.
  public static final SetUp NONE = new SetUp(Map.of(), List.of(), "", Map.of());

  private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";
  private static final ObjectMapper JSON = new ObjectMapper();

  /// A request that prepares others.
  ///
  /// @param body JSON; empty for none
  /// @param take variables to set from the answer
  public record Step(String method, String target, String body, boolean withToken, Map<String, String> take) {
    public Step {
      take = Map.copyOf(take);
    }

    @Override
    public String toString() {
      return method + " " + target;
    }
  }

  /// @param parameters by name
  /// @param accepts statuses that a valid request may be refused with
  /// @param examples by name
  public record ForOperation(Map<String, Object> parameters, Set<Integer> accepts, Map<String, Given> examples) {
    static final ForOperation NONE = new ForOperation(Map.of(), Set.of(), Map.of());
  }

  /// A request that must succeed.
  ///
  /// @param body JSON; empty for the body of the contract's own example
  public record Given(Map<String, Object> parameters, String body, List<Step> before) {}

  public SetUp {
    variables = new LinkedHashMap<>(variables);
    before = List.copyOf(before);
    operations = Map.copyOf(operations);
  }

  ForOperation of(String operationId) {
    return operations.getOrDefault(operationId, ForOperation.NONE);
  }

  /// The `test.yaml` of a folder; [#NONE] where it has none.
  ///
  /// @throws ProveException with everything that is wrong in it
  public static SetUp in(Path folder) {
    Path file = folder.resolve("test.yaml");
    if (!Files.isRegularFile(file)) {
      return NONE;
    }
    try {
      return parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new ProveException(file + " – it cannot be read – make it readable", e);
    }
  }

  static SetUp parse(String yaml, String name) {
    Object root;
    try {
      root = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    } catch (YAMLException e) {
      throw new ProveException(name + " – it is not YAML: " + e.getMessage().strip().replaceAll("\\s+", " "), e);
    }
    Reading reading = new Reading();
    SetUp read = reading.setUp(root);
    if (!reading.problems.isEmpty()) {
      throw new ProveException(name + " – " + String.join("; ", reading.problems));
    }
    return read;
  }

  /// Reads the parts, and remembers what is wrong.
  private static final class Reading {

    private final List<String> problems = new ArrayList<>();

    SetUp setUp(Object node) {
      Map<String, Object> root = mapping(node, "the file", Set.of("variables", "before", "token", "operations"));
      Map<String, String> variables = new LinkedHashMap<>();
      mapping(root.get("variables"), "variables", Set.of()).forEach((name, value) -> {
        if (!name.matches(NAME)) {
          problems.add("variables." + name + " – a name has letters, digits and _");
        }
        variables.put(name, String.valueOf(value));
      });
      Map<String, ForOperation> operations = new LinkedHashMap<>();
      mapping(root.get("operations"), "operations", Set.of()).forEach((id, each) -> operations.put(id, operation(each, "operations." + id)));
      return new SetUp(variables, steps(root.get("before"), "before"), root.get("token") == null ? "" : String.valueOf(root.get("token")), operations);
    }

    private ForOperation operation(Object node, String at) {
      Map<String, Object> all = mapping(node, at, Set.of("parameters", "accepts", "examples"));
      Set<Integer> accepts = new LinkedHashSet<>();
      for (Object status : list(all.get("accepts"), at + ".accepts")) {
        if (status instanceof Integer number) {
          accepts.add(number);
        } else {
          problems.add(at + ".accepts – '" + status + "' is not a status");
        }
      }
      Map<String, Given> examples = new LinkedHashMap<>();
      mapping(all.get("examples"), at + ".examples", Set.of()).forEach((name, each) -> examples.put(name, given(each, at + ".examples." + name)));
      return new ForOperation(mapping(all.get("parameters"), at + ".parameters", Set.of()), accepts, examples);
    }

    private Given given(Object node, String at) {
      Map<String, Object> all = mapping(node, at, Set.of("parameters", "body", "before"));
      return new Given(mapping(all.get("parameters"), at + ".parameters", Set.of()), json(all.get("body")), steps(all.get("before"), at + ".before"));
    }

    private List<Step> steps(Object node, String at) {
      List<Step> steps = new ArrayList<>();
      for (Object each : list(node, at)) {
        String here = at + "[" + steps.size() + "]";
        Map<String, Object> all = mapping(each, here, Set.of("request", "body", "token", "take"));
        String[] words = String.valueOf(all.get("request")).split(" ");
        if (words.length != 2 || !words[0].matches("[A-Z]+") || !words[1].startsWith("/")) {
          problems.add(here + ".request – it is a method and a path, as in GET /things");
          continue;
        }
        Map<String, String> take = new LinkedHashMap<>();
        mapping(all.get("take"), here + ".take", Set.of()).forEach((name, from) -> {
          if (!name.matches(NAME)) {
            problems.add(here + ".take." + name + " – a name has letters, digits and _");
          }
          take.put(name, String.valueOf(from));
        });
        steps.add(new Step(words[0], words[1], json(all.get("body")), Boolean.TRUE.equals(all.get("token")), take));
      }
      return steps;
    }

    private static String json(Object value) {
      try {
        return value == null ? "" : JSON.writeValueAsString(value);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }

    private List<Object> list(Object node, String at) {
      return switch (node) {
        case null -> List.of();
        case List<?> list -> new ArrayList<>(list);
        default -> {
          problems.add(at + " – it is a list");
          yield List.of();
        }
      };
    }

    private Map<String, Object> mapping(Object node, String at, Set<String> keys) {
      Map<String, Object> copy = new LinkedHashMap<>();
      switch (node) {
        case null -> { }
        case Map<?, ?> map -> map.forEach((key, value) -> {
          if (!keys.isEmpty() && !keys.contains(String.valueOf(key))) {
            problems.add(at + " – '" + key + "' is not known; there are " + String.join(", ", keys.stream().sorted().toList()));
          }
          copy.put(String.valueOf(key), value);
        });
        default -> problems.add(at + " – it is a mapping");
      }
      return copy;
    }
  }

  /// The name of the variable that holds the token, where the set-up has one.
  Optional<String> tokenName() {
    return token.isEmpty() ? Optional.empty() : Optional.of(token);
  }
}
