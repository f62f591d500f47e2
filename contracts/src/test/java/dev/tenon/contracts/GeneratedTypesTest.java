package dev.tenon.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tenon.bus.json.Field;
import dev.tenon.bus.json.Json;
import dev.tenon.bus.json.JsonException;
import dev.tenon.bus.json.JsonReader;
import dev.tenon.bus.json.JsonWritable;
import dev.tenon.corpus.names.NamesClient2;
import dev.tenon.corpus.old.Things;
import dev.tenon.corpus.shapes.Account;
import dev.tenon.corpus.shapes.AccountRequest;
import dev.tenon.corpus.shapes.Animal;
import dev.tenon.corpus.shapes.Based;
import dev.tenon.corpus.shapes.Cat;
import dev.tenon.corpus.shapes.Dog;
import dev.tenon.corpus.shapes.Even;
import dev.tenon.corpus.shapes.Everything;
import dev.tenon.corpus.shapes.Forest;
import dev.tenon.corpus.shapes.Kind;
import dev.tenon.corpus.shapes.Limited;
import dev.tenon.corpus.shapes.Merged;
import dev.tenon.corpus.shapes.NestedNames;
import dev.tenon.corpus.shapes.OwnerRequest;
import dev.tenon.corpus.shapes.Shape;
import dev.tenon.corpus.shapes.ShapesEvents;
import dev.tenon.corpus.shapes.Tree;
import io.vertx.core.buffer.Buffer;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Generated types read and write what their contracts say.
class GeneratedTypesTest {

  private static final String EVERYTHING = """
      { "text": "a", "whole": 9007199254740993, "small": -1, "huge": 99999999999999999999, "real": 1.5, "money": 0.10, "flag": true,
        "day": "2026-01-31", "moment": "2026-01-31T12:00:00+01:00", "id": "0192f1a4-7c1e-7d55-8c0a-3f2b9d1e6a70", "link": "https://example.org/a?b#c",
        "bytes": "AQID", "list": [[1], [], [2, 3]], "map": { "z": 1, "a": 2.5 }, "maps": { "m": { "n": ["small", "new"] } },
        "tuple": ["x", 1, "large", true, false], "pair": ["x", null], "anything": { "a": [null, 1, "x"] }, "kind": "medium", "innerKind": "two",
        "number": 2, "mixed": "two", "always": "yes", "sometimes": 7, "nullable": null, "maybe": null, "maybeKind": "small", "textOrNumber": 5,
        "nullableItems": ["a", null], "nullableValues": { "a": 1, "b": null }, "closed": {}, "open": { "a": "x", "more": [1] },
        "counted": { "total": 1, "x": 2 }, "patterned": { "x-a": "b" }, "untyped": { "a": "x", "b": 1 }, "ref": "small", "old": "x",
        "tree": { "value": "root", "left": { "value": "l" }, "right": null, "leaves": [{ "value": "leaf" }] },
        "forest": [[], [[]]], "names": { "a": { "b": {} } }, "words": "w", "even": { "odd": { "even": {}, "list": [{ "a": [] }] } },
        "shape": { "radius": 1 }, "animal": { "type": "cat", "name": "Tom", "lives": 9 }, "code": "later", "choice": "red",
        "based": { "id": "1", "iban": "DE" }, "deep": "one" }""";

