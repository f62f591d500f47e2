package dev.tenon.contract.compare;

import dev.tenon.contract.Node;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Compares an operation, an event or a callback that is in both documents.
final class OperationDiff {

  private static final long BODY_BYTES_MAX_DEFAULT = dev.tenon.contract.Operation.BODY_BYTES_MAX_DEFAULT;
  private static final Set<String> IDEMPOTENT = Set.of("GET", "PUT", "DELETE", "OPTIONS", "HEAD", "TRACE");
  private static final Set<String> DOCUMENTATION = Set.of("summary", "description", "externalDocs");

  private final ApiDiff diff;
  private final OperationPair ops;
  private final String label;
  private final Exchange exchange;

  OperationDiff(ApiDiff diff, OperationPair ops, Exchange exchange) {
    this.diff = diff;
    this.ops = ops;
    this.label = ops.newAsking().label();
    this.exchange = exchange;
  }

  void compare() {
    Node.Obj old = ops.oldAsking().node();
    Node.Obj now = ops.newAsking().node();
    identity(old, now);
    lifecycle(old, now);
    new ParameterDiff(diff, ops, exchange).compare();
    new BodyDiff(diff, ops, exchange).compare();
    new ResponseDiff(diff, ops, exchange).compare();
    callbacks();
    if (exchange == Exchange.CALL) {
      new SecurityDiff(diff, label, old, now).compare();
      limits(old, now);
      if (old.has("servers") || now.has("servers")) {
        diff.servers(old, now, label);
      }
    }
    List<Draft> said = new ArrayList<>();
    Documents.said(old, now, DOCUMENTATION, label, "", said);
    said.forEach(diff::draft);
  }

  private void identity(Node.Obj old, Node.Obj now) {
    Optional<String> was = old.text("operationId");
    Optional<String> is = now.text("operationId");
    if (was.isPresent() && !was.equals(is)) {
      diff.add(ApiRule.OPERATION_ID_CHANGED, label, "", old.get("operationId"), Optional.of(now.get("operationId").orElse(now)),
          label + ": the operationId is " + is.map(id -> "\"" + id + "\"").orElse("not given") + " instead of \"" + was.get() + "\"; manifests and generated clients that name it have to follow");
    } else if (was.isEmpty() && is.isPresent()) {
      diff.add(ApiRule.OPERATION_ID_ADDED, label, "", Optional.of(old), now.get("operationId"), label + ": the operationId is \"" + is.get() + "\", and there was none");
    }
    Set<Object> oldTags = new HashSet<>(old.items("tags").stream().map(Node::plain).toList());
    Set<Object> newTags = new HashSet<>(now.items("tags").stream().map(Node::plain).toList());
    if (!oldTags.equals(newTags)) {
      diff.add(ApiRule.OPERATION_TAGS_CHANGED, label, "", Optional.of(old.get("tags").orElse(old)), Optional.of(now.get("tags").orElse(now)), label + ": the tags are others");
    }
  }

  private void lifecycle(Node.Obj old, Node.Obj now) {
    if (old.isTrue("deprecated") != now.isTrue("deprecated")) {
      diff.add(now.isTrue("deprecated") ? ApiRule.OPERATION_DEPRECATED : ApiRule.OPERATION_REACTIVATED, label, "", Optional.of(old.get("deprecated").orElse(old)),
          Optional.of(now.get("deprecated").orElse(now)), label + " is " + (now.isTrue("deprecated") ? "deprecated" : "no longer deprecated"));
    }
    sunset(diff, label, "", old, now);
  }

