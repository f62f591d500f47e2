package dev.tenon.bus.identity;

import java.util.Set;

/// A caller whose token was checked at the edge. Travels in the head of every exchange made on that caller's behalf.
///
/// @param subject the user's id, the token's `sub`; never empty
/// @param scopes what the caller may do, from the token's `scope`
/// @param roles what the caller is, from the token's `roles`
public record Identity(String subject, Set<String> scopes, Set<String> roles) {

  public Identity {
    if (subject.isEmpty()) {
      throw new IllegalArgumentException("identity without subject – the token's sub is empty – refuse the token");
    }
    scopes = Set.copyOf(scopes);
    roles = Set.copyOf(roles);
  }

  /// A caller without roles.
  public Identity(String subject, Set<String> scopes) {
    this(subject, scopes, Set.of());
  }
}
