package dev.tenon.contract;

import dev.tenon.contract.schema.Schema;
import java.util.Optional;

/// A parameter of an operation, or a header of a response.
///
/// @param allowEmptyValue whether a query parameter may be there without a value, whatever its schema says
/// @param schema of the value; where the parameter has `content`, that of the content
/// @param content the media type that the parameter's text has, where it is not written in a style
/// @param shape how its text becomes a value
public record Parameter(
    String name, In in, boolean required, Style style, boolean explode, boolean allowEmptyValue, Optional<Node> schemaNode,
    Optional<Schema> schema, ValueShape shape, Optional<String> content, Location at) {

  /// Where a parameter stands in a request.
  public enum In { PATH, QUERY, HEADER, COOKIE }

  /// How a parameter of several values is written.
  public enum Style { SIMPLE, FORM, SPACE_DELIMITED, PIPE_DELIMITED, DEEP_OBJECT, LABEL, MATRIX }

  /// What problem documents call it: `query width`.
  public String label() {
    return switch (in) {
      case PATH -> "path ";
      case QUERY -> "query ";
      case HEADER -> "header ";
      case COOKIE -> "cookie ";
    } + name;
  }
}
