package dev.tenon.contract.compare;

import dev.tenon.contract.Node;
import java.util.List;
import java.util.Optional;

/// A finding that does not yet know its pointers.
record Draft(Rule rule, Severity severity, Side side, Optional<Node> before, Optional<Node> after, String message, Bump bump, List<Effect> effects, Optional<Witness> witness) {}
