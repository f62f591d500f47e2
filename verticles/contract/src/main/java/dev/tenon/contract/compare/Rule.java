package dev.tenon.contract.compare;

/// A kind of change that the comparison tells of. [Rules] is the list of all.
///
/// @param id stable: what suppressions and reports name it by
/// @param side where it is felt; changes of requests and responses that belong to events have these rules too
/// @param severity in the usual case; one that a witness would have to show, and none was found, is risky
/// @param bump what such a change asks of `info.version` at its usual severity
/// @param explanation what it is and what it breaks for whom, in one or two sentences
public record Rule(String id, Side side, Severity severity, Bump bump, String explanation) {}
