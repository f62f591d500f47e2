package dev.tenon.contract.lint;

import dev.tenon.contract.Node;
import dev.tenon.contract.OpenApiVersion;
import dev.tenon.contract.lint.Survey.Spot;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Security schemes are whole, and requirements name what is declared.
final class SecurityRules {

  private static final Map<String, List<String>> NEEDED = Map.of(
      "apiKey", List.of("name", "in"),
      "http", List.of("scheme"),
      "oauth2", List.of("flows"),
      "openIdConnect", List.of("openIdConnectUrl"));

  private static final Map<String, List<String>> FLOW_NEEDED = Map.of(
      "implicit", List.of("authorizationUrl"),
      "password", List.of("tokenUrl"),
      "clientCredentials", List.of("tokenUrl"),
      "authorizationCode", List.of("authorizationUrl", "tokenUrl"));

  private SecurityRules() {}

  static void check(Survey survey, Findings findings) {
    survey.all("security-scheme").forEach(spot -> scheme(spot, findings));
    Map<String, Node> declared = survey.document.object("components").flatMap(components -> components.object("securitySchemes")).map(Node.Obj::members).orElse(Map.of());
    survey.all("requirement").forEach(spot -> requirement(spot, declared, survey, findings));
  }

  private static void scheme(Spot spot, Findings findings) {
    String type = spot.object().text("type").orElse("");
    for (String needed : NEEDED.getOrDefault(type, List.of())) {
      if (!spot.object().has(needed)) {
        findings.about(Rule.MISSING_FIELD, spot.pointer(), spot.object(), "the security scheme \"" + spot.key() + "\" is of type " + type + " and needs \"" + needed + "\" – add it");
      }
    }
    spot.object().object("flows").ifPresent(flows -> flows.members().forEach((name, value) -> {
      if (value instanceof Node.Obj flow) {
        FLOW_NEEDED.getOrDefault(name, List.of()).stream().filter(needed -> !flow.has(needed)).forEach(needed ->
            findings.about(Rule.MISSING_FIELD, spot.pointer("flows") + "/" + name, flow, "the OAuth flow \"" + name + "\" needs \"" + needed + "\" – add it"));
      }
    }));
  }

  private static void requirement(Spot spot, Map<String, Node> declared, Survey survey, Findings findings) {
    spot.object().members().forEach((name, value) -> {
      if (!declared.containsKey(name)) {
        findings.aboutField(Rule.SECURITY, spot.pointer(name), value, "security names the scheme \"" + name + "\", which is not among components/securitySchemes – add it there");
        return;
      }
      Optional<Node.Obj> scheme = survey.resolved(declared.get(name));
      String type = scheme.flatMap(object -> object.text("type")).orElse("");
      List<Node> scopes = value instanceof Node.Arr array ? array.items() : List.of();
      if (survey.version == OpenApiVersion.V3_0 && !scopes.isEmpty() && !type.equals("oauth2") && !type.equals("openIdConnect")) {
        findings.aboutField(Rule.SECURITY, spot.pointer(name), value, "security asks for scopes of \"" + name + "\", which is of type " + type + " and has none in OpenAPI 3.0 – leave the list empty");
      }
      if (type.equals("oauth2")) {
        Set<String> known = scopes(scheme.orElseThrow());
        scopes.stream().filter(scope -> scope instanceof Node.Text text && !known.contains(text.value())).forEach(scope ->
            findings.about(Rule.SECURITY, spot.pointer(name), scope, "security asks for the scope \"" + scope.plain() + "\", which no flow of \"" + name + "\" has – add it to one, or correct it"));
      }
    });
  }

  private static Set<String> scopes(Node.Obj scheme) {
    Set<String> scopes = new HashSet<>();
    scheme.object("flows").ifPresent(flows -> flows.members().values().forEach(flow -> {
      if (flow instanceof Node.Obj object) {
        object.object("scopes").ifPresent(all -> scopes.addAll(all.members().keySet()));
      }
    }));
    return scopes;
  }
}
