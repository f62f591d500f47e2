package dev.tenon.prove;

import java.util.List;

/// How a case went.
///
/// @param id the case's
/// @param status of the answer; 0 where none came
/// @param wrong what is wrong, a sentence each; empty where the case passed
/// @param curl a line for a shell that repeats the request; what the set-up found out stands in it as `$NAME`
public record Verdict(String id, String what, int status, List<String> wrong, String curl) {

  public Verdict {
    wrong = List.copyOf(wrong);
  }

  public boolean passed() {
    return wrong.isEmpty();
  }

  /// A failed case in lines: what was sent, what is wrong, how to repeat it.
  public String message() {
    return id + " (" + what + ")\n  " + String.join("\n  ", wrong) + "\n  " + curl;
  }
}
