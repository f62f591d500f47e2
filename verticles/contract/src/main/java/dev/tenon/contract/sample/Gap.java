package dev.tenon.contract.sample;

/// Something of a schema that no value was made for.
///
/// @param pointer where in the value, as a JSON pointer (RFC 6901)
/// @param keyword the keyword that is not covered, `maxLength`
/// @param reason why not, to be read after the keyword: `allows 5000000 characters, and at most 300000 are made`
public record Gap(String pointer, String keyword, String reason) {}
