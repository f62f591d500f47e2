/// Contract tests: requests made of a contract's examples and schemas, sent to whoever serves it, and the answers judged by the contract.
///
/// Enter at [ContractTests]. What the requests of a contract need beside the contract, an account for instance, stands in a `test.yaml` beside it
/// ([SetUp]). Every request can be repeated with the `curl` line that a failure comes with.
///
/// Knows contracts and HTTP/1.1, nothing of how a component is run.
package dev.tenon.prove;
