package dev.tenon.cli;

import java.io.Console;

/// Whether output is coloured, and how.
enum Colours {
  ON, OFF;

  /// Colours on a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise; `FORCE_COLOR` says so elsewhere too.
  ///
  /// @see <a href="https://no-color.org">no-color.org</a>
  static Colours ofThisTerminal() {
    String forced = System.getenv("FORCE_COLOR");
    if (forced != null && !forced.isEmpty()) {
      return forced.equals("0") ? OFF : ON;
    }
    String refused = System.getenv("NO_COLOR");
    Console console = System.console();
    return refused != null && !refused.isEmpty() || "dumb".equals(System.getenv("TERM")) || console == null || !console.isTerminal() ? OFF : ON;
  }

  String red(String text) {
    return in(31, text);
  }

  String yellow(String text) {
    return in(33, text);
  }

  String green(String text) {
    return in(32, text);
  }

  String faint(String text) {
    return in(2, text);
  }

  private String in(int code, String text) {
    return this == ON ? "\033[" + code + "m" + text + "\033[0m" : text;
  }
}
