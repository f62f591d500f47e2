package dev.tenon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tenon.contract.Contract;
import dev.tenon.contract.MediaType;
import dev.tenon.contract.schema.Violation;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FormBodyTest {

  private static final String VALID = "";
  private static final String PROFILE = """
      schema:
        type: object
        required: [name]
        additionalProperties: false
        properties:
          name: { type: string, maxLength: 5 }
          age: { type: integer, minimum: 18 }
          tags: { type: array, maxItems: 2, items: { type: string } }
          sizes: { type: array, items: { type: integer } }
          address: { type: object, required: [city], properties: { city: { type: string } } }
          photo: { type: string, format: binary, maxLength: 4 }
          files: { type: array, items: { type: string, format: binary } }
      """;
  private static final String ENCODING = """
      encoding:
        sizes: { style: pipeDelimited, explode: false }
      """;
  private static final String PARTS_ENCODING = """
      encoding:
        photo: { contentType: 'image/png, image/jpeg', headers: { X-Width: { required: true, schema: { type: integer } } } }
        address: { contentType: application/json }
      """;

  private static MediaType type(String range, String content) {
    Contract contract = Contract.parse("t", """
        openapi: 3.1.0
        info: { title: t, version: '1' }
        paths:
          /a:
            post:
              operationId: o
              responses: { '200': { description: ok } }
              requestBody:
                content:
                  %s:
        """.formatted(range) + content.indent(12));
    assertEquals("[]", Unsupported.in(contract).toString());
    return contract.operations().getFirst().requestBody().orElseThrow().content().types().getFirst();
  }

  private static String shown(BodyCheck check) {
    return switch (check) {
      case BodyCheck.Valid valid -> VALID;
      case BodyCheck.NotJson wrong -> wrong.where() + " " + wrong.why();
      case BodyCheck.Malformed wrong -> wrong.why();
      case BodyCheck.Invalid invalid -> invalid.violations().stream().map((Violation each) -> each.pointer() + ": " + each.detail()).collect(Collectors.joining("; "));
    };
  }

  private static void form(String body, String expected) {
    MediaType type = type("application/x-www-form-urlencoded", PROFILE + ENCODING);
    assertEquals(expected, shown(BodyCheck.of(Buffer.buffer(body), type, "application/x-www-form-urlencoded")), body);
  }

  /// Parts are written as `head|body`, with `;` for the end of a line in a head.
  private static void parts(String expected, String... parts) {
    StringBuilder body = new StringBuilder("preamble\r\n");
    for (String part : parts) {
      int bar = part.indexOf('|');
      body.append("--b0\r\n").append("Content-Disposition: form-data; name=").append(part.substring(0, bar).replace("\n", "\r\n")).append("\r\n\r\n").append(part.substring(bar + 1)).append("\r\n");
    }
    broken(expected, body + "--b0--\r\n");
  }

  private static void broken(String expected, String body) {
    MediaType type = type("multipart/form-data", PROFILE + PARTS_ENCODING);
    assertEquals(expected, shown(BodyCheck.of(Buffer.buffer(body.getBytes(StandardCharsets.UTF_8)), type, "multipart/form-data; boundary=\"b0\"")), body);
  }

  @Test
  void urlEncodedFieldsAreValues() {
    form("name=Ada", VALID);
    form("name=Ad%C3%A4+&age=36&tags=a&tags=b&sizes=1|2%7C3&address=%7B%22city%22%3A%22Rome%22%7D", VALID);
    form("name=Ada&age=17", "/age: must be at least 18");
    form("name=Ada&age=x", "/age: must be a whole number, and is a string");
    form("age=20", "/name: is required and missing");
    form("name=Ada&other=1", "/other: is not a property that is known here");
    form("name=Ada&tags=a&tags=b&tags=c", "/tags: must have at most 2 items, and has 3");
    form("name=Ada&address=%7B%7D", "/address/city: is required and missing");
    form("name=Ada&address=Rome", "the field \"address\" is not JSON at line 1, column 1: a word that JSON does not know");
    form("name=Ada&name=Eve", "the field \"name\" is there 2 times, and may be there once");
    form("name=%FF", "the field \"name\" is not percent-encoded UTF-8");
    form("a=1&".repeat(1001), "it has more than 1000 fields");
  }

  @Test
  void partsAreValuesJsonOrFiles() {
    parts(VALID, "\"name\"|Ada", "\"age\"|36", "tags|a", "tags|b");
    parts(VALID, "\"name\"|Ada", "\"address\"\nContent-Type: application/json|{\"city\":\"Rome\"}", "\"photo\"; filename=\"a.png\"\nContent-Type: image/png\nX-Width: 7|\u0001\r\n-");
    parts(VALID, "\"name\"|Ada", "\"files\"; filename=a\nContent-Type: application/octet-stream|--b\r\n--b1", "\"files\"; filename=b|");
    parts("/photo: must have at most 4 characters, and has 5", "\"name\"|Ada", "\"photo\"\nContent-Type: image/jpeg\nX-Width: 7|12345");
    parts("the field \"photo\" has another Content-Type than image/png or image/jpeg", "\"name\"|Ada", "\"photo\"\nContent-Type: image/gif|1");
    parts("the field \"photo\" has the header \"X-Width\", which is required and missing", "\"name\"|Ada", "\"photo\"\nContent-Type: image/png|1");
    parts("the field \"photo\" has the header \"X-Width\", which must be a whole number, and is a string", "\"name\"|Ada", "\"photo\"\nContent-Type: image/png\nX-Width: a|1");
    parts("/address/city: must be a string, and is a whole number", "\"name\"|Ada", "\"address\"|{\"city\":1}");
    parts("/age: must be at least 18", "\"name\"|Ada", "\"age\"|17");
    parts("the field \"name\" is there 2 times, and may be there once", "\"name\"|Ada", "\"name\"|Eve");
    parts("/name: is required and missing");
  }

  @Test
  void whatIsNotMadeOfPartsIsMalformed() {
    broken("its boundary is missing, or does not end it", "");
    broken("its boundary is missing, or does not end it", "--b0\r\nContent-Disposition: form-data; name=name\r\n\r\nAda");
    broken("a boundary is not followed by the end of its line", "--b0x\r\n");
    broken("a part has no \"Content-Disposition: form-data\" with a name", "--b0\r\nContent-Type: text/plain\r\n\r\nAda\r\n--b0--");
    broken("the head of a part does not end within 8192 bytes", "--b0\r\nContent-Disposition: form-data; name=name");
    broken("a line in the head of a part is no header", "--b0\r\nnonsense\r\n\r\nAda\r\n--b0--");
    broken("it has more than 1000 parts", "--b0\r\nContent-Disposition: form-data; name=tags\r\n\r\na\r\n".repeat(1001) + "--b0--");
    MediaType type = type("multipart/form-data", PROFILE);
    assertEquals("its Content-Type names no boundary of 1 to 70 characters", shown(BodyCheck.of(Buffer.buffer("x"), type, "multipart/form-data")));
  }

  @Test
  void textsAreCheckedWhereTheirSchemaAsksForMore() {
    MediaType type = type("text/plain", "schema: { type: string, pattern: '^[a-z]+$', maxLength: 5 }\n");
    assertEquals("true " + VALID, BodyCheck.isNeeded(type) + " " + shown(BodyCheck.of(Buffer.buffer("abc"), type, "text/plain")));
    assertEquals(": must have at most 5 characters, and has 6", shown(BodyCheck.of(Buffer.buffer("abcdef"), type, "text/plain")));
    assertEquals("it is not UTF-8", shown(BodyCheck.of(Buffer.buffer(new byte[] {(byte) 0xFF}), type, "text/plain")));
    assertEquals(false, BodyCheck.isNeeded(type("text/csv", "schema: { type: string, description: rows }\n")));
  }
}