  @Test
  void everyKindOfMemberComesBackAsItWas() {
    Json json = Json.parse(EVERYTHING);
    Everything read = read(json, Everything::read);
    assertEquals(json, Json.of(read));
    assertEquals(9007199254740993L, read.whole());
    assertEquals(new BigInteger("99999999999999999999"), read.huge());
    assertEquals(OffsetDateTime.parse("2026-01-31T12:00:00+01:00"), read.moment());
    assertEquals(Buffer.buffer(new byte[] {1, 2, 3}), read.bytes());
    assertEquals(List.of(List.of(1L), List.of(), List.of(2L, 3L)), read.list());
    assertEquals("yes", read.always());
    assertEquals(Optional.empty(), read.nullable());
    assertEquals(Field.ofNull(), read.maybe());
    assertEquals(List.of(Optional.of("a"), Optional.empty()), read.nullableItems().orElseThrow());
    assertEquals(Map.of("more", Json.of(List.of(1))), read.open().orElseThrow().others());
    assertEquals(List.of(true, false), read.tuple().rest());
    Everything twice = read(Json.of(read), Everything::read);
    assertEquals(read, twice);
    assertEquals(read.hashCode(), twice.hashCode());
  }

  @Test
  void unknownMembersArePassedOver() {
    assertEquals(new Tree("a", Optional.empty(), Field.absent(), Optional.empty()), read("{\"x\":{\"value\":1},\"value\":\"a\",\"y\":[[]]}", Tree::read));
  }

  @Test
  void whatIsWrongIsNamedByItsPlace() {
    wrong("{}", Tree::read, "/value", "is required and missing");
    wrong("[]", Tree::read, "", "is an array, not an object");
    wrong("{\"value\":7}", Tree::read, "/value", "is a number, not a string");
    wrong("{\"value\":\"a\",\"leaves\":[{\"value\":\"b\"},{\"value\":\"c\",\"left\":{}}]}", Tree::read, "/leaves/1/left/value", "is required and missing");
    wrong("{\"value\":null}", Tree::read, "/value", "is null, not a string");
    wrong("{\"value\":\"a\",\"left\":null}", Tree::read, "/left", "is null, not an object");
    wrong("{\"a/b~c\":[]}", NestedNames::read, "/a~1b~0c", "is an array, not an object");
    wrongEverything("\"small\": -1", "\"small\": 2147483648", "/small", "is no 32-bit integer");
    wrongEverything("9007199254740993", "9223372036854775808", "/whole", "is no 64-bit integer");
    wrongEverything("9007199254740993", "1.5", "/whole", "is not a whole number");
    wrongEverything("9007199254740993", "1e999999999", "/whole", "is too large a number");
    wrongEverything("2026-01-31\"", "2026-02-30\"", "/day", "is not a date like 2026-01-31");
    wrongEverything("2026-01-31T12:00:00+01:00", "yesterday", "/moment", "is not a date and time like 2026-01-31T12:00:00Z");
    wrongEverything("0192f1a4-7c1e", "7c1e", "/id", "is not a UUID");
    wrongEverything("\"AQID\"", "\"A!\"", "/bytes", "is not in Base64");
    wrongEverything("[\"x\", 1, \"large\", true, false]", "[\"x\"]", "/tuple/1", "is required and missing");
    wrongEverything("\"always\": \"yes\"", "\"always\": \"no\"", "/always", "is not \"yes\"");
    wrongEverything("{ \"b\": {} }", "{ \"b\": 1 }", "/names/a/b", "is a number, not an object");
    assertEquals(Long.valueOf(1), read("1.0", JsonReader::int64));
  }

  @Test
  void whatIsNotJsonIsToldFromWhatIsWrong() {
    for (String text : List.of("", "{", "{\"value\":\"a\"", "{\"value\":\"a\"} x", "{'value':1}", "{\"value\":\"a\",}", "nul")) {
      JsonException thrown = assertThrows(JsonException.class, () -> read(text, Tree::read), text);
      assertEquals(JsonException.Kind.NOT_JSON, thrown.kind(), text);
    }
  }

  @Test
  void unknownValuesOfAnEnumerationSurvive() {
    Kind kind = read("\"enormous\"", Kind::read);
    String said = switch (kind) {
      case Kind.Known.SMALL, Kind.Known.MEDIUM, Kind.Known.LARGE -> "known";
      case Kind.Unknown(String value) -> value;
    };
    assertEquals("enormous", said);
    assertEquals("\"enormous\"", kind.toJson().toString());
    assertEquals(Kind.SMALL, Kind.of("small"));
    assertEquals(Kind.Known.SMALL, read("\"small\"", Kind::read));
  }

