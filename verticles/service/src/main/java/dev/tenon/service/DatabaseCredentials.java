package dev.tenon.service;

/// How a service enters its own database. Its text never shows the password.
///
/// @param sslMode in libpq's words: `disable`, `prefer`, `require`, `verify-full`
public record DatabaseCredentials(String host, int port, String database, String user, String password, String sslMode) {

  @Override
  public String toString() {
    return "postgresql://" + user + "@" + host + ":" + port + "/" + database;
  }
}
