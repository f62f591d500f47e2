package dev.tenon.control;

import io.vertx.pgclient.PgException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;

/// Why a database cannot be used, in one sentence for the operator.
final class Unreachable {

  private static final String INVALID_AUTHORIZATION = "28";
  private static final String INVALID_CATALOG_NAME = "3D000";
  private static final String TOO_MANY_CONNECTIONS = "53300";

  private Unreachable() {}

  static ControlException sentence(DatabaseAddress address, Throwable failed) {
    return failed instanceof ControlException already
        ? already
        : new ControlException("database " + address + " – " + wrong(address, failed), failed);
  }

  private static String wrong(DatabaseAddress address, Throwable failed) {
    if (failed instanceof PgException said) {
      return refused(address, said);
    }
    String reason = switch (rootCause(failed)) {
      case UnknownHostException _ -> "the host is not known";
      case ConnectException _ -> "nothing listens there";
      case TimeoutException _ -> "it does not answer";
      case Throwable other when message(other).startsWith("Timeout") -> "it does not answer"; // the pool's own
      case Throwable other -> "the connection fails (" + message(other) + ")";
    };
    return reason + " – start PostgreSQL there, or correct --database";
  }

  private static String refused(DatabaseAddress address, PgException said) {
    String state = said.getSqlState() == null ? "" : said.getSqlState();
    if (state.startsWith(INVALID_AUTHORIZATION)) {
      return "it refuses the user '" + address.user() + "' (" + said.getErrorMessage() + ") – correct user or password in --database";
    }
    if (state.equals(INVALID_CATALOG_NAME)) {
      return "the server has no such database – create it: CREATE DATABASE " + address.database();
    }
    if (state.equals(TOO_MANY_CONNECTIONS)) {
      return "the server has no connection left – raise its max_connections, or close other clients";
    }
    return "it answers with an error (" + said.getErrorMessage() + ") – see the server's log";
  }

  private static Throwable rootCause(Throwable failed) {
    Throwable cause = failed;
    while (cause.getCause() != null && !(cause instanceof TimeoutException) && !(cause instanceof ConnectException) && !(cause instanceof UnknownHostException)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String message(Throwable failed) {
    return failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
  }
}
