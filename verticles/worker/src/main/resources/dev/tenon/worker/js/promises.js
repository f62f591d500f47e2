// JavaScript's half of HostPromises.java: a promise that Java settles.
const { Error, ObjectDefineProperty, PromiseWithResolvers } = primordials;

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

/** @param code the name of a Failure.Code; a property of the error that nobody enumerates */
function reject(both, message, code) {
  const error = new Error(message);
  ObjectDefineProperty(error, 'code', { __proto__: null, value: code, writable: true, configurable: true });
  both.reject(error);
}

module.exports = { deferred, promiseOf, resolve, reject };
