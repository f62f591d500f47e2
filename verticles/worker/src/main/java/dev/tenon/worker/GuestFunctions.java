package dev.tenon.worker;

import org.graalvm.polyglot.Value;

/// What `bootstrap.js` gives the isolate to call.
///
/// @param start runs the worker's top level
/// @param current the invocation that the running code works for
record GuestFunctions(
    Value start, Value fetch, Value scheduled, Value fetchEntrypoint, Value rpc, Value countGiven, Value current, Value dropTimers, Value runTimer) {

  static GuestFunctions of(Value bootstrap) {
    Value dispatch = bootstrap.getMember("dispatch");
    Value timers = bootstrap.getMember("timers");
    return new GuestFunctions(
        bootstrap.getMember("start"), dispatch.getMember("fetch"), dispatch.getMember("scheduled"), dispatch.getMember("fetchEntrypoint"), dispatch.getMember("rpc"),
        dispatch.getMember("countGiven"), dispatch.getMember("current"), timers.getMember("drop"), timers.getMember("run"));
  }
}
