package dev.tenon.contract.generate;

import dev.tenon.contract.Contract;
import dev.tenon.contract.Parameter;
import java.util.List;
import java.util.Optional;

/// What a contract says, for code that is written from it.
///
/// @param name of the contract
/// @param component who serves it: the contract's name, or `x-tenon-component`
/// @param declarations in an order that depends on the contract only
/// @param problemTypes the kinds of problem that the contract shows or names, in its order
public record Api(
    String name,
    String component,
    String version,
    Docs docs,
    List<Declaration> declarations,
    List<Call> calls,
    List<Event> events,
    List<String> problemTypes) {

  /// An operation.
  ///
  /// @param method in upper case
  /// @param results what it answers when it succeeds, in the contract's order
  public record Call(
      String id, String method, String path, Docs docs, List<Argument> arguments, List<Payload> bodies, boolean bodyRequired, List<Result> results) {}

  /// A parameter.
  ///
  /// @param json whether its value is written as JSON, because the contract gives it `content`
  public record Argument(String name, Parameter.In in, Type type, boolean required, Parameter.Style style, boolean explode, boolean json, Docs docs) {}

  /// What a body may be.
  ///
  /// @param mediaTypes one; several only where the body is [Form#BYTES]
  /// @param type of the body; [Type.Basic#ANY] where the contract does not say
  public record Payload(List<String> mediaTypes, Form form, Type type, Docs docs) {}

  /// How a body is written.
  public enum Form { JSON, FORM, MULTIPART, TEXT, EVENTS, BYTES }

  /// @param status `200`, `2XX` or `default`
  /// @param payload empty where there is no body
  /// @param headers whether the contract describes headers of this answer
  public record Result(String status, Optional<Payload> payload, boolean headers, Docs docs) {}

  /// An event that the component emits.
  public record Event(String name, Type type, Docs docs) {}

  public static Api of(Contract contract) {
    return new ApiReader(contract).read();
  }
}
