package dev.tenon.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

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
  private final Map<String, Anchored> anchors = new HashMap<>();
  private int nodes;
  private int deepest;

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
    count(1, at, depth);
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
    try {
      Parser events = new ParserImpl(new StreamReader(text), options);
      events.getEvent(); // the stream's start
      if (events.checkEvent(Event.ID.StreamEnd)) {
        throw problem(new Location(file, 1, 1), "the file is empty – write an OpenAPI document into it");
      }
      events.getEvent(); // the document's start
      Node root = yaml(events, 0);
      events.getEvent(); // the document's end
      if (!events.checkEvent(Event.ID.StreamEnd)) {
        throw problem(at(events.peekEvent().getStartMark()), "is not YAML: but found another document");
      }
      return root;
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      throw problem(mark == null ? new Location(file, 1, 1) : at(mark), "is not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw problem(new Location(file, 1, 1), "is not YAML: " + e.getMessage());
    }
  }

  /// Straight from the parser's events: a tree of SnakeYAML's own in between would cost a quarter more.
  private Node yaml(Parser events, int depth) {
    Event event = events.getEvent();
    Location at = at(event.getStartMark());
    if (event instanceof AliasEvent alias) {
      return aliased(alias, at, depth);
    }
    count(1, at, depth);
    Optional<Anchored> anchored = anchor((NodeEvent) event, at);
    int before = nodes;
    int deepestBefore = deepest;
    deepest = depth;
    Node node = switch (event) {
      case ScalarEvent scalar -> scalar(scalar, at);
      case SequenceStartEvent _ -> {
        List<Node> items = new ArrayList<>();
        while (!events.checkEvent(Event.ID.SequenceEnd)) {
          items.add(yaml(events, depth + 1));
        }
        events.getEvent();
        yield new Node.Arr(items, at);
      }
      case MappingStartEvent _ -> {
        Map<String, Node> members = new LinkedHashMap<>();
        while (!events.checkEvent(Event.ID.MappingEnd)) {
          put(members, events, depth);
        }
        events.getEvent();
        yield new Node.Obj(members, at);
      }
      default -> throw problem(at, "is a kind of YAML that JSON has no word for – use mappings, sequences and scalars");
    };
    anchored.ifPresent(known -> known.found(node, event instanceof ScalarEvent scalar ? scalar.getValue() : null, nodes - before + 1, deepest - depth));
    deepest = Math.max(deepest, deepestBefore);
    return node;
  }

  private Optional<Anchored> anchor(NodeEvent event, Location at) {
    if (event.getAnchor() == null) {
      return Optional.empty();
    }
    Anchored anchored = new Anchored();
    anchors.put(event.getAnchor(), anchored);
    return Optional.of(anchored);
  }

  private Node aliased(AliasEvent alias, Location at, int depth) {
    Anchored anchored = anchors.get(alias.getAnchor());
    if (anchored == null) {
      throw problem(at, "is not YAML: found undefined alias " + alias.getAnchor());
    }
    if (anchored.node == null) {
      throw problem(at, "an alias refers to a value that contains it – use $ref for recursion");
    }
    count(anchored.nodes, at, depth + anchored.height);
    return anchored.node;
  }

  private void put(Map<String, Node> members, Parser events, int depth) {
    Event event = events.getEvent();
    Location at = at(event.getStartMark());
    String key = key(event, at);
    if (key.equals("<<") && event instanceof ScalarEvent scalar && scalar.isPlain()) {
      throw problem(at, "merge keys (\"<<\") are not read – write the members out, or use $ref");
    }
    Node value = yaml(events, depth + 1);
    places.ifPresent(known -> known.key(value.at(), at));
    if (members.putIfAbsent(key, value) != null) {
      throw problem(at, "the key \"" + key + "\" is there twice – remove one");
    }
  }

  private String key(Event event, Location at) {
    if (event instanceof ScalarEvent scalar) {
      anchor(scalar, at).ifPresent(known -> known.found(scalar(scalar, at), scalar.getValue(), 1, 0));
      return scalar.getValue();
    }
    if (event instanceof AliasEvent alias && anchors.get(alias.getAnchor()) instanceof Anchored known && known.text != null) {
      return known.text;
    }
    throw problem(at, "a key is not a scalar – JSON knows strings only");
  }

  /// What an anchor stands for, once its end has been read.
  private static final class Anchored {
    private Node node;
    private String text;
    private int nodes;
    private int height;

    void found(Node value, String scalar, int size, int levels) {
      node = value;
      text = scalar;
      nodes = size;
      height = levels;
    }
  }

  private static Node scalar(ScalarEvent scalar, Location at) {
    String value = scalar.getValue();
    if (!scalar.isPlain()) {
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

  private void count(int more, Location at, int depth) {
    nodes += more;
    if (nodes > NODES_MAX) {
      throw problem(at, "the file has more than " + NODES_MAX + " values – split it, or use fewer aliases");
    }
    deepest = Math.max(deepest, depth);
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
