package dev.tenon.contract.lint;

import dev.tenon.contract.Location;
import dev.tenon.contract.MediaType;
import dev.tenon.contract.Node;
import dev.tenon.contract.Pointer;
import dev.tenon.contract.lint.Survey.Spot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What every operation has: a name, an answer for failures, a word about who may call it.
final class OperationRules {

  private static final String PROBLEM = "application/problem+json";
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

  private final Survey survey;
  private final Findings findings;
  private final Map<String, Location> ids = new HashMap<>();
  private final Optional<Set<String>> tags;

  private OperationRules(Survey survey, Findings findings) {
    this.survey = survey;
    this.findings = findings;
    this.tags = survey.document.has("tags") ? Optional.of(new HashSet<>()) : Optional.empty();
    survey.document.items("tags").forEach(tag -> {
      if (tag instanceof Node.Obj object) {
        object.text("name").ifPresent(tags.orElseThrow()::add);
      }
    });
  }

  static void check(Survey survey, Findings findings) {
    OperationRules rules = new OperationRules(survey, findings);
    survey.all("operation").forEach(rules::operation);
  }

  private void operation(Spot spot) {
    boolean called = spot.pointer().startsWith("/paths/") && spot.pointer().chars().filter(c -> c == '/').count() == 3;
    Optional<String> id = spot.object().text("operationId");
    String label = id.orElseGet(() -> label(spot));
    if (id.isPresent()) {
      Node node = spot.object().get("operationId").orElseThrow();
      if (ids.putIfAbsent(id.get(), node.at()) instanceof Location other) {
        findings.about(Rule.DUPLICATE, spot.pointer("operationId"), node, "the operationId \"" + id.get() + "\" is used already at " + other + " – each is used once");
      }
      if (!IDENTIFIER.matcher(id.get()).matches()) {
        findings.about(Rule.OPERATION_ID, spot.pointer("operationId"), node, "the operationId \"" + id.get() + "\" is not an identifier – use letters and digits, as in getPlan");
      }
    } else {
      findings.about(Rule.OPERATION_ID, spot.pointer(), spot.object(), label + " has no \"operationId\" – give it a name that no other operation has");
    }
    tags.ifPresent(known -> spot.object().items("tags").forEach(tag -> {
      if (tag instanceof Node.Text text && !known.contains(text.value())) {
        findings.about(Rule.TAG_DECLARED, spot.pointer("tags"), tag, "the tag \"" + text.value() + "\" of " + label + " is not among the document's tags – add it there, with a description");
      }
    }));
    if (called) {
      failures(spot, label);
      if (!spot.object().has("security") && !survey.document.has("security")) {
        findings.about(Rule.SECURITY_DECLARED, spot.pointer(), spot.object(), label + " does not say who may call it – add \"security\", to the document or here; [] for everybody");
      }
    }
  }

  /// `POST /users`.
  private static String label(Spot spot) {
    String[] parts = spot.pointer().split("/");
    return spot.key().toUpperCase(Locale.ROOT) + " " + Pointer.unescape(parts[parts.length - 2]);
  }

  private void failures(Spot spot, String label) {
    Optional<Node.Obj> responses = spot.object().object("responses");
    if (responses.isEmpty()) {
      return;
    }
    boolean failure = false;
    for (Map.Entry<String, Node> each : responses.get().members().entrySet()) {
      String status = each.getKey();
      if (!status.startsWith("4") && !status.startsWith("5") && !status.equals("default")) {
        continue;
      }
      failure = true;
      Optional<Node.Obj> content = survey.resolved(each.getValue()).flatMap(response -> response.object("content"));
      boolean problem = content.map(types -> types.members().keySet().stream().allMatch(range -> MediaType.essence(range).equals(PROBLEM))).orElse(false);
      if (!problem || content.get().members().isEmpty()) {
        findings.aboutField(Rule.PROBLEM_RESPONSE, spot.pointer("responses") + "/" + status, each.getValue(),
            "the response " + status + " of " + label + " is not " + PROBLEM + " – answer failures with a problem document (RFC 9457)");
      }
    }
    if (!failure) {
      findings.aboutField(Rule.PROBLEM_RESPONSE, spot.pointer("responses"), responses.get(), label + " does not say how it fails – add a response 4XX, 5XX or default of " + PROBLEM);
    }
  }
}
