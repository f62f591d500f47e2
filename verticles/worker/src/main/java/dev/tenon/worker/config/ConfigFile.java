package dev.tenon.worker.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// A configuration file: its values and its lines, so that a problem can quote the place.
final class ConfigFile {

  private static final JsonFactory JSONC = JsonFactory.builder()
      .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
      .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
      .build();

  private final String name;
  private final List<String> lines;
  private final ConfigNode root;

  private ConfigFile(String name, List<String> lines, ConfigNode root) {
    this.name = name;
    this.lines = lines;
    this.root = root;
  }

  /// Reads TOML or JSON with comments, by the file's extension.
  ///
  /// @param name what messages call the file
  /// @throws WorkerConfigException when it cannot be read or is not well-formed
  static ConfigFile read(Path file, String name) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new WorkerConfigException(Problem.of(Problem.Place.of(name), "there is no such file", "check the path"));
    } catch (MalformedInputException e) {
      throw new WorkerConfigException(Problem.of(Problem.Place.of(name), "the file is not UTF-8 text", "save it as UTF-8"));
    } catch (IOException e) {
      throw new WorkerConfigException(Problem.of(Problem.Place.of(name), "the file cannot be read: " + e.getMessage(), "check its permissions"));
    }
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    List<String> lines = text.lines().toList();
    return new ConfigFile(name, lines, name.endsWith(".toml") ? toml(name, lines, text) : json(name, lines, text));
  }

  ConfigNode root() {
    return root;
  }

  String name() {
    return name;
  }

  Problem.Place at(ConfigNode node) {
    return place(name, lines, node.line(), node.column());
  }

  private static Problem.Place place(String name, List<String> lines, int line, int column) {
    return new Problem.Place(name, line, column, line >= 1 && line <= lines.size() ? lines.get(line - 1) : "");
  }

  private static ConfigNode toml(String name, List<String> lines, String text) {
    TomlParseResult result = Toml.parse(text);
    if (result.hasErrors()) {
      // One mistake makes tomlj stumble over what follows it: only the first error says something true.
      TomlParseError first = result.errors().getFirst();
      TomlPosition at = first.position();
      throw new WorkerConfigException(Problem.of(place(name, lines, at.line(), at.column()), "not valid TOML: " + firstLine(first.getMessage()), ""));
    }
    return table(result, 1, 1);
  }

  private static ConfigNode table(TomlTable table, int line, int column) {
    Map<String, ConfigNode> nodes = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : table.entrySet()) {
      TomlPosition at = table.inputPositionOf(List.of(entry.getKey()));
      nodes.put(entry.getKey(), node(entry.getValue(), at == null ? line : at.line(), at == null ? column : at.column()));
    }
    return new ConfigNode(nodes, line, column);
  }

  private static ConfigNode node(Object value, int line, int column) {
    return switch (value) {
      case TomlTable table -> table(table, line, column);
      case TomlArray array -> {
        List<ConfigNode> items = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
          TomlPosition at = array.inputPositionOf(i);
          items.add(node(array.get(i), at.line(), at.column()));
        }
        yield new ConfigNode(items, line, column);
      }
      case String _, Number _, Boolean _ -> new ConfigNode(value, line, column);
      // A date without quotes: TOML knows dates, JSON and wrangler's settings do not.
      default -> new ConfigNode(value.toString(), line, column);
    };
  }

  private static ConfigNode json(String name, List<String> lines, String text) {
    try (JsonParser parser = JSONC.createParser(text)) {
      if (parser.nextToken() == null) {
        return ConfigNode.emptyTable();
      }
      ConfigNode root = node(parser, parser.currentTokenLocation());
      if (parser.nextToken() != null) {
        var at = parser.currentTokenLocation();
        throw new WorkerConfigException(Problem.of(place(name, lines, at.getLineNr(), at.getColumnNr()),
            "not valid JSON: there is more after the end of the configuration", "remove it"));
      }
      return root;
    } catch (StreamReadException e) {
      var at = e.getLocation();
      throw new WorkerConfigException(Problem.of(place(name, lines, at.getLineNr(), at.getColumnNr()), "not valid JSON: " + firstLine(e.getOriginalMessage()), ""));
    } catch (IOException e) {
      throw new WorkerConfigException(Problem.of(Problem.Place.of(name), "not valid JSON: " + firstLine(e.getMessage()), ""));
    }
  }

  private static ConfigNode node(JsonParser parser, JsonLocation at) throws IOException {
    int line = at.getLineNr();
    int column = at.getColumnNr();
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, ConfigNode> nodes = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          var keyAt = parser.currentTokenLocation();
          parser.nextToken();
          nodes.put(key, node(parser, keyAt));
        }
        yield new ConfigNode(nodes, line, column);
      }
      case START_ARRAY -> {
        List<ConfigNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(node(parser, parser.currentTokenLocation()));
        }
        yield new ConfigNode(items, line, column);
      }
      case VALUE_STRING -> new ConfigNode(parser.getText(), line, column);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new ConfigNode(parser.getNumberValue(), line, column);
      case VALUE_TRUE -> new ConfigNode(true, line, column);
      case VALUE_FALSE -> new ConfigNode(false, line, column);
      case VALUE_NULL -> new ConfigNode(null, line, column);
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT -> throw new JsonParseException(parser, "Unexpected " + parser.currentToken());
    };
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
