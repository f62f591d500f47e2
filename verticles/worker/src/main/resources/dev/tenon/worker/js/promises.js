// JavaScript's half of HostPromises.java: a promise that Java settles.
const { Error, ObjectDefineProperty, PromiseWithResolvers, WeakMap, WeakMapPrototypeGet, WeakMapPrototypeSet } = primordials;

const details = new WeakMap();

/** Made for every promise that Java gives out; Java keeps it and hands it back to `resolve` or `reject`. */
function deferred() {
  return PromiseWithResolvers();
}

function promiseOf(both) {
  return both.promise;
}

function resolve(both, value) {
  both.resolve(value);
}

/** @param code the name of a Failure.Code; a property of the error that nobody enumerates. @param detail for the runtime's own eyes */
function reject(both, message, code, detail) {
  const error = new Error(message);
  WeakMapPrototypeSet(details, error, detail);
  ObjectDefineProperty(error, 'code', { __proto__: null, value: code, writable: true, configurable: true });
  both.reject(error);
}

/** What Java knows of an error that it rejected with, beyond its message. */
function detailOf(error) {
  return WeakMapPrototypeGet(details, error) ?? '';
}

module.exports = { deferred, promiseOf, resolve, reject, detailOf };
