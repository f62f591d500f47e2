// Which invocation the running code works for, through every await.
const { Error } = primordials;
const { Snapshot, Variable } = primordials.globalThis.AsyncContext;

const variable = new Variable({ name: 'invocation', defaultValue: null });

/** The host object of the current invocation; null while the worker's top level runs. */
function current() {
  return variable.get();
}

/** Calls `work(argument)` for `invocation`. */
function run(invocation, work, argument) {
  return variable.run(invocation, work, argument);
}

/** What `withEnv` and its like show in the place of the worker's own; undefined for that. */
const shown = new AsyncContext.Variable({ name: 'shown', defaultValue: {} });

function env() {
  return shown.get().env;
}

function exports() {
  return shown.get().exports;
}

function showing(otherEnv, otherExports, work) {
  return shown.run({ env: otherEnv, exports: otherExports }, work);
}

/** What starting asynchronous work outside of a handler throws. */
function outsideOfHandler() {
  return new Error(
    'Disallowed operation called within global scope. Asynchronous I/O (ex: fetch() or connect()), setting a timeout, and generating random values are ' +
    'not allowed within global scope. To fix this error, perform this operation within a handler.');
}

module.exports = { current, env, exports, run, showing, Snapshot, Variable, outsideOfHandler };
