package dev.tenon.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads one file into a [Node]. A file that starts with `{` is JSON; everything else is YAML.
///
/// Plain YAML scalars mean what YAML 1.2's JSON and core schemas say: `no` and `2026-01-01` are strings. Keys are strings, and unique.
final class SourceReader {

  static final int FILE_CHARACTERS_MAX = 16 * 1024 * 1024;
  static final int NESTING_MAX = 200;
  static final int NODES_MAX = 2_000_000;

  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final JsonFactory JSON = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String file;
  private final Optional<SourcePlaces> places;
  private final Set<org.yaml.snakeyaml.nodes.Node> open = new HashSet<>();
  private int nodes;

  private SourceReader(String file, Optional<SourcePlaces> places) {
    this.file = file;
    this.places = places;
  }

  /// @throws ContractException when the text is neither YAML nor JSON
  static Node read(String file, String text) {
    return read(file, text, Optional.empty());
  }

  /// @param places is told where the keys are
  /// @throws ContractException when the text is neither YAML nor JSON
  static Node read(String file, String text, Optional<SourcePlaces> places) {
    SourceReader reader = new SourceReader(file, places);
    if (text.length() > FILE_CHARACTERS_MAX) {
      throw reader.problem(new Location(file, 1, 1), "the file has " + text.length() + " characters – at most " + FILE_CHARACTERS_MAX + " are read");
    }
    return text.stripLeading().startsWith("{") ? reader.json(text) : reader.yaml(text);
  }

  private Node json(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      Node node = json(parser, 0);
      if (parser.nextToken() != null) {
        throw problem(at(parser.currentTokenLocation()), "there is more after the end of the document – remove it");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw problem(at(e.getLocation()), "is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Node json(JsonParser parser, int depth) throws IOException {
    Location at = at(parser.currentTokenLocation());
    count(at, depth);
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, Node> members = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        Location key = at(parser.currentTokenLocation());
        parser.nextToken();
        Node value = json(parser, depth + 1);
        places.ifPresent(known -> known.key(value.at(), key));
        members.put(name, value);
      }
      return new Node.Obj(members, at);
    }
    if (token == JsonToken.START_ARRAY) {
      List<Node> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(json(parser, depth + 1));
      }
      return new Node.Arr(items, at);
    }
    if (token == JsonToken.VALUE_STRING) {
      return new Node.Text(parser.getText(), at);
    }
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return new Node.Num(whole(parser.getText()), at);
    }
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      return new Node.Num(new BigDecimal(parser.getText()), at);
    }
    if (token == JsonToken.VALUE_NULL) {
      return new Node.Null(at);
    }
    return new Node.Bool(token == JsonToken.VALUE_TRUE, at);
  }

  private Node yaml(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(FILE_CHARACTERS_MAX);
    options.setNestingDepthLimit(NESTING_MAX);
    options.setAllowDuplicateKeys(false);
    try {
      org.yaml.snakeyaml.nodes.Node root = new Yaml(options).compose(new StringReader(text));
      if (root == null) {
        throw problem(new Location(file, 1, 1), "the file is empty – write an OpenAPI document into it");
      }
      return yaml(root, 0);
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      throw problem(mark == null ? new Location(file, 1, 1) : at(mark), "is not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw problem(new Location(file, 1, 1), "is not YAML: " + e.getMessage());
    }
  }

  private Node yaml(org.yaml.snakeyaml.nodes.Node node, int depth) {
    Location at = at(node.getStartMark());
    count(at, depth);
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar, at);
      case SequenceNode sequence -> {
        enter(node, at);
        List<Node> items = new ArrayList<>(sequence.getValue().size());
        sequence.getValue().forEach(item -> items.add(yaml(item, depth + 1)));
        open.remove(node);
        yield new Node.Arr(items, at);
      }
      case MappingNode mapping -> {
        enter(node, at);
        Map<String, Node> members = LinkedHashMap.newLinkedHashMap(mapping.getValue().size());
        for (NodeTuple tuple : mapping.getValue()) {
          put(members, tuple, depth);
        }
        open.remove(node);
        yield new Node.Obj(members, at);
      }
      default -> throw problem(at, "is a kind of YAML that JSON has no word for – use mappings, sequences and scalars");
    };
  }

  private void put(Map<String, Node> members, NodeTuple tuple, int depth) {
    Location at = at(tuple.getKeyNode().getStartMark());
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      throw problem(at, "a key is not a scalar – JSON knows strings only");
    }
    if (key.getValue().equals("<<") && key.isPlain()) {
      throw problem(at, "merge keys (\"<<\") are not read – write the members out, or use $ref");
    }
    Node value = yaml(tuple.getValueNode(), depth + 1);
    places.ifPresent(known -> known.key(value.at(), at));
    if (members.putIfAbsent(key.getValue(), value) != null) {
      throw problem(at, "the key \"" + key.getValue() + "\" is there twice – remove one");
    }
  }

  private void enter(org.yaml.snakeyaml.nodes.Node node, Location at) {
    if (!open.add(node)) {
      throw problem(at, "an alias refers to a value that contains it – use $ref for recursion");
    }
  }

  private static Node scalar(ScalarNode scalar, Location at) {
    String value = scalar.getValue();
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
      return new Node.Text(value, at);
    }
    return switch (value) {
      case "", "~", "null", "Null", "NULL" -> new Node.Null(at);
      case "true", "True", "TRUE" -> new Node.Bool(true, at);
      case "false", "False", "FALSE" -> new Node.Bool(false, at);
      default -> {
        if (value.length() <= 400 && WHOLE.matcher(value).matches()) {
          yield new Node.Num(whole(value), at);
        }
        yield value.length() <= 400 && DECIMAL.matcher(value).matches()
            ? new Node.Num(new BigDecimal(value), at)
            : new Node.Text(value, at);
      }
    };
  }

  private static Number whole(String digits) {
    BigInteger number = new BigInteger(digits.startsWith("+") ? digits.substring(1) : digits);
    return number.bitLength() < 64 ? (Number) number.longValue() : number;
  }

  private void count(Location at, int depth) {
    if (++nodes > NODES_MAX) {
      throw problem(at, "the file has more than " + NODES_MAX + " values – split it, or use fewer aliases");
    }
    if (depth > NESTING_MAX) {
      throw problem(at, "values are nested deeper than " + NESTING_MAX + " – flatten them");
    }
  }

  private ContractException problem(Location at, String message) {
    return new ContractException(List.of(new ContractProblem(at, message)));
  }

  private Location at(Mark mark) {
    return new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private Location at(JsonLocation location) {
    return location == null ? new Location(file, 1, 1) : new Location(file, location.getLineNr(), location.getColumnNr());
  }
}
