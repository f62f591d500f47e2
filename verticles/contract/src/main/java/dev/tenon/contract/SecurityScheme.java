package dev.tenon.contract;

/// How a caller may prove who is calling.
///
/// @param type `http`, `apiKey`, `oauth2`, `openIdConnect` or `mutualTLS`
/// @param scheme for `http`, in lower case: `bearer`, `basic`; empty otherwise
public record SecurityScheme(String name, String type, String scheme, Location at) {}
