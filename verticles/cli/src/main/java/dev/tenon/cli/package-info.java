/// The `tenon` command.
///
/// Enter at [Tenon]: one class a command, each of which parses its arguments, calls [dev.tenon.node] or [dev.tenon.contract], prints, and returns an exit code:
/// 0 done, 1 refused or failed, 2 misuse. What goes wrong reaches the terminal as one sentence through [Complaint]; a stack trace only with
/// `--debug`. This package never imports JavaScript, HTTP servers or databases.
package dev.tenon.cli;
