package dev.tenon.prove;

import dev.tenon.contract.Operation;
import java.util.List;
import java.util.Set;

/// One request and what its answer is judged by.
///
/// @param id names it, the same in every run with the same contract, set-up and seed: `register/invalid/password-minlength`
/// @param what what is special about the request, in words
/// @param before requests that come first, each time
/// @param sendsToken whether the request carries the token
/// @param mustSucceed whether only a 2xx will do
/// @param expected statuses that are fine although they refuse a valid request
public record ContractCase(
    String id, Operation operation, Kind kind, String what, List<SetUp.Step> before, Request request, boolean sendsToken, boolean mustSucceed, Set<Integer> expected) {

  /// What a request is, and so what its answer has to be.
  public enum Kind {
    /// As an author wrote it; to be answered as declared.
    EXAMPLE,
    /// Made of the schemas; to be answered as declared.
    VALID,
    /// With a fault; to be refused with a 4xx.
    INVALID,
    /// Without the token that the operation needs; to be refused with 401.
    WITHOUT_TOKEN
  }

  public ContractCase {
    before = List.copyOf(before);
    expected = Set.copyOf(expected);
  }
}