  static void sunset(ApiDiff diff, String label, String part, Node.Obj old, Node.Obj now) {
    Optional<LocalDate> was = Sunset.of(old);
    Optional<LocalDate> is = Sunset.of(now);
    Optional<Node> oldAt = Optional.of(old.get("x-sunset").orElse(old));
    Optional<Node> newAt = Optional.of(now.get("x-sunset").orElse(now));
    String where = part.isEmpty() ? label : label + ": " + part;
    if (now.has("x-sunset") && is.isEmpty()) {
      boolean same = old.get("x-sunset").map(Node::plain).equals(now.get("x-sunset").map(Node::plain));
      if (!same) {
        diff.add(ApiRule.SUNSET_NOT_A_DATE, label, part, oldAt, newAt, where + ": x-sunset is not a date");
      }
    } else if (was.isEmpty() && is.isPresent()) {
      diff.add(ApiRule.SUNSET_ADDED, label, part, oldAt, newAt, where + " may be gone from " + is.get() + " on");
    } else if (was.isPresent() && is.isEmpty()) {
      diff.add(ApiRule.SUNSET_REMOVED, label, part, oldAt, newAt, where + " was to be gone from " + was.get() + " on, and stays");
    } else if (was.isPresent() && !was.equals(is)) {
      diff.add(is.get().isBefore(was.get()) ? ApiRule.SUNSET_EARLIER : ApiRule.SUNSET_LATER, label, part, oldAt, newAt,
          where + " may be gone from " + is.get() + " on instead of " + was.get());
    }
  }

  private void limits(Node.Obj old, Node.Obj now) {
    long was = bytesMax(ops.oldAsking(), diff.before().root());
    long is = bytesMax(ops.newAsking(), diff.after().root());
    boolean takesBody = now.has("requestBody") && old.has("requestBody");
    Optional<Node> oldAt = Optional.of(limitAt(ops.oldAsking(), diff.before().root()));
    Optional<Node> newAt = Optional.of(limitAt(ops.newAsking(), diff.after().root()));
    if (is < was && takesBody) {
      diff.breaking(ApiRule.BODY_LIMIT_LOWERED, label, "the request body", oldAt, newAt,
          label + ": the largest body has " + is + " bytes instead of " + was + "; consumers that send larger ones get 413", new Witness("the request " + label + " with a body of " + (is + 1) + " bytes", ""));
    } else if (is > was && takesBody) {
      diff.add(ApiRule.BODY_LIMIT_RAISED, label, "the request body", oldAt, newAt, label + ": the largest body has " + is + " bytes instead of " + was);
    }
    boolean wasIdempotent = idempotent(old);
    boolean isIdempotent = idempotent(now);
    if (wasIdempotent != isIdempotent) {
      diff.add(isIdempotent ? ApiRule.IDEMPOTENCE_ADDED : ApiRule.IDEMPOTENCE_REMOVED, label, "", Optional.of(old.get("x-tenon-idempotent").orElse(old)),
          Optional.of(now.get("x-tenon-idempotent").orElse(now)), label + (isIdempotent ? " may be repeated" : " may no longer be repeated when no answer came"));
    }
  }

  private boolean idempotent(Node.Obj operation) {
    return IDEMPOTENT.contains(label.substring(0, label.indexOf(' '))) || operation.isTrue("x-tenon-idempotent");
  }

  private static long bytesMax(Api.Op op, Node.Obj root) {
    return List.of(op.node(), op.item(), root).stream().flatMap(level -> level.wholeNumber("x-tenon-body-bytes-max").stream()).findFirst().orElse(BODY_BYTES_MAX_DEFAULT);
  }

  private static Node limitAt(Api.Op op, Node.Obj root) {
    return List.of(op.node(), op.item(), root).stream().flatMap(level -> level.get("x-tenon-body-bytes-max").stream()).findFirst().orElse(op.node());
  }

  private void callbacks() {
    Map<String, OperationPair.Callback> olds = ops.callbacks(true, diff, exchange);
    Map<String, OperationPair.Callback> news = ops.callbacks(false, diff, exchange);
    olds.forEach((key, old) -> {
      OperationPair.Callback now = news.get(key);
      if (now == null) {
        diff.add(Side.EVENT, ApiRule.CALLBACK_REMOVED, label, "the callback " + key, Optional.of(old.asking().node()), Optional.of(ops.newAsking().node()),
            label + ": the callback " + key + " is gone; consumers that wait for it wait in vain", Optional.of(new Witness("the callback " + key + " of " + label, "")));
      } else {
        new OperationDiff(diff, new OperationPair(old.asking(), now.asking(), old.answering(), now.answering()), Exchange.EVENT).compare();
      }
    });
    news.forEach((key, now) -> {
      if (!olds.containsKey(key)) {
        diff.add(Side.EVENT, ApiRule.CALLBACK_ADDED, label, "the callback " + key, Optional.of(ops.oldAsking().node()), Optional.of(now.asking().node()),
            label + ": the callback " + key + " is new", Optional.empty());
      }
    });
  }
}
