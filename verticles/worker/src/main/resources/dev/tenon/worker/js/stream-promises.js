// What the stream algorithms do with promises.
const { Promise, PromisePrototypeThen, PromiseReject, PromiseResolve, PromiseWithResolvers, ReflectApply } = primordials;

const nothing = () => {};

/** Reacts to a promise; nobody waits for the reaction. */
function upon(promise, fulfilled, rejected) {
  PromisePrototypeThen(promise, fulfilled, rejected);
}

function setHandled(promise) {
  PromisePrototypeThen(promise, undefined, nothing);
}

/** Calls a user's callback that may return a promise; what it throws is a rejection. */
function callback(operation, receiver, args) {
  try {
    return PromiseResolve(ReflectApply(operation, receiver, args));
  } catch (error) {
    return PromiseReject(error);
  }
}

/** As callback, with the turns that Web IDL's conversion to a promise takes; for what is rare and raced. */
function slowCallback(operation, receiver, args) {
  return new Promise((resolve) => resolve(ReflectApply(operation, receiver, args)));
}

/** A promise with its resolve and reject. */
function deferred() {
  return PromiseWithResolvers();
}

function resolvedDeferred(value) {
  return { promise: PromiseResolve(value), resolve: nothing, reject: nothing };
}

/** Rejected, and nobody is told that nobody handled it. */
function rejectedDeferred(error) {
  const promise = PromiseReject(error);
  setHandled(promise);
  return { promise, resolve: nothing, reject: nothing };
}

module.exports = { Promise, PromiseReject, PromiseResolve, callback, deferred, nothing, rejectedDeferred, resolvedDeferred, setHandled, slowCallback, then: PromisePrototypeThen, upon };
