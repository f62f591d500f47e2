package dev.tenon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tenon.contract.Contract;
import dev.tenon.contract.Operation;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every style of OpenAPI, each row with the texts of the specification's own table where it has one.
class ParameterStylesTest {

  private static final String VALID = "";
  private static final String LIST = "{ type: array, items: { type: string, enum: [blue, black, brown] } }";
  private static final String COLOR = "{ type: object, additionalProperties: false, required: [R, G], properties: { R: { type: integer }, G: { type: integer, maximum: 255 } } }";

  private static Operation operation(String path, String parameter) {
    return Contract.parse("t", """
        openapi: 3.1.0
        info: { title: t, version: '1' }
        paths: { '%s': { get: { operationId: o, parameters: [ %s ], responses: { '200': { description: ok } } } } }
        """.formatted(path, parameter)).operations().getFirst();
  }

  private static String shown(List<Problem.Violated> violated) {
    return violated.stream().map(each -> each.place() + ": " + each.detail()).collect(Collectors.joining("; "));
  }

  private static void path(String how, String schema, String text, String expected) {
    Operation operation = operation("/{color}", "{ name: color, in: path, required: true, " + how + ", schema: " + schema + " }");
    assertEquals(expected, shown(new ParameterChecks(operation).check(List.of(text), "", MultiMap.caseInsensitiveMultiMap())), how + " " + text);
  }

  private static void query(String how, String schema, String query, String expected) {
    Operation operation = operation("/a", "{ name: color, in: query, " + how + ", schema: " + schema + " }");
    assertEquals(expected, shown(new ParameterChecks(operation).check(List.of(), query, MultiMap.caseInsensitiveMultiMap())), how + " " + query);
  }

  private static void header(String in, String how, String schema, String header, String expected) {
    Operation operation = operation("/a", "{ name: color, in: " + in + ", required: true, " + how + ", schema: " + schema + " }");
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add(in.equals("cookie") ? "cookie" : "color", header);
    assertEquals(expected, shown(new ParameterChecks(operation).check(List.of(), "", headers)), how + " " + header);
  }

  @Test
  void pathsAreSimpleLabelOrMatrix() {
    path("style: simple", LIST, "blue,black,brown", VALID);
    path("style: simple", LIST, "blue,bl%61ck", VALID);
    path("style: simple", LIST, "blue%2Cblack", "path color/0: must be one of \"blue\", \"black\", \"brown\"");
    path("style: simple", COLOR, "R,100,G,200", VALID);
    path("style: simple, explode: true", COLOR, "R=100,G=200", VALID);
    path("style: simple", COLOR, "R,100,G", "path color: must have a name and a value in turn, and ends with a name");
    path("style: simple", COLOR, "R,100,G,300", "path color/G: must be at most 255");
    path("style: simple", COLOR, "R,1,G,2,R,3", "path color: has a name twice");
    path("style: label", "{ type: number }", ".1.5", VALID);
    path("style: label", "{ type: number }", "1.5", "path color: is in the style label, which starts with a full stop");
    path("style: label", LIST, ".blue,black,brown", VALID);
    path("style: label, explode: true", LIST, ".blue.black.brown", VALID);
    path("style: label", COLOR, ".R,100,G,200", VALID);
    path("style: label, explode: true", COLOR, ".R=100.G=200", VALID);
    path("style: matrix", "{ type: string, maxLength: 4 }", ";color=blue", VALID);
    path("style: matrix", "{ type: string, maxLength: 4 }", ";color", VALID);
    path("style: matrix", "{ type: string, maxLength: 4 }", ";colour=blue", "path color: is in the style matrix and must be written as ;color=…");
    path("style: matrix", LIST, ";color=blue,black,brown", VALID);
    path("style: matrix, explode: true", LIST, ";color=blue;color=black", VALID);
    path("style: matrix", COLOR, ";color=R,100,G,200", VALID);
    path("style: matrix, explode: true", COLOR, ";R=100;G=200", VALID);
    path("style: matrix, explode: true", COLOR, ";R=100;B=200", "path color/G: is required and missing; path color/B: is not a property that is known here");
  }

