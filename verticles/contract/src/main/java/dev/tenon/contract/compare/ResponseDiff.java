package dev.tenon.contract.compare;

import dev.tenon.contract.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Compares what an operation answers.
final class ResponseDiff {

  private final ApiDiff diff;
  private final OperationPair ops;
  private final Exchange exchange;
  private final String label;

  ResponseDiff(ApiDiff diff, OperationPair ops, Exchange exchange) {
    this.diff = diff;
    this.ops = ops;
    this.exchange = exchange;
    this.label = ops.newAnswering().label();
  }

  void compare() {
    Map<String, Node.Obj> olds = responses(ops.oldAnswering(), diff.before());
    Map<String, Node.Obj> news = responses(ops.newAnswering(), diff.after());
    olds.forEach((status, old) -> {
      Optional<String> cover = cover(status, news.keySet());
      if (cover.isPresent()) {
        response(status, old, news.get(cover.get()));
      } else {
        removed(status, old, olds.keySet(), news.keySet());
      }
    });
    news.forEach((status, now) -> {
      Optional<String> cover = cover(status, olds.keySet());
      if (cover.isEmpty()) {
        added(status, now, olds.keySet(), news.keySet());
      } else if (!cover.get().equals(status)) {
        response(status, olds.get(cover.get()), now);
      }
    });
  }

  private Map<String, Node.Obj> responses(Api.Op op, Api api) {
    Map<String, Node.Obj> responses = new LinkedHashMap<>();
    op.node().object("responses").ifPresent(all -> all.members().forEach((status, node) -> {
      if (!status.startsWith("x-")) {
        Api.resolved(node, api.view(exchange.answering())).ifPresent(response -> responses.put(status.equals("default") ? status : status.toUpperCase(Locale.ROOT), response));
      }
    }));
    return responses;
  }

  /// The status itself, its hundred, or `default`, which stands for errors only where something else stands for success.
  private static Optional<String> cover(String status, Set<String> statuses) {
    if (statuses.contains(status)) {
      return Optional.of(status);
    }
    String hundred = status.charAt(0) + "XX";
    if (statuses.contains(hundred)) {
      return Optional.of(hundred);
    }
    boolean successes = statuses.stream().anyMatch(ResponseDiff::isSuccess);
    return statuses.contains("default") && !(isSuccess(status) && successes) ? Optional.of("default") : Optional.empty();
  }

  private static boolean isSuccess(String status) {
    return status.charAt(0) >= '1' && status.charAt(0) <= '3';
  }

  private void added(String status, Node.Obj now, Set<String> olds, Set<String> news) {
    String part = part(status);
    Optional<Node> oldAt = ops.oldAnswering().node().get("responses").or(() -> Optional.of(ops.oldAnswering().node()));
    if (!isSuccess(status)) {
      add(ApiRule.RESPONSE_ERROR_ADDED, part, oldAt, Optional.of(now), label + ": " + part + " is new", Optional.empty());
    } else if (olds.stream().filter(ResponseDiff::isSuccess).anyMatch(old -> cover(old, news).isPresent()) || olds.stream().noneMatch(ResponseDiff::isSuccess)) {
      add(ApiRule.RESPONSE_SUCCESS_ADDED, part, oldAt, Optional.of(now), label + ": " + part + " is new; consumers may not understand it", Optional.empty());
    } else {
      add(ApiRule.RESPONSE_SUCCESS_REPLACED, part, oldAt, Optional.of(now), label + ": " + part + " comes instead of every success that consumers know",
          Optional.of(new Witness("the response " + status + " to " + label, "")));
    }
  }

  private void removed(String status, Node.Obj old, Set<String> olds, Set<String> news) {
    String part = part(status);
    Optional<Node> newAt = ops.newAnswering().node().get("responses").or(() -> Optional.of(ops.newAnswering().node()));
    add(isSuccess(status) ? ApiRule.RESPONSE_SUCCESS_REMOVED : ApiRule.RESPONSE_ERROR_REMOVED, part, Optional.of(old), newAt,
        label + ": " + part + " is gone" + (isSuccess(status) ? "; consumers that wait for it wait in vain" : ""), Optional.empty());
  }

  private void response(String status, Node.Obj old, Node.Obj now) {
    String part = part(status);
    boolean had = has(old);
    boolean has = has(now);
    if (had && has) {
      new Bodies(diff, label, exchange.answering(), exchange.answeringSide(), "the response " + status + " to " + label + " with the body", part).compare(old, now);
    } else if (had) {
      add(exchange == Exchange.CALL ? ApiRule.RESPONSE_BODY_REMOVED : ApiRule.REQUEST_BODY_REMOVED, part, Optional.of(old), Optional.of(now), label + ": " + part + " has no body any more; consumers that read it find nothing",
          Optional.of(new Witness("the response " + status + " to " + label + " without a body", "")));
    } else if (has) {
      add(exchange == Exchange.CALL ? ApiRule.RESPONSE_BODY_ADDED : ApiRule.REQUEST_BODY_ADDED_OPTIONAL, part, Optional.of(old), Optional.of(now), label + ": " + part + " has a body, and had none", Optional.empty());
    }
    headers(status, old, now);
    links(part, old, now);
    List<Draft> said = new ArrayList<>();
    Documents.said(old, now, Set.of("description"), label, part, said);
    said.forEach(diff::draft);
  }

