package dev.tenon.service;

import java.io.Reader;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/// One run of Flyway over scripts that are in memory, because Flyway's class loader does not see a component's. Blocks.
final class FlywayRun implements ResourceProvider {

  private final List<Migration> migrations;
  private final DatabaseCredentials credentials;

  FlywayRun(List<Migration> migrations, DatabaseCredentials credentials) {
    this.migrations = migrations;
    this.credentials = credentials;
  }

  /// @throws ServiceException with Flyway's reason
  void migrate() {
    try {
      Flyway.configure(FlywayRun.class.getClassLoader())
          .dataSource("jdbc:postgresql://" + credentials.host() + ":" + credentials.port() + "/" + credentials.database(),
              credentials.user(), credentials.password())
          .jdbcProperties(Map.of("sslmode", credentials.sslMode()))
          .table(Migrations.HISTORY)
          .resourceProvider(this)
          .loggers("slf4j")
          .load()
          .migrate();
    } catch (FlywayException failed) {
      throw new ServiceException("database " + credentials + " – its schema cannot be moved forward: "
          + String.join(" ", failed.getMessage().strip().lines().map(String::strip).filter(line -> !line.matches("-*")).toList())
          + " – correct the migration; what was applied stays as it was", failed);
    }
  }

  @Override
  public LoadableResource getResource(String name) {
    return migrations.stream().filter(migration -> migration.file().equals(name)).map(Script::new).findFirst().orElse(null);
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return migrations.stream()
        .filter(migration -> migration.file().startsWith(prefix) && Arrays.stream(suffixes).anyMatch(migration.file()::endsWith))
        .map(migration -> (LoadableResource) new Script(migration))
        .toList();
  }

  private static final class Script extends LoadableResource {

    private final Migration migration;

    Script(Migration migration) {
      this.migration = migration;
    }

    @Override
    public Reader read() {
      return new StringReader(migration.sql());
    }

    @Override
    public String getAbsolutePath() {
      return migration.file();
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return migration.file();
    }

    @Override
    public String getFilename() {
      return migration.file();
    }

    @Override
    public String getRelativePath() {
      return migration.file();
    }
  }
}
