package dev.tenon.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tenon.contract.Contract;
import dev.tenon.contract.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ParameterTextTest {

  private static final Map<String, Object> COLOUR = new LinkedHashMap<>();

  static {
    COLOUR.put("R", 100L);
    COLOUR.put("G", 200L);
  }

  /// One row: a parameter, a value, and the text that stands for it, the pairs of a query joined by `&`.
  private static void check(String parameter, Object value, String expected) {
    boolean path = parameter.contains("in: path");
    Contract contract = Contract.parse("styles", """
        openapi: 3.1.0
        info: { title: styles, version: 1.0.0 }
        paths:
          %s: { get: { operationId: get, parameters: [ { name: p, %s } ], responses: { '200': { description: fine } } } }
        """.formatted(path ? "/it/{p}" : "/it", parameter));
    Parameter read = contract.operations().getFirst().parameters().getFirst();
    String text = path || parameter.contains("in: header")
        ? ParameterText.single(read, value)
        : ParameterText.pairs(read, value).stream().map(pair -> pair.getKey() + "=" + pair.getValue()).collect(Collectors.joining("&"));
    assertEquals(expected, text, parameter);
  }

  @Test
  void stylesAreWrittenAsTheSpecificationShows() {
    List<String> colours = List.of("blue", "black");
    check("in: query, schema: { type: string }", "blue", "p=blue");
    check("in: query, schema: { type: array, items: { type: string } }", colours, "p=blue&p=black");
    check("in: query, explode: false, schema: { type: array, items: { type: string } }", colours, "p=blue,black");
    check("in: query, style: pipeDelimited, explode: false, schema: { type: array, items: { type: string } }", colours, "p=blue|black");
    check("in: query, style: spaceDelimited, explode: false, schema: { type: array, items: { type: string } }", colours, "p=blue black");
    check("in: query, schema: { type: object, properties: { R: { type: integer } } }", COLOUR, "R=100&G=200");
    check("in: query, explode: false, schema: { type: object, properties: { R: { type: integer } } }", COLOUR, "p=R,100,G,200");
    check("in: query, style: deepObject, explode: true, schema: { type: object, properties: { R: { type: integer } } }", COLOUR, "p[R]=100&p[G]=200");
    check("in: query, content: { application/json: { schema: { type: object } } }", COLOUR, "p={\"R\":100,\"G\":200}");
    check("in: path, required: true, schema: { type: string }", "a b/${ID}", "a%20b%2F${ID}");
    check("in: path, required: true, schema: { type: array, items: { type: string } }", colours, "blue,black");
    check("in: path, required: true, style: label, explode: true, schema: { type: array, items: { type: string } }", colours, ".blue.black");
    check("in: path, required: true, style: matrix, explode: true, schema: { type: array, items: { type: string } }", colours, ";p=blue;p=black");
    check("in: path, required: true, style: matrix, schema: { type: array, items: { type: string } }", colours, ";p=blue,black");
    check("in: path, required: true, style: matrix, explode: true, schema: { type: object, properties: { R: { type: integer } } }", COLOUR, ";R=100;G=200");
    check("in: path, required: true, explode: true, schema: { type: object, properties: { R: { type: integer } } }", COLOUR, "R=100,G=200");
    check("in: header, schema: { type: array, items: { type: string } }", colours, "blue,black");
  }
}
