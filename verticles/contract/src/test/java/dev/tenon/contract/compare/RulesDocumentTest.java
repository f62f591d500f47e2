package dev.tenon.contract.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenon.contract.compare.Catalogue.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Keeps `docs/contract-rules.md` as the catalogue says. `-Dtenon.write-docs=true` writes it anew.
class RulesDocumentTest {

  private static final Path DOCUMENT = Path.of("../../docs/contract-rules.md");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EXAMPLE_MAX = 220;

  private static final String HEAD = """
      # Contract rules

      What `tenon contract diff OLD NEW` tells of, and how it judges. This file is written from the catalogue
      (`./mvnw -pl verticles/contract -am test -Dtest=RulesDocumentTest -Dtenon.write-docs=true`); each example is run by a test and gives exactly its rule.

      What consumers send (`request`): everything that was valid must stay valid. What they get (`response`, `event`): everything that is valid must have been valid.
      **Breaking** is what a witness shows: a value that one contract takes and the other refuses, by the validator that the edge uses. **Risky** is what may break
      somebody and could be neither proved nor shown, or what policy below says. **Compatible** is the rest. Webhooks and callbacks go the other way: their
      payloads have the rules of responses, the answers to them those of requests, and their side is `event`.

      A breaking change asks for a new major version, any other for a minor one, what only readers see for a patch. Before 1.0.0 what breaks raises the second number and
      everything else the third.

      ## Policy

      - **A new value in the enum of a response** is breaking: it was not valid. An `x-extensible-enum` is an open list, and its values come and go as compatible and risky.
      - **A new optional property** is compatible on both sides where other properties were merely not forbidden: nobody is promised a name that the contract does not declare. Where
        `additionalProperties: false` stood, a response with it was not valid, so it is breaking; where a schema stood there, the two schemas are compared.
      - **An optional property that is gone** is risky: everything stays valid, and somebody may miss it. In a request that allows no other properties it is breaking.
      - **Closing an object** (`additionalProperties: false`) for requests is breaking, though the names were never declared: requests that were valid are refused.
      - **A new error status** is compatible: any consumer must expect any. **A new success status** is risky, and breaking when none of the old ones is left.
      - **A success status that is gone** is risky: what comes was promised, and somebody may wait for it.
      - **A new media type of a response** is compatible, because `Accept` chooses; **one that is gone** is breaking for those who accept only it.
      - **A parameter that is gone** is risky; after its sunset it is compatible.
      - **A deprecated operation that is gone after its `x-sunset`** is risky and still a major change; before it, or without one, it is breaking.
      - **A new or another default** is risky for requests, whose meaning changes when it is left out, and compatible for responses.
      - **`readOnly`** properties are for nobody to send, and **`writeOnly`** ones for nobody to get: on that side they are neither required nor compared.
      - **Parameters** are compared as the text they are: a number may become a string.
      - **A format that is not checked** (`float`, `password`, names of one's own) changes no validity; another one is risky, because generated code may change.
      - **An `operationId`** is a name that manifests and generated clients use: another one is risky, and requests stay valid.
      - **Servers** say where a component happens to run: one that is gone is risky.
      - **Descriptions, titles, examples, tags and extensions** that Tenon gives no meaning are compatible.

      """;

  @Test
  void theDocumentIsWhatTheCatalogueSays() throws IOException {
    String expected = document();
    if (Boolean.getBoolean("tenon.write-docs")) {
      Files.writeString(DOCUMENT, expected);
    }
    assertEquals(expected, Files.readString(DOCUMENT), "run this test with -Dtenon.write-docs=true and commit docs/contract-rules.md");
  }

  @Test
  void everyCheckOfOasdiffHasOneCounterpartOrAReason() {
    Map<String, Object> all = Catalogue.map(Catalogue.resource("oasdiff.yaml"));
    List<String> checks = new ArrayList<>();
    Set<String> rules = new HashSet<>(Rules.all().stream().map(Rule::id).toList());
    Catalogue.map(all.get("rules")).forEach((rule, each) -> {
      assertEquals(true, rules.contains(rule), rule + " is a rule");
      Catalogue.texts(each).forEach(pattern -> checks.addAll(expanded(pattern)));
    });
    ((List<?>) all.get("none")).forEach(none -> Catalogue.texts(Catalogue.map(none).get("checks")).forEach(pattern -> checks.addAll(expanded(pattern))));
    assertEquals(509, checks.size());
    assertEquals(509, Set.copyOf(checks).size());
  }

  private static List<String> expanded(String pattern) {
    int open = pattern.indexOf('{');
    if (open < 0) {
      return List.of(pattern);
    }
    int close = pattern.indexOf('}');
    List<String> all = new ArrayList<>();
    for (String middle : pattern.substring(open + 1, close).split(",")) {
      all.add(pattern.substring(0, open) + middle + pattern.substring(close + 1));
    }
    return all;
  }

  private static String document() {
    Map<String, Object> oasdiff = Catalogue.map(Catalogue.resource("oasdiff.yaml"));
    Map<String, Object> counterparts = Catalogue.map(oasdiff.get("rules"));
    Map<String, Example> examples = new LinkedHashMap<>();
    Catalogue.examples().forEach(example -> examples.put(example.rule().id(), example));
    StringBuilder text = new StringBuilder(HEAD);
    List<String> api = java.util.Arrays.stream(ApiRule.values()).map(rule -> rule.rule().id()).toList();
    section(text, "Operations, parameters, bodies, answers, security", Rules.all().stream().filter(rule -> api.contains(rule.id())).toList(), examples, counterparts);
    section(text, "Schemas of requests", Rules.all().stream().filter(rule -> !api.contains(rule.id()) && rule.side() == Side.REQUEST).toList(), examples, counterparts);
    section(text, "Schemas of responses", Rules.all().stream().filter(rule -> !api.contains(rule.id()) && rule.side() == Side.RESPONSE).toList(), examples, counterparts);
    text.append("## Checks of oasdiff without a rule\n\n| oasdiff | why |\n|---|---|\n");
    ((List<?>) oasdiff.get("none")).forEach(none -> text.append("| ").append(codes(Catalogue.texts(Catalogue.map(none).get("checks")))).append(" | ").append(Catalogue.map(none).get("reason")).append(" |\n"));
    return text.toString();
  }

  private static void section(StringBuilder text, String title, List<Rule> rules, Map<String, Example> examples, Map<String, Object> counterparts) {
    text.append("## ").append(title).append("\n\n| rule | severity, bump | what it is | old → new | oasdiff |\n|---|---|---|---|---|\n");
    for (Rule rule : rules) {
      Example example = examples.get(rule.id());
      text.append("| `").append(rule.id()).append("` | ").append(rule.severity().word()).append(", ").append(rule.bump().word()).append(" | ").append(rule.explanation()).append(" | ")
          .append(code(example.before())).append(" → ").append(code(example.after())).append(" | ")
          .append(counterparts.containsKey(rule.id()) ? codes(Catalogue.texts(counterparts.get(rule.id()))) : "no such check").append(" |\n");
    }
    text.append("\n");
  }

  private static String codes(List<String> checks) {
    return String.join(", ", checks.stream().map(check -> "`" + check + "`").toList());
  }

  private static String code(Object value) {
    try {
      String json = JSON.writeValueAsString(value).replace("|", "\\|");
      return "`" + (json.length() > EXAMPLE_MAX ? json.substring(0, EXAMPLE_MAX) + "…" : json) + "`";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
