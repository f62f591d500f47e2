package dev.tenon.auth;

import java.time.Instant;
import java.util.UUID;

/// A registered user. Holds no password and no hash.
record User(UUID id, String email, Plan plan, Instant createdAt) {}
