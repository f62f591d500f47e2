package dev.tenon.contract.compare;

/// Where a pair of schemas stands for something that is sent.
///
/// @param subject what is sent, for a witness: `the request POST /users with the body (application/json)`
record Root(SchemaPair pair, Side side, String operation, String part, String subject) {}
