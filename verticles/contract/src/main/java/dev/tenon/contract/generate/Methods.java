package dev.tenon.contract.generate;

import dev.tenon.contract.generate.Api.Call;
import dev.tenon.contract.generate.Api.Form;
import dev.tenon.contract.generate.Api.Payload;
import dev.tenon.contract.generate.Api.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An operation as the methods of a client: one for each media type that the caller can choose, to send or to be answered in.
///
/// @param name wanted for the method
/// @param body what is sent; empty where nothing is
/// @param results what may come back, at most one for each status
public record Methods(String name, Optional<Payload> body, List<Result> results) {

  /// The methods of an operation. The first has the operation's own name.
  public static List<Methods> of(Call call) {
    List<Methods> methods = new ArrayList<>();
    List<Optional<Payload>> bodies = call.bodies().isEmpty() ? List.of(Optional.empty()) : call.bodies().stream().map(Optional::of).toList();
    List<List<Result>> answers = answers(call.results());
    for (int i = 0; i < bodies.size(); i++) {
      for (int j = 0; j < answers.size(); j++) {
        String name = call.id() + (i == 0 ? "" : "With" + suffix(bodies.get(i).orElseThrow(), call.bodies()))
            + (j == 0 ? "" : "As" + suffix(chosen(answers.get(j)), all(call.results())));
        methods.add(new Methods(name, bodies.get(i), answers.get(j)));
      }
    }
    return methods;
  }

  /// The media types to be answered in.
  public List<String> accepted() {
    return results.stream().flatMap(result -> result.payload().stream()).flatMap(payload -> payload.mediaTypes().stream()).distinct().toList();
  }

  /// One list of results for each kind of payload that some status can have beside others.
  private static List<List<Result>> answers(List<Result> results) {
    Map<String, List<Result>> byStatus = new LinkedHashMap<>();
    results.forEach(result -> byStatus.computeIfAbsent(result.status(), key -> new ArrayList<>()).add(result));
    int most = byStatus.values().stream().mapToInt(List::size).max().orElse(1);
    List<List<Result>> answers = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      int place = i;
      answers.add(byStatus.values().stream().map(all -> all.get(Math.min(place, all.size() - 1))).toList());
    }
    return answers;
  }

  /// The payload that makes a list of answers different from the first.
  private static Payload chosen(List<Result> results) {
    return results.stream().flatMap(result -> result.payload().stream()).reduce((first, second) -> first).orElseThrow();
  }

  private static List<Payload> all(List<Result> results) {
    return results.stream().flatMap(result -> result.payload().stream()).toList();
  }

  private static String suffix(Payload payload, List<Payload> beside) {
    boolean alone = beside.stream().filter(other -> other.form() == payload.form()).map(Payload::mediaTypes).distinct().count() == 1;
    return alone ? word(payload.form()) : Words.pascal(payload.mediaTypes().getFirst().replaceFirst(".*/", ""));
  }

  private static String word(Form form) {
    return switch (form) {
      case JSON -> "Json";
      case FORM -> "Form";
      case MULTIPART -> "Multipart";
      case TEXT -> "Text";
      case EVENTS -> "Events";
      case BYTES -> "Bytes";
    };
  }

  /// What a status is called in code.
  public static String status(String status) {
    return switch (status) {
      case "200" -> "Ok";
      case "201" -> "Created";
      case "202" -> "Accepted";
      case "203" -> "NonAuthoritative";
      case "204" -> "NoContent";
      case "205" -> "ResetContent";
      case "206" -> "PartialContent";
      case "301" -> "MovedPermanently";
      case "302" -> "Found";
      case "303" -> "SeeOther";
      case "304" -> "NotModified";
      case "307" -> "TemporaryRedirect";
      case "308" -> "PermanentRedirect";
      case "1XX" -> "Informational";
      case "2XX" -> "Success";
      case "3XX" -> "Redirect";
      case "default" -> "Other";
      default -> "Status" + status;
    };
  }
}
