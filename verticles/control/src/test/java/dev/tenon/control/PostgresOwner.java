package dev.tenon.control;

import java.nio.file.Path;

/// A process that owns a server, writes a row and waits to be killed.
final class PostgresOwner {

  private PostgresOwner() {}

  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]), TestPostgres.PROGRAMS);
    Sql.execute(postgres.address(), "CREATE TABLE kept AS SELECT 1 AS n");
    System.out.println("ready");
    Thread.currentThread().join();
  }
}
