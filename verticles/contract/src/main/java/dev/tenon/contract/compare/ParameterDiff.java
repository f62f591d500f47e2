package dev.tenon.contract.compare;

import dev.tenon.contract.Node;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Compares the parameters of an operation, wherever they stand.
final class ParameterDiff {

  private static final Pattern VARIABLE = Pattern.compile("\\{([^{}/]*)}");
  private static final Set<String> HEADERS_OF_HTTP = Set.of("accept", "content-type", "authorization");
  private static final Set<String> DOCUMENTATION = Set.of("description", "example", "examples");

  private final ApiDiff diff;
  private final OperationPair ops;
  private final Exchange exchange;
  private final String label;

  ParameterDiff(ApiDiff diff, OperationPair ops, Exchange exchange) {
    this.diff = diff;
    this.ops = ops;
    this.exchange = exchange;
    this.label = ops.newAsking().label();
  }

  void compare() {
    Map<String, Node.Obj> olds = parameters(ops.oldAsking(), diff.before());
    Map<String, Node.Obj> news = parameters(ops.newAsking(), diff.after());
    olds.forEach((key, old) -> {
      Node.Obj now = news.get(key);
      if (now == null) {
        removed(old);
      } else {
        changed(old, now);
      }
    });
    news.forEach((key, now) -> {
      if (!olds.containsKey(key)) {
        added(now);
      }
    });
  }

  /// By place and name; those in the path by their number, because their names are nobody's business.
  private Map<String, Node.Obj> parameters(Api.Op op, Api api) {
    List<String> variables = new ArrayList<>();
    Matcher matcher = VARIABLE.matcher(op.path());
    while (matcher.find()) {
      variables.add(matcher.group(1));
    }
    Map<String, Node.Obj> parameters = new LinkedHashMap<>();
    for (Node.Obj level : List.of(op.item(), op.node())) {
      for (Node node : level.items("parameters")) {
        Api.resolved(node, api.view(exchange.asking())).ifPresent(parameter -> {
          String name = parameter.text("name").orElse("");
          String in = parameter.text("in").orElse("");
          String own = in.equals("header") ? name.toLowerCase(Locale.ROOT) : in.equals("path") ? String.valueOf(variables.indexOf(name)) : name;
          if (!in.equals("header") || !HEADERS_OF_HTTP.contains(own)) {
            parameters.put(in + " " + own, parameter);
          }
        });
      }
    }
    return parameters;
  }

  private static String part(Node.Obj parameter) {
    return "the " + parameter.text("in").orElse("") + " parameter " + parameter.text("name").orElse("");
  }

  private boolean needed(Node.Obj parameter) {
    return parameter.isTrue("required") || parameter.text("in").orElse("").equals("path");
  }

  private void removed(Node.Obj old) {
    String part = part(old);
    Optional<LocalDate> sunset = Sunset.of(old);
    Optional<Node> newAt = Optional.of(ops.newAsking().node());
    if (exchange == Exchange.EVENT) {
      if (needed(old)) {
        diff.add(Side.EVENT, ApiRule.REQUIRED_RESPONSE_HEADER_REMOVED, label, part, Optional.of(old), newAt, label + ": " + part + ", which was always there, is gone",
            Optional.of(new Witness("the " + label + " without " + part, "")));
      } else {
        diff.add(Side.EVENT, ApiRule.OPTIONAL_RESPONSE_HEADER_REMOVED, label, part, Optional.of(old), newAt, label + ": " + part + " is gone", Optional.empty());
      }
    } else if (old.isTrue("deprecated") && sunset.isPresent() && !diff.today().isBefore(sunset.get())) {
      diff.add(ApiRule.PARAMETER_REMOVED_AFTER_SUNSET, label, part, Optional.of(old), newAt, label + ": " + part + " is gone, as its sunset of " + sunset.get() + " announced");
    } else {
      diff.add(ApiRule.PARAMETER_REMOVED, label, part, Optional.of(old), newAt, label + ": " + part + " is gone; what consumers send in it no longer has an effect, or is refused");
    }
  }

  private void added(Node.Obj now) {
    String part = part(now);
    Optional<Node> oldAt = Optional.of(ops.oldAsking().node());
    if (exchange == Exchange.EVENT) {
      diff.add(Side.EVENT, ApiRule.RESPONSE_HEADER_ADDED, label, part, oldAt, Optional.of(now), label + ": " + part + " is new", Optional.empty());
    } else if (needed(now)) {
      diff.breaking(ApiRule.PARAMETER_ADDED_REQUIRED, label, part, oldAt, Optional.of(now), label + ": " + part + " is new and must be sent; consumers that do not know it are refused",
          new Witness("the request " + label + " without " + part, ""));
    } else {
      diff.add(ApiRule.PARAMETER_ADDED_OPTIONAL, label, part, oldAt, Optional.of(now), label + ": " + part + " is new and may be left out");
    }
  }

