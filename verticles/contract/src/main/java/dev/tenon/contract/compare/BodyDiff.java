package dev.tenon.contract.compare;

import dev.tenon.contract.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Compares what an operation is sent, or what an event carries.
final class BodyDiff {

  private final ApiDiff diff;
  private final OperationPair ops;
  private final Exchange exchange;
  private final String label;

  BodyDiff(ApiDiff diff, OperationPair ops, Exchange exchange) {
    this.diff = diff;
    this.ops = ops;
    this.exchange = exchange;
    this.label = ops.newAsking().label();
  }

  void compare() {
    Optional<Node.Obj> old = body(ops.oldAsking(), diff.before());
    Optional<Node.Obj> now = body(ops.newAsking(), diff.after());
    if (old.isPresent() && now.isPresent()) {
      both(old.get(), now.get());
    } else if (old.isPresent()) {
      removed(old.get());
    } else if (now.isPresent()) {
      added(now.get());
    }
  }

  private Optional<Node.Obj> body(Api.Op op, Api api) {
    return op.node().get("requestBody").flatMap(node -> Api.resolved(node, api.view(exchange.asking()))).filter(body -> body.object("content").filter(content -> !content.members().isEmpty()).isPresent());
  }

  private void removed(Node.Obj old) {
    boolean call = exchange == Exchange.CALL;
    diff.add(exchange.askingSide(), call ? ApiRule.REQUEST_BODY_REMOVED : ApiRule.RESPONSE_BODY_REMOVED, label, Bodies.REQUEST, Optional.of(old), Optional.of(ops.newAsking().node()),
        label + (call ? " takes no body any more; what consumers send in one has no meaning" : " has no body any more; consumers that read it find nothing"),
        Optional.of(new Witness(call ? "the request " + label + " with a body" : "the " + label + " without a body", "")));
  }

  private void added(Node.Obj now) {
    Optional<Node> oldAt = Optional.of(ops.oldAsking().node());
    if (exchange == Exchange.EVENT) {
      diff.add(Side.EVENT, ApiRule.RESPONSE_BODY_ADDED, label, Bodies.REQUEST, oldAt, Optional.of(now), label + " has a body, and had none", Optional.empty());
    } else if (now.isTrue("required")) {
      diff.breaking(ApiRule.REQUEST_BODY_ADDED_REQUIRED, label, Bodies.REQUEST, oldAt, Optional.of(now), label + " needs a body, and took none; consumers that send none are refused",
          new Witness("the request " + label + " without a body", ""));
    } else {
      diff.add(ApiRule.REQUEST_BODY_ADDED_OPTIONAL, label, Bodies.REQUEST, oldAt, Optional.of(now), label + " may be sent a body, and took none");
    }
  }

  private void both(Node.Obj old, Node.Obj now) {
    if (old.isTrue("required") != now.isTrue("required") && exchange == Exchange.CALL) {
      Optional<Node> oldAt = Optional.of(old.get("required").orElse(old));
      Optional<Node> newAt = Optional.of(now.get("required").orElse(now));
      if (now.isTrue("required")) {
        diff.breaking(ApiRule.REQUEST_BODY_BECAME_REQUIRED, label, Bodies.REQUEST, oldAt, newAt, label + ": the body must be sent; consumers that leave it out are refused",
            new Witness("the request " + label + " without a body", ""));
      } else {
        diff.add(ApiRule.REQUEST_BODY_BECAME_OPTIONAL, label, Bodies.REQUEST, oldAt, newAt, label + ": the body may be left out");
      }
    }
    new Bodies(diff, label, exchange.asking(), exchange.askingSide(), exchange == Exchange.CALL ? "the request " + label + " with the body" : "the " + label + " with the body",
        Bodies.REQUEST).compare(old, now);
    List<Draft> said = new ArrayList<>();
    Documents.said(old, now, Set.of("description"), label, Bodies.REQUEST, said);
    said.forEach(diff::draft);
  }
}