  @Test
  void aDiscriminatorTellsVariantsApart() {
    assertInstanceOf(Cat.class, animal("{\"name\":\"Tom\",\"lives\":9,\"type\":\"cat\"}"));
    Dog dog = assertInstanceOf(Dog.class, animal("{\"type\":\"dog\",\"name\":\"Rex\",\"tricks\":[\"sit\"],\"parent\":{\"type\":\"cat\",\"name\":\"Tom\",\"lives\":1}}"));
    assertEquals(new Cat("Tom", Optional.empty(), 1), dog.parent().orElseThrow());
    assertEquals("dog", dog.type());
    assertEquals("Bird", Json.of(animal("{\"type\":\"Bird\",\"name\":\"x\",\"wings\":2}")).get("type").orElseThrow().asString().orElseThrow());
    wrong("{\"type\":\"cow\"}", Animal::read, "", "has a \"type\" that is none of cat, dog, Bird");
    wrong("{\"name\":\"x\"}", Animal::read, "/type", "is required and missing");
    wrong("[{\"type\":\"dog\",\"parent\":{\"type\":\"cat\",\"name\":\"x\"}}]", in -> in.list(Animal::read), "/0/parent/lives", "is required and missing");
  }

  @Test
  void theShapeTellsVariantsApart() {
    for (String json : List.of("{\"radius\":1.5}", "{\"width\":1,\"height\":2}", "{\"width\":1}", "\"text\"", "1.5", "3", "true", "[1,[\"a\"],{\"radius\":1}]",
        "{\"type\":\"cat\",\"name\":\"Tom\",\"lives\":9}", "\"0192f1a4-7c1e-7d55-8c0a-3f2b9d1e6a70\"")) {
      assertEquals(Json.parse(json), Json.of(read(json, Shape::read)), json);
    }
    assertInstanceOf(Cat.class, read("{\"type\":\"cat\",\"name\":\"Tom\",\"lives\":9}", Shape::read));
    assertEquals(new Shape.OfUuid(UUID.fromString("0192f1a4-7c1e-7d55-8c0a-3f2b9d1e6a70")), read("\"0192f1a4-7c1e-7d55-8c0a-3f2b9d1e6a70\"", Shape::read));
    assertEquals(new Shape.OfText("x"), read("\"x\"", Shape::read));
    assertEquals(2, assertInstanceOf(Shape.OfList.class, read("[1,{\"width\":1}]", Shape::read)).value().size());
    wrong("null", Shape::read, "", "is null, which is none of the alternatives here");
  }

  @Test
  void alternativesOfAnObjectHaveItsMembersToo() {
    Based based = read("{\"id\":\"1\",\"card\":\"c\"}", Based::read);
    assertEquals("{\"id\":\"1\",\"card\":\"c\"}", based.toJson().toString());
    assertEquals(new Limited(Optional.of("x"), Optional.empty()), read("{\"a\":\"x\"}", Limited::read));
  }

  @Test
  void requestsAndResponsesDifferWhereTheContractSaysSo() {
    AccountRequest request = AccountRequest.of("Ada", "secret", new OwnerRequest("ada@example.org"));
    assertEquals("{\"name\":\"Ada\",\"password\":\"secret\",\"owner\":{\"email\":\"ada@example.org\"}}", request.toJson().toString());
    Account response = read("{\"id\":\"1\",\"name\":\"Ada\",\"owner\":{\"createdAt\":\"2026-01-01T00:00:00Z\",\"email\":\"a\"},\"plan\":\"small\"}", Account::read);
    assertEquals(Optional.of(Kind.SMALL), response.plan());
  }

