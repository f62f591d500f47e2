package dev.tenon.contract.compare;

/// A concrete request, response or event that is valid under one of the two contracts and not under the other.
///
/// @param subject what it is: `a request POST /users with the body`
/// @param json the value in question as JSON; empty where the subject says it all
public record Witness(String subject, String json) {

  @Override
  public String toString() {
    return json.isEmpty() ? subject : subject + " " + json;
  }
}
