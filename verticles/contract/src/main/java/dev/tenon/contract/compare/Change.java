package dev.tenon.contract.compare;

import dev.tenon.contract.Node;
import java.util.Optional;
import java.util.function.Predicate;

/// One way in which two schemas differ, wherever they are used.
///
/// @param harmful whether it would break somebody, if a value shows it
/// @param settled the severity where policy decides it and no value is looked for
/// @param what half a sentence: `the longest text has 50 characters instead of 100`
/// @param shows whether a value that one schema takes and the other refuses is refused because of this change
record Change(Rule rule, boolean harmful, Optional<Severity> settled, String what, Node before, Node after, Predicate<Object> shows) {}
