package dev.tenon.contract.compare;

import java.util.List;
import java.util.Optional;

/// One change, with everything it has an effect on.
///
/// @param rule which kind of change
/// @param before where it is in the old document; for something new, what it was added to
/// @param after where it is in the new document; for something removed, what it was removed from
/// @param message one sentence: what changed, and what that breaks for whom
/// @param bump what the change asks of `info.version`
/// @param effects at least one, the most important first
/// @param witness what shows that it breaks; always there when it is breaking
public record Finding(
    Rule rule,
    Severity severity,
    Side side,
    Optional<Spot> before,
    Optional<Spot> after,
    String message,
    Bump bump,
    List<Effect> effects,
    Optional<Witness> witness) {

  public Finding {
    effects = List.copyOf(effects);
  }
}