  private static boolean has(Node.Obj response) {
    return response.object("content").filter(content -> !content.members().isEmpty()).isPresent();
  }

  private static String part(String status) {
    return status.equals("default") ? "the default response" : "the response " + status;
  }

  private void headers(String status, Node.Obj old, Node.Obj now) {
    Map<String, Node.Obj> olds = headers(old, diff.before());
    Map<String, Node.Obj> news = headers(now, diff.after());
    olds.forEach((name, was) -> {
      String part = "the header " + name + " of " + part(status);
      Node.Obj is = news.get(name);
      boolean always = was.isTrue("required");
      Witness without = new Witness("the response " + status + " to " + label + " without the header " + name, "");
      if (is == null) {
        add(always ? ApiRule.REQUIRED_RESPONSE_HEADER_REMOVED : ApiRule.OPTIONAL_RESPONSE_HEADER_REMOVED, part, Optional.of(was), Optional.of(now.get("headers").orElse(now)),
            label + ": " + part + (always ? ", which was always there, is gone" : " is gone"), always ? Optional.of(without) : Optional.empty());
        return;
      }
      if (always != is.isTrue("required")) {
        add(always ? ApiRule.RESPONSE_HEADER_BECAME_OPTIONAL : ApiRule.RESPONSE_HEADER_BECAME_REQUIRED, part, Optional.of(was.get("required").orElse(was)),
            Optional.of(is.get("required").orElse(is)), label + ": " + part + (always ? " may be missing; consumers that read it may find nothing" : " is always there"),
            always ? Optional.of(without) : Optional.empty());
      }
      ValueDiff.compare(diff, new ValueDiff.Place(label, part, "the response " + status + " to " + label + " with the header " + name, exchange.answering(), exchange.answeringSide(),
          ApiRule.RESPONSE_HEADER_CONTENT_CHANGED), was, is);
      List<Draft> said = new ArrayList<>();
      Documents.said(was, is, Set.of("description", "example", "examples", "deprecated"), label, part, said);
      said.forEach(diff::draft);
    });
    news.forEach((name, is) -> {
      if (!olds.containsKey(name)) {
        String part = "the header " + name + " of " + part(status);
        add(ApiRule.RESPONSE_HEADER_ADDED, part, Optional.of(old.get("headers").orElse(old)), Optional.of(is), label + ": " + part + " is new", Optional.empty());
      }
    });
  }

  private Map<String, Node.Obj> headers(Node.Obj response, Api api) {
    Map<String, Node.Obj> headers = new LinkedHashMap<>();
    response.object("headers").ifPresent(all -> all.members().forEach((name, node) -> {
      if (!name.equalsIgnoreCase("content-type")) {
        Api.resolved(node, api.view(exchange.answering())).ifPresent(header -> headers.put(name.toLowerCase(Locale.ROOT), header));
      }
    }));
    return headers;
  }

  private void links(String part, Node.Obj old, Node.Obj now) {
    Map<String, Node.Obj> olds = links(old, diff.before());
    Map<String, Node.Obj> news = links(now, diff.after());
    olds.forEach((name, was) -> {
      Node.Obj is = news.get(name);
      if (is == null) {
        add(ApiRule.LINK_REMOVED, part, Optional.of(was), Optional.of(now.get("links").orElse(now)), label + ": the link " + name + " of " + part + " is gone", Optional.empty());
      } else if (!meaning(was).equals(meaning(is))) {
        add(ApiRule.LINK_CHANGED, part, Optional.of(was), Optional.of(is), label + ": the link " + name + " of " + part + " leads somewhere else, or in another way", Optional.empty());
      }
    });
    news.forEach((name, is) -> {
      if (!olds.containsKey(name)) {
        add(ApiRule.LINK_ADDED, part, Optional.of(old.get("links").orElse(old)), Optional.of(is), label + ": the link " + name + " of " + part + " is new", Optional.empty());
      }
    });
  }

  private static Object meaning(Node.Obj link) {
    Map<Object, Object> meaning = new LinkedHashMap<>((Map<?, ?>) Canonical.of(link.plain()));
    meaning.remove("description");
    return meaning;
  }

  private Map<String, Node.Obj> links(Node.Obj response, Api api) {
    Map<String, Node.Obj> links = new LinkedHashMap<>();
    response.object("links").ifPresent(all -> all.members().forEach((name, node) -> Api.resolved(node, api.view(exchange.answering())).ifPresent(link -> links.put(name, link))));
    return links;
  }

  private void add(ApiRule rule, String part, Optional<? extends Node> old, Optional<? extends Node> now, String message, Optional<Witness> witness) {
    diff.add(exchange.answeringSide(), rule, label, part, old, now, message, witness);
  }
}