  @Test
  void queriesAreFormsDelimitedOrDeep() {
    query("style: form", LIST, "color=blue&color=black", VALID);
    query("style: form, explode: false", LIST, "color=blue,black,brown", VALID);
    query("style: form, explode: false", LIST, "color=blue&color=black", "query color: is there 2 times, and may be there once");
    query("style: form", COLOR, "R=100&G=200", VALID);
    query("style: form, explode: false", COLOR, "color=R,100,G,200", VALID);
    query("style: spaceDelimited, explode: false", LIST, "color=blue%20black+brown", VALID);
    query("style: pipeDelimited, explode: false", LIST, "color=blue%7Cblack|brown", VALID);
    query("style: pipeDelimited, explode: false", COLOR, "color=R|100|G|200", VALID);
    query("style: deepObject, explode: true", COLOR, "color[R]=100&color%5BG%5D=200", VALID);
    query("style: deepObject, explode: true", COLOR, "color[R]=100&color[R]=1&color[G]=2", "query color[R]: is there 2 times, and may be there once");
    query("style: deepObject, explode: true", COLOR, "color[R]=x&color[G]=300", "query color/R: must be a whole number, and is a string; query color/G: must be at most 255");
    query("style: deepObject, explode: true", COLOR, "color[R][x]=1", "query color[R][x]: is not a parameter of this operation");
    query("style: deepObject, explode: true", "{ type: object, additionalProperties: { type: boolean } }", "color[any]=true&color[other]=1", "query color/other: must be a boolean, and is a string");
    query("style: form", "{ type: object, additionalProperties: { type: integer } }", "a=1&b=2", VALID);
    query("style: form", "{ type: object, additionalProperties: { type: integer } }", "a=1&b=x", "query color/b: must be a whole number, and is a string");
    query("allowEmptyValue: true", "{ type: boolean }", "color", VALID);
    query("allowEmptyValue: false", "{ type: boolean }", "color=", "query color: must be a boolean, and is a string");
    query("allowReserved: true", "{ type: string, format: uri }", "color=http://a/b?c=[d]", VALID);
    query("style: form", "{ oneOf: [ { type: integer, minimum: 10 }, { type: string, minLength: 3 } ] }", "color=12", VALID);
    query("style: form", "{ oneOf: [ { type: integer, minimum: 10 }, { type: string, minLength: 1 } ] }", "color=5", VALID);
    query("style: form", "{ type: [integer, 'null'] }", "color=5", VALID);
    query("style: form", "{ enum: [1, 2] }", "color=2", VALID);
    query("style: form", "{ allOf: [ { type: integer }, { minimum: 3 } ] }", "color=2", "query color: must be at least 3");
    query("style: form", "{ type: string }", "color=%ff", "query color: is not percent-encoded UTF-8");
  }

  @Test
  void headersAndCookiesHaveSeveralValues() {
    header("header", "style: simple", LIST, "blue, black", VALID);
    header("header", "explode: true", COLOR, "R=100, G=200", VALID);
    header("header", "explode: false", COLOR, "R,100,G,x", "header color/G: must be a whole number, and is a string");
    header("cookie", "explode: false", LIST, "a=b; color=blue,black", VALID);
    header("cookie", "style: form", "{ type: string, const: a b }", "color=a%20b", VALID);
    header("cookie", "style: form", "{ type: integer }", "colour=1", "cookie color: is required and missing");
  }

  @Test
  void contentOfParametersIsJson() {
    String filter = "{ name: color, in: query, content: { application/json: { schema: " + COLOR + " } } }";
    ParameterChecks checks = new ParameterChecks(operation("/a", filter));
    MultiMap none = MultiMap.caseInsensitiveMultiMap();
    assertEquals("", shown(checks.check(List.of(), "color=%7B%22R%22:1,%22G%22:2%7D", none)));
    assertEquals("query color/G: is required and missing", shown(checks.check(List.of(), "color={%22R%22:1}", none)));
    assertEquals("query color: is not JSON at line 1, column 2: a name in quotation marks is expected", shown(checks.check(List.of(), "color={R}", none)));
  }
}