  @Test
  void descriptionsOfOnePropertyInSeveralPlacesAreAllOfIt() {
    Json json = Json.parse("{\"a\":{\"x\":\"s\",\"y\":1},\"b\":\"p\",\"self\":{\"b\":\"q\",\"more\":\"m\"}}");
    assertEquals(json, Json.of(read(json, Merged::read)));
    wrong("{\"a\":{\"x\":\"s\"}}", Merged::read, "/a/y", "is required and missing");
  }

  @Test
  void typesThatAreOnlyListsOfThemselvesAreRecords() {
    assertEquals(new Forest(List.of(new Forest(List.of()))), read("[[]]", Forest::read));
    assertEquals(new NestedNames(Map.of("a", new NestedNames(Map.of()))), read("{\"a\":{}}", NestedNames::read));
    assertEquals(Even.of(), read("{}", Even::read));
  }

  @Test
  void oddNamesKeepTheirSpellingOnTheWire() {
    String json = "{\"in\":\"1\",\"\":\"2\",\"a b\":\"3\",\"a-b\":\"4\",\"a_b\":\"5\",\"2fa\":\"6\",\"日本\":\"7\",\"$\":\"8\",\"@type\":\"9\",\"+1\":1,\"-1\":2,\"_\":\"x\"}";
    NamesClient2 read = read(json, NamesClient2::read);
    assertEquals(Json.parse(json), Json.of(read));
    assertEquals(Optional.of("3"), read.aB());
    assertEquals(Optional.of(1L), read.plus1());
  }

  @Test
  void theOldDialectIsReadAsItMeans() {
    Json json = Json.parse("{\"first\":null,\"second\":null,\"third\":null,\"bytes\":\"AQ==\",\"level\":null,\"pet\":{\"kind\":\"B\",\"b\":\"x\"}}");
    Things things = read(json, Things::read);
    assertEquals(json, Json.of(things));
    assertEquals(Field.ofNull(), things.third());
  }

  @Test
  void eventsHaveNamesAndPayloads() {
    assertEquals("account.deleted", ShapesEvents.ACCOUNT_DELETED.name());
    var event = ShapesEvents.ACCOUNT_DELETED.read(Buffer.buffer("{\"id\":\"0192f1a4-7c1e-7d55-8c0a-3f2b9d1e6a70\"}"));
    assertTrue(ShapesEvents.ACCOUNT_DELETED.write(event.withAt(OffsetDateTime.parse("2026-01-01T00:00:00Z"))).toString().endsWith(",\"at\":\"2026-01-01T00:00:00Z\"}"));
  }

  @Test
  void valuesAreCopiedAndNeverNull() {
    assertThrows(NullPointerException.class, () -> Tree.of(null));
    List<String> tricks = new java.util.ArrayList<>(List.of("sit"));
    Dog dog = Dog.of("Rex").withTricks(tricks);
    tricks.add("roll");
    assertEquals(Optional.of(List.of("sit")), dog.tricks());
  }

  private static Animal animal(String json) {
    Animal animal = read(json, Animal::read);
    assertEquals(Json.parse(json), Json.of(animal));
    return animal;
  }

  private static void wrongEverything(String part, String by, String pointer, String problem) {
    assertTrue(EVERYTHING.contains(part), part);
    wrong(EVERYTHING.replace(part, by), Everything::read, pointer, problem);
  }

  private static void wrong(String json, JsonReader.Reader<?> reader, String pointer, String problem) {
    JsonException thrown = assertThrows(JsonException.class, () -> read(json, reader), json);
    assertEquals(pointer + " " + problem, thrown.pointer() + " " + thrown.problem());
    assertEquals(JsonException.Kind.NOT_AS_EXPECTED, thrown.kind());
  }

  private static <T> T read(JsonWritable json, JsonReader.Reader<T> reader) {
    return JsonReader.read(json.toJson(), reader);
  }

  private static <T> T read(String json, JsonReader.Reader<T> reader) {
    return JsonReader.read(Buffer.buffer(json), reader);
  }
}
