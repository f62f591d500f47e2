package dev.tenon.contract.schema;

/// One way in which a value is not as its schema says. Never holds the value itself, which may be a secret.
///
/// @param pointer where in the value, as a JSON pointer (RFC 6901); empty for the value itself
/// @param keyword the schema's keyword that is violated, for example `maxLength`
/// @param detail what is wrong, to be read after the name of the place: `must have at least 8 characters, and has 3`
public record Violation(String pointer, String keyword, String detail) {}