  private void changed(Node.Obj old, Node.Obj now) {
    String part = part(now);
    if (needed(old) != needed(now)) {
      required(old, now, part);
    }
    if (exchange == Exchange.CALL) {
      flags(old, now, part);
    }
    String subject = exchange == Exchange.CALL ? "the request " + label + " with " + part : "the " + label + " with " + part;
    ValueDiff.compare(diff, new ValueDiff.Place(label, part, subject, exchange.asking(), exchange.askingSide(), exchange == Exchange.CALL
        ? ApiRule.PARAMETER_CONTENT_CHANGED : ApiRule.RESPONSE_HEADER_CONTENT_CHANGED), old, now);
    style(old, now, part);
    List<Draft> said = new ArrayList<>();
    Documents.said(old, now, DOCUMENTATION, label, part, said);
    said.forEach(diff::draft);
  }

  private void required(Node.Obj old, Node.Obj now, String part) {
    Optional<Node> oldAt = Optional.of(old.get("required").orElse(old));
    Optional<Node> newAt = Optional.of(now.get("required").orElse(now));
    boolean needs = needed(now);
    if (exchange == Exchange.EVENT) {
      diff.add(Side.EVENT, needs ? ApiRule.RESPONSE_HEADER_BECAME_REQUIRED : ApiRule.RESPONSE_HEADER_BECAME_OPTIONAL, label, part, oldAt, newAt,
          label + ": " + part + (needs ? " is always there" : " may be missing"), needs ? Optional.empty() : Optional.of(new Witness("the " + label + " without " + part, "")));
    } else if (needs) {
      diff.breaking(ApiRule.PARAMETER_BECAME_REQUIRED, label, part, oldAt, newAt, label + ": " + part + " must be sent; consumers that leave it out are refused",
          new Witness("the request " + label + " without " + part, ""));
    } else {
      diff.add(ApiRule.PARAMETER_BECAME_OPTIONAL, label, part, oldAt, newAt, label + ": " + part + " may be left out");
    }
  }

  private void flags(Node.Obj old, Node.Obj now, String part) {
    flag(old, now, part, "deprecated", ApiRule.PARAMETER_DEPRECATED, ApiRule.PARAMETER_REACTIVATED, " is deprecated", " is no longer deprecated");
    flag(old, now, part, "allowEmptyValue", ApiRule.PARAMETER_EMPTY_VALUE_ALLOWED, ApiRule.PARAMETER_EMPTY_VALUE_REFUSED, " may be sent without a value", " may no longer be sent without a value");
    flag(old, now, part, "allowReserved", ApiRule.PARAMETER_RESERVED_ALLOWED, ApiRule.PARAMETER_RESERVED_REFUSED, " may hold reserved characters as they are", " must have its reserved characters escaped");
    OperationDiff.sunset(diff, label, part, old, now);
  }

  private void flag(Node.Obj old, Node.Obj now, String part, String member, ApiRule on, ApiRule off, String onWords, String offWords) {
    if (old.isTrue(member) != now.isTrue(member)) {
      diff.add(now.isTrue(member) ? on : off, label, part, Optional.of(old.get(member).orElse(old)), Optional.of(now.get(member).orElse(now)),
          label + ": " + part + (now.isTrue(member) ? onWords : offWords));
    }
  }

  private void style(Node.Obj old, Node.Obj now, String part) {
    if (old.has("content") || now.has("content")) {
      return;
    }
    Shapes olds = diff.before().shapes(exchange.asking());
    Shapes news = diff.after().shapes(exchange.asking());
    Set<String> types = new java.util.TreeSet<>(old.get("schema").map(schema -> olds.of(schema).types()).orElse(Set.of()));
    types.retainAll(now.get("schema").map(schema -> news.of(schema).types()).orElse(Set.of()));
    String was = writing(old, types);
    String is = writing(now, types);
    if (!was.equals(is)) {
      String words = label + ": " + part + " is written as " + is + " instead of " + was + "; what is sent is misread";
      Optional<Node> oldAt = Optional.of(old.get("style").or(() -> old.get("explode")).orElse(old));
      Optional<Node> newAt = Optional.of(now.get("style").or(() -> now.get("explode")).orElse(now));
      boolean call = exchange == Exchange.CALL;
      diff.add(exchange.askingSide(), call ? ApiRule.PARAMETER_STYLE_CHANGED : ApiRule.RESPONSE_HEADER_CONTENT_CHANGED, label, part, oldAt, newAt, words,
          Optional.of(new Witness((call ? "the request " : "the ") + label + " with " + part + " written as " + was, "")));
    }
  }

  /// How its values are written, as far as that makes a difference for values of these types.
  private static String writing(Node.Obj parameter, Set<String> types) {
    String in = parameter.text("in").orElse("");
    boolean form = in.equals("query") || in.equals("cookie");
    String style = parameter.text("style").orElse(form ? "form" : "simple");
    boolean explode = parameter.has("explode") ? parameter.isTrue("explode") : style.equals("form");
    if (!types.contains("array") && !types.contains("object")) {
      return style.equals("label") || style.equals("matrix") ? style : "plain text";
    }
    boolean repeated = explode && !types.contains("object") && Set.of("form", "spaceDelimited", "pipeDelimited").contains(style);
    return repeated ? "form, exploded" : style + (explode ? ", exploded" : ", not exploded");
  }
}
