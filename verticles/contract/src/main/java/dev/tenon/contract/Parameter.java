package dev.tenon.contract;

import dev.tenon.contract.schema.Schema;
import java.util.Optional;

/// A parameter of an operation, or a header of a response.
///
/// @param schema absent where the parameter has `content` instead
/// @param shape how its text becomes a value
public record Parameter(
    String name, In in, boolean required, Style style, boolean explode, Optional<Node> schemaNode, Optional<Schema> schema, ValueShape shape, Location at) {

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
