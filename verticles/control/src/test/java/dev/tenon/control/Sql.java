package dev.tenon.control;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// SQL in one line, for tests.
final class Sql {

  private Sql() {}

  static Connection connect(DatabaseAddress address) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + address.database(), address.user(), address.password());
  }

  static void execute(DatabaseAddress address, String sql) {
    try (Connection connection = connect(address); Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new AssertionError(sql, failed);
    }
  }

  static String value(DatabaseAddress address, String sql) {
    try (Connection connection = connect(address);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException failed) {
      throw new AssertionError(sql, failed);
    }
  }
}
