/// Compares two versions of a contract by what they mean: which requests, responses and events are valid under the one and not under the other.
///
/// Enter at [Comparison], which is a list of [Finding]s. Each is one cause, under a [Rule] of the catalogue, with everything it has an effect on.
///
/// The invariants, which the tests hold:
/// - Names, order, spelling and the way a schema is cut into `$ref`s play no part; only meaning does.
/// - Nothing is called breaking without a witness: a value that the compiled validator takes under one contract and refuses under the other. What can be
///   neither proved nor refuted is risky, and says so.
/// - What is proved to be contained in the direction that is needed is never breaking, however different it is written.
/// - Work is bounded. What needs more than the bound is risky.
///
/// Knows no Vert.x, no HTTP and no files but those of the contracts.
package dev.tenon.contract.compare;
